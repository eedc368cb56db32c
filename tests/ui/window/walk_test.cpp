// SPDX-License-Identifier: GPL-3.0-or-later
// One window, walked by keys: every panel follows.
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTableView>

#include "tests/ui/window/open_window.hpp"
#include "ui/model/format.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/panels/loop_panel.hpp"
#include "ui/panels/output_panel.hpp"
#include "ui/panels/selection_panel.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/window/top_bar.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

QString labelText(QWidget& widget, const char* name) {
    return widget.findChild<QLabel*>(name)->text();
}

QString cell(QTableView* table, int row, int column) {
    return table->model()->index(row, column).data().toString();
}

}  // namespace

TEST_CASE("Stepping forwards takes every panel along") {
    OpenWindow it;
    CHECK(labelText(*it.window, "cursorEvent") == "event 0 of 21");
    it.key(Qt::Key_Right);
    CHECK(it.view().cursor() == 3);
    CHECK(labelText(*it.window, "cursorEvent") == "event 4 of 21");
    CHECK(labelText(*it.window, "cursorTime") == formatTime(1'000'000));
    CHECK(it.workspace().selection()->summary().name == "main");
    CHECK(cell(it.workspace().tasks()->table(), 0, TaskTableModel::State) == "running");
    CHECK(it.workspace().tasks()->model().rowCount() == 1);
    it.key(Qt::Key_Right);
    CHECK(it.view().cursor() == 7);
    CHECK(it.workspace().selection()->summary().name == "Task A");
    CHECK(it.workspace().tasks()->model().rowCount() == 2);
    CHECK(cell(it.workspace().tasks()->table(), 0, TaskTableModel::State) == "waiting");
    CHECK(it.workspace().loop()->moment().iteration == 2);
    CHECK(it.workspace().output()->list()->model()->rowCount() == 0);
    CHECK(it.workspace().events()->table()->currentIndex().row() == 7);
    it.key(Qt::Key_Right);
    CHECK(it.view().cursor() == 14);
    CHECK(it.workspace().output()->list()->model()->rowCount() == 1);
    CHECK(it.workspace().events()->table()->currentIndex().row() == 14);
}

TEST_CASE("Stepping back undoes what stepping forwards showed") {
    OpenWindow it;
    for (int i = 0; i < 3; ++i) it.key(Qt::Key_Right);
    it.key(Qt::Key_Left);
    CHECK(it.view().cursor() == 7);
    CHECK(it.workspace().output()->list()->model()->rowCount() == 0);
    CHECK(it.workspace().selection()->summary().name == "Task A");
    it.key(Qt::Key_Left);
    CHECK(it.view().cursor() == 3);
    CHECK(it.workspace().tasks()->model().rowCount() == 1);
    it.key(Qt::Key_Left);
    CHECK(it.view().cursor() == no_event);
    CHECK(it.workspace().tasks()->model().rowCount() == 0);
}

TEST_CASE("Keys go by turns of the loop, by outputs, to the first and to the last event") {
    OpenWindow it;
    it.key(Qt::Key_Right, Qt::ControlModifier);
    CHECK(it.view().cursor() == 8);
    it.key(Qt::Key_Right, Qt::ControlModifier);
    CHECK(it.view().cursor() == 15);
    it.key(Qt::Key_Left, Qt::ControlModifier);
    CHECK(it.view().cursor() == 8);
    it.key(Qt::Key_Right, Qt::ShiftModifier);
    CHECK(it.view().cursor() == 13);
    it.key(Qt::Key_Left, Qt::ShiftModifier);
    CHECK(it.view().cursor() == 6);
    it.key(Qt::Key_End);
    CHECK(it.view().cursor() == test::two_tasks_count - 1);
    it.key(Qt::Key_Home);
    CHECK(it.view().cursor() == no_event);
}

