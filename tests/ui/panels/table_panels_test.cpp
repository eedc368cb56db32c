// SPDX-License-Identifier: GPL-3.0-or-later
// The panels that are tables or lists: tasks, events, output.
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>

#include "tests/support/generated_events.hpp"
#include "tests/support/sample_traces.hpp"
#include "tests/ui/panels/read_session.hpp"
#include "ui/model/format.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/output_panel.hpp"
#include "ui/panels/task_panel.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::ReadSession;

namespace {

void showPanel(QWidget& panel) {
    panel.resize(900, 300);
    panel.show();
    QCoreApplication::processEvents();
}

void clickRow(QAbstractItemView* view, int row) {
    view->setFocus();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::NoModifier,
                      view->visualRect(view->model()->index(row, 0)).center());
}

}  // namespace

TEST_CASE("Selecting a row selects the task, and a task selected elsewhere its row") {
    ReadSession it;
    TaskPanel panel(it.session, it.view);
    showPanel(panel);
    it.view.setCursor(14);
    QCoreApplication::processEvents();
    clickRow(panel.table(), 2);
    CHECK(it.view.selectedTask() == 2);
    it.view.setSelectedTask(0);
    CHECK(panel.table()->currentIndex().row() == 0);
    it.view.setSelectedTask(no_task);
    CHECK_FALSE(panel.table()->selectionModel()->hasSelection());
}

TEST_CASE("Where not all tasks have room, the first that is seen is seen whole") {
    ReadSession it;
    TaskPanel panel(it.session, it.view);
    it.view.setCursor(14);
    panel.resize(900, panel.table()->horizontalHeader()->sizeHint().height() + 75);
    panel.show();
    for (const TaskIndex task : {0U, 1U, 2U, 1U}) {
        it.view.setSelectedTask(task);
        QCoreApplication::processEvents();
        const QRect row = panel.table()->visualRect(panel.table()->currentIndex());
        CHECK(panel.table()->viewport()->rect().contains(row));
        CHECK(panel.table()->rowViewportPosition(panel.table()->rowAt(0)) == 0);
    }
    it.view.setSelectedTask(2);
    for (const int height : {200, 60}) {
        panel.resize(900, panel.table()->horizontalHeader()->height() + height);
        QCoreApplication::processEvents();
        const QRect row = panel.table()->visualRect(panel.table()->currentIndex());
        CHECK(panel.table()->viewport()->rect().contains(row));
        CHECK(panel.table()->rowViewportPosition(panel.table()->rowAt(0)) == 0);
    }
}

TEST_CASE("The age of a task that is an hour old is not cut") {
    ReadSession it("0 task_created 1 name=old coro=f\n3540 task_created 2 name=young coro=f\n", 2);
    TaskPanel panel(it.session, it.view);
    it.view.setCursor(1);
    showPanel(panel);
    const QAbstractItemView& table = *panel.table();  // of which it is public
    const QModelIndex age = table.model()->index(0, TaskTableModel::Age);
    CHECK(age.data().toString() == formatDuration(3'540'000'000'000));
    CHECK(panel.table()->columnWidth(TaskTableModel::Age) >= table.sizeHintForIndex(age).width());
}

TEST_CASE("Tasks that come and go with the cursor leave the selection alone") {
    ReadSession it;
    TaskPanel panel(it.session, it.view);
    showPanel(panel);
    it.view.setCursor(14);
    it.view.setSelectedTask(2);
    it.view.setCursor(1);
    CHECK(panel.model().rowCount() == 1);
    CHECK(it.view.selectedTask() == 2);
    it.view.setCursor(14);
    CHECK(panel.table()->currentIndex().row() == 2);
}

TEST_CASE("The task table is narrowed by its filter, and says when nothing fits") {
    ReadSession it;
    TaskPanel panel(it.session, it.view);
    showPanel(panel);
    it.view.setCursor(14);
    panel.filterField()->setText("task");
    panel.model().mend();
    CHECK(panel.model().rowCount() == 2);
    panel.filterField()->setText("nobody");
    panel.model().mend();
    CHECK(panel.findChild<EmptyState*>()->title() == "No task fits the filter");
}

TEST_CASE("The task table tells each task's loop and process where there are several, and finds tasks by them") {
    ReadSession one;
    TaskPanel alone(one.session, one.view);
    showPanel(alone);
    one.view.setCursor(14);
    CHECK(alone.table()->isColumnHidden(TaskTableModel::LoopName));
    const std::string text = awaitscope::test::two_processes();
    ReadSession it(text.c_str(), 24);
    TaskPanel panel(it.session, it.view);
    showPanel(panel);
    it.view.setCursor(20);
    REQUIRE_FALSE(panel.table()->isColumnHidden(TaskTableModel::LoopName));
    QStringList loops;
    for (int row = 0; row < panel.model().rowCount(); ++row)
        loops << panel.model().index(row, TaskTableModel::LoopName).data().toString();
    CHECK(loops.join(", ") == "web 4711: main, worker 4712, web 4711: helper, web 4711: main");
    QTest::keyClicks(panel.filterField(), "4712");
    panel.model().mend();
    REQUIRE(panel.model().rowCount() == 1);
    CHECK(panel.model().index(0, TaskTableModel::Name).data().toString() == "job");
}