TEST_CASE("Keys go from event to event, to the selected task's steps and to findings") {
    OpenWindow it;
    it.key(Qt::Key_Period);
    it.key(Qt::Key_Period);
    CHECK(it.view().cursor() == 1);
    it.key(Qt::Key_Comma);
    CHECK(it.view().cursor() == 0);
    it.view().setSelectedTask(1);
    it.key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(it.view().cursor() == 7);
    it.key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(it.view().cursor() == 14);
    it.key(Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(it.view().cursor() == 7);
    it.workspace().stepper().setFindings({9, 17});
    it.key(Qt::Key_F8);
    CHECK(it.view().cursor() == 9);
    it.key(Qt::Key_F8);
    CHECK(it.view().cursor() == 17);
    it.key(Qt::Key_F8, Qt::ShiftModifier);
    CHECK(it.view().cursor() == 9);
}

TEST_CASE("Go to takes a time, an event or a task, says what is there, and leaves on Escape") {
    OpenWindow it;
    const auto open = [&] {
        it.key(Qt::Key_G, Qt::ControlModifier);
        auto* field = it.window->findChild<QWidget*>("goToPopup")->findChild<QLineEdit*>();
        REQUIRE(field->hasFocus());
        return field;
    };
    const auto closed = [&] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        return !it.window->findChild<QWidget*>("goToPopup");
    };
    QLineEdit* field = open();
    QTest::keyClicks(field, "1.001s");
    CHECK(labelText(*it.window, "goToWords") == "1.001 s, event 15 of 21");
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(it.view().cursor() == 14);
    CHECK(closed());

    field = open();
    QTest::keyClicks(field, "task a");
    CHECK(labelText(*it.window, "goToWords") == "No task's name begins with \"a\".");
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(it.view().cursor() == 14);
    field->setText("task task a");
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(it.view().cursor() == 7);
    CHECK(it.view().selectedTask() == 1);
    CHECK(closed());

    field = open();
    QTest::keyClicks(field, "event 2");
    QTest::keyClick(field, Qt::Key_Escape);
    CHECK(it.view().cursor() == 7);
    CHECK(it.view().selectedTask() == 1);
    CHECK(closed());
}

TEST_CASE("Run walks by steps or by the program's time, as chosen") {
    OpenWindow it;
    const WindowActions& actions = it.window->actions();
    CHECK(actions.paceTime->isChecked());
    actions.paceSteps->trigger();
    CHECK(it.workspace().stepper().pace() == Stepper::Pace::steps);
    CHECK_FALSE(actions.paceTime->isChecked());
    it.workspace().stepper().setPace(Stepper::Pace::time);
    CHECK(actions.paceTime->isChecked());
}

TEST_CASE("Space runs on and pauses, a step at a time") {
    OpenWindow it;
    it.workspace().stepper().setPace(Stepper::Pace::steps);
    it.key(Qt::Key_Space);
    REQUIRE(it.workspace().stepper().running());
    CHECK(it.window->actions().run->text() == "Pause");
    it.workspace().stepper().advance(qint64(Stepper::step_ms) * 1'000'000);
    const EventIndex reached = it.view().cursor();
    CHECK(reached != no_event);
    it.key(Qt::Key_Space);
    CHECK_FALSE(it.workspace().stepper().running());
    CHECK(it.window->actions().run->text() == "Run");
    CHECK(it.view().cursor() == reached);
}

TEST_CASE("Space presses the button that has the focus instead of running") {
    OpenWindow it;
    bool pressed = false;
    QPushButton button("x", it.window->centralWidget());
    QObject::connect(&button, &QPushButton::clicked, [&] { pressed = true; });
    button.show();
    button.setFocus();
    QTest::keyClick(&button, Qt::Key_Space);
    CHECK(pressed);
    CHECK_FALSE(it.workspace().stepper().running());
}

TEST_CASE("A row of the task table selects the task everywhere, and Escape lets go of it") {
    OpenWindow it;
    it.key(Qt::Key_End);
    it.workspace().showPanel("tasks");
    QCoreApplication::processEvents();
    QTableView* table = it.workspace().tasks()->table();
    table->setFocus();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier,
                      table->visualRect(table->model()->index(1, 0)).center());
    CHECK(it.view().selectedTask() == 1);
    CHECK(it.workspace().selection()->summary().name == "Task A");
    it.key(Qt::Key_Escape);
    CHECK(it.view().selectedTask() == no_task);
}