TEST_CASE("A double click asks for a task's life") {
    ReadSession it;
    TaskPanel panel(it.session, it.view);
    showPanel(panel);
    it.view.setCursor(14);
    QCoreApplication::processEvents();
    TaskIndex asked = no_task;
    QObject::connect(&panel, &TaskPanel::taskActivated, [&](TaskIndex task) { asked = task; });
    clickRow(panel.table(), 1);
    QTest::mouseDClick(panel.table()->viewport(), Qt::LeftButton, Qt::NoModifier,
                       panel.table()->visualRect(panel.model().index(1, 0)).center());
    CHECK(asked == 1);
}

TEST_CASE("The log follows the cursor, and a click moves it") {
    ReadSession it;
    EventsPanel panel(it.session, it.view);
    showPanel(panel);
    REQUIRE(panel.model().rowCount() == int(test::three_tasks_count));
    it.view.setCursor(12);
    CHECK(panel.table()->currentIndex().row() == 12);
    it.view.setCursor(3);
    clickRow(panel.table(), 4);
    CHECK(it.view.cursor() == 4);
    CHECK(it.view.selectedTask() == 2);
}

TEST_CASE("The log is narrowed by text and by groups of kinds") {
    ReadSession it;
    EventsPanel panel(it.session, it.view);
    showPanel(panel);
    panel.showGroups({"output and marks"});
    REQUIRE(QTest::qWaitFor([&] { return !panel.model().busy(); }));
    CHECK(panel.model().rowCount() == 2);
    panel.filterField()->setText("B: one");
    REQUIRE(QTest::qWaitFor([&] { return !panel.model().busy() && panel.model().rowCount() == 1; }));
    CHECK(panel.model().eventOf(0) == 12);
    panel.filterField()->setText("nothing");
    REQUIRE(QTest::qWaitFor([&] { return !panel.model().busy() && panel.model().rowCount() == 0; }));
    CHECK(panel.findChild<EmptyState*>()->title() == "No event fits the filter");
    panel.filterField()->clear();
    panel.showGroups({});
    REQUIRE(QTest::qWaitFor([&] { return panel.model().rowCount() == int(test::three_tasks_count); }));
}

TEST_CASE("Output shows what was printed by the cursor, and a click goes there") {
    ReadSession it;
    OutputPanel panel(it.session, it.view);
    showPanel(panel);
    CHECK(panel.findChild<EmptyState*>()->isVisible());
    it.view.setCursor(14);
    QCoreApplication::processEvents();
    CHECK_FALSE(panel.findChild<EmptyState*>()->isVisible());
    REQUIRE(panel.list()->model()->rowCount() == 2);
    clickRow(panel.list(), 0);
    CHECK(it.view.cursor() == 8);
    CHECK(it.view.selectedTask() == 1);
    CHECK(panel.list()->model()->rowCount() == 1);
}

TEST_CASE("Who scrolls to the end of the rows there are is given more of them, and what is seen stands still") {
    TraceSession session(std::make_unique<test::GeneratedEvents>(
        test::GeneratorOptions{.shape = test::TraceShape::few_tasks, .events = 400'000}));
    REQUIRE(QTest::qWaitFor([&] { return session.ended(); }, 20'000));
    ViewState view;
    view.setFollowing(false);
    view.setCursor(10);
    EventsPanel panel(session, view);
    showPanel(panel);
    QScrollBar* bar = panel.table()->verticalScrollBar();
    REQUIRE(panel.model().before() == 0);
    CHECK(panel.table()->currentIndex().row() == 10);
    bar->setValue(bar->maximum() - 1);
    const EventIndex seen = panel.model().eventOf(panel.table()->rowAt(0));
    bar->setValue(bar->maximum());
    CHECK(panel.model().before() > 0);
    const EventIndex still_seen = panel.model().eventOf(panel.table()->rowAt(0));
    CHECK(still_seen >= seen);
    CHECK(still_seen <= seen + 1);  // the last row is seen whole now
    bar->setValue(bar->minimum());
    CHECK(panel.model().before() == 0);
    // The cursor brings its row along, wherever it goes.
    const EventIndex last = session.trace()->event_count() - 1;
    view.setCursor(last);
    CHECK(panel.model().eventOf(panel.table()->currentIndex().row()) == last);
}