TEST_CASE("A click on a line of output goes to its moment") {
    OpenWindow it;
    it.key(Qt::Key_End);
    it.workspace().showPanel("output");
    QCoreApplication::processEvents();
    QListView* list = it.workspace().output()->list();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier,
                      list->visualRect(list->model()->index(0, 0)).center());
    CHECK(it.view().cursor() == 8);
    CHECK(it.view().selectedTask() == 1);
    CHECK(list->model()->rowCount() == 1);
}

TEST_CASE("A click in the log moves the cursor there") {
    OpenWindow it;
    it.workspace().showPanel("events");
    QCoreApplication::processEvents();
    QTableView* table = it.workspace().events()->table();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier,
                      table->visualRect(table->model()->index(5, 3)).center());
    CHECK(it.view().cursor() == 5);
    CHECK(it.view().selectedTask() == 0);
}

TEST_CASE("The search field finds the next event that holds its text") {
    OpenWindow it;
    it.key(Qt::Key_Slash);
    QLineEdit* search = it.window->topBar().search();
    CHECK(search->hasFocus());
    QTest::keyClicks(search, "a: TWO");
    CHECK(it.view().search() == "a: TWO");
    QTest::keyClick(search, Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return it.view().cursor() == 15; }));
    CHECK(it.view().selectedTask() == 1);
    QTest::keyClick(search, Qt::Key_Escape);
    CHECK(search->text().isEmpty());
    CHECK(it.workspace().timeline()->hasFocus());
    CHECK(it.view().selectedTask() == 1);
}

TEST_CASE("A search for what is not there says so and stays") {
    OpenWindow it;
    it.key(Qt::Key_Right);
    it.window->topBar().search()->setText("nothing like it");
    QTest::keyClick(it.window->topBar().search(), Qt::Key_Return);
    REQUIRE(QTest::qWaitFor([&] { return !it.window->bannerText().isEmpty(); }));
    CHECK(it.view().cursor() == 3);
    CHECK(it.window->bannerText() == "Nothing here holds \"nothing like it\".");
}

TEST_CASE("One walks from match to match by key, forwards and back, and the timeline shows where they are") {
    OpenWindow it;
    it.key(Qt::Key_Slash);
    QTest::keyClicks(it.window->topBar().search(), "output");
    REQUIRE(QTest::qWaitFor([&] { return !it.workspace().search().events().busy(); }));
    const auto hits = it.workspace().search().events().hits();
    REQUIRE(hits.size() > 1);
    QTest::keyClick(it.window->topBar().search(), Qt::Key_Return);
    CHECK(it.view().cursor() == hits[0]);
    it.workspace().timeline()->setFocus();
    it.key(Qt::Key_F3);
    CHECK(it.view().cursor() == hits[1]);
    it.key(Qt::Key_F3, Qt::ShiftModifier);
    CHECK(it.view().cursor() == hits[0]);
    it.key(Qt::Key_F3, Qt::ShiftModifier);
    CHECK(it.view().cursor() == hits.back());
    it.workspace().timeline()->grab();
    const TimelineFrame& frame = it.workspace().timeline()->frame();
    CHECK_FALSE(frame.hits.empty());
    CHECK_FALSE(frame.hit_ticks.empty());
    CHECK_FALSE(frame.overview_hits.empty());
    CHECK(frame.search_note == QString("%1 of %1").arg(hits.size()));
    it.key(Qt::Key_Escape);
    it.workspace().timeline()->grab();
    CHECK(it.workspace().timeline()->frame().hits.empty());
    CHECK(it.workspace().timeline()->frame().overview_hits.empty());
    CHECK(it.workspace().timeline()->frame().search_note.isEmpty());
}

TEST_CASE("The frame times stand in the timeline when they are asked for") {
    OpenWindow it;
    const auto corner = [&] {
        const QImage picture = it.workspace().timeline()->grab().toImage();
        return picture.copy(picture.width() / 2, picture.height() - 40, picture.width() / 2, 40);
    };
    const QImage without = corner();
    it.window->actions().frameTimes->trigger();
    CHECK(it.window->actions().frameTimes->isChecked());
    CHECK(corner() != without);
    it.window->actions().frameTimes->trigger();
    CHECK(corner() == without);
}
