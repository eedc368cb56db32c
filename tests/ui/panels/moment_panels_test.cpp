// SPDX-License-Identifier: GPL-3.0-or-later
// The panels that show one moment: the selection and the loop.
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/model/loaded_session.hpp"
#include "tests/ui/panels/read_session.hpp"
#include "ui/panels/chip.hpp"
#include "ui/panels/figure_table.hpp"
#include "ui/panels/loop_panel.hpp"
#include "ui/panels/selection_panel.hpp"
#include "ui/panels/when_seen.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::ReadSession;

namespace {

std::string chipsOf(const QWidget& panel) {
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QStringList names;
    for (const Chip* chip : panel.findChildren<Chip*>()) names << chip->accessibleName();
    return names.join(" | ").toStdString();
}

std::string rowsOf(const FigureTable* table) {
    QStringList rows;
    for (const auto& row : table->rows()) rows << row.cells.join(' ');
    return rows.join(" | ").toStdString();
}

void click(QWidget* widget) {
    QTest::mouseClick(widget, Qt::LeftButton);
}

}  // namespace

TEST_CASE(
    "While a program is followed, the selection shows what was selected, or how the loop is doing, and not what runs "
    "at every moment") {
    auto pipe = std::make_shared<test::PushedSource::Pipe>();
    TraceSession session(std::make_unique<test::PushedSource>(pipe));
    ViewState view;
    SelectionPanel panel(session, view);
    panel.show();
    const auto is_empty = [&] { return !panel.findChild<QLabel*>("selectionName")->isVisible(); };
    const test::TextTrace told("0 task_created 1 name=main\n0.1 task_running 1\n0.2 task_created 2 name=other\n");
    std::vector<Event> events;
    for (EventIndex i = 0; i < told.trace.event_count(); ++i) events.push_back(told.trace.event(i));
    pipe->push(events);
    REQUIRE(test::eventually([&] { return session.trace()->event_count() == 3; }));
    view.follow(2, {});
    CHECK(is_empty());
    CHECK(test::eventually([&] { return panel.table().startsWith("tasks alive\t2\n"); }));
    CHECK(panel.table().contains("\nready to run\t1\ntimers set\t0\n"));
    CHECK(panel.table().contains("\nbusy, of the last 200 ms\t"));
    CHECK(panel.table().endsWith("found last\tNothing yet."));
    panel.setLatestFinding("Blocked loop, app.py:12, at 0.100 s");
    CHECK(panel.table().endsWith("found last\tBlocked loop, app.py:12, at 0.100 s"));
    auto* const latest = panel.findChild<QLabel*>("latestFinding");
    const QSignalSpy wanted(&panel, &SelectionPanel::latestFindingWanted);
    panel.resize(500, 800);
    panel.show();
    QTest::mouseClick(latest, Qt::LeftButton, {}, QPoint(20, latest->fontMetrics().height() / 2));
    CHECK(wanted.count() == 1);
    view.setSelectedTask(0);
    CHECK_FALSE(is_empty());
    CHECK_FALSE(panel.table().contains("tasks alive"));
    view.setSelectedTask(no_task);
    CHECK(is_empty());
    view.setFollowing(false);
    view.setCursor(1);
    CHECK_FALSE(is_empty());  // what stands still can be read
    pipe->finish();
}

TEST_CASE("The selection shows the chain, and its chips select") {
    ReadSession it;
    SelectionPanel panel(it.session, it.view);
    panel.resize(360, 700);
    panel.show();
    it.view.setCursor(14);
    it.view.setSelectedTask(2);
    CHECK(panel.findChild<QLabel*>("selectionName")->text() == "Task B");
    CHECK(chipsOf(panel) == "main | gather of 2 | Task B");
    CHECK(panel.summary().times.size() >= 3);
    QCoreApplication::processEvents();
    click(panel.findChildren<Chip*>().front());
    CHECK(it.view.selectedTask() == 0);
    CHECK(panel.findChild<QLabel*>("selectionName")->text() == "main");
}

TEST_CASE("With nothing selected the running task is shown, and before the first nothing is") {
    ReadSession it;
    SelectionPanel panel(it.session, it.view);
    CHECK_FALSE(panel.summary().exists);
    it.view.setCursor(7);
    CHECK(panel.summary().name == "Task A");
    it.view.setCursor(11);
    CHECK(panel.summary().name == "Task B");
}

TEST_CASE("A task that is not born yet, and one that failed, say so") {
    ReadSession it;
    SelectionPanel panel(it.session, it.view);
    it.view.setSelectedTask(1);
    it.view.setCursor(1);
    CHECK_FALSE(panel.summary().exists);
    it.view.setCursor(18);
    CHECK(panel.summary().error == "ValueError: no");
    QStringList words;
    for (const QLabel* label : panel.findChildren<QLabel*>()) words << label->text();
    CHECK(words.contains("ValueError: no"));
}

TEST_CASE("The loop's ready queue stands in the order in which it runs") {
    ReadSession it;
    LoopPanel panel(it.session, it.view);
    panel.resize(900, 300);
    panel.show();
    it.view.setCursor(5);
    CHECK(chipsOf(panel) == "Task A first step | Task B first step");
    QCoreApplication::processEvents();
    click(panel.findChildren<Chip*>().back());
    CHECK(it.view.selectedTask() == 2);
    it.view.setCursor(14);
    CHECK(chipsOf(panel) == "");
}

TEST_CASE("The loop shows its timers and what it watches") {
    ReadSession it;
    LoopPanel panel(it.session, it.view);
    panel.show();
    it.view.setCursor(14);
    const auto tables = panel.findChildren<FigureTable*>();
    REQUIRE(tables.size() == 2);
    CHECK(rowsOf(tables[0]).find("Task A") == 0);
    CHECK(rowsOf(tables[1]).find("5 read") == 0);
    it.view.setCursor(1);
    CHECK(tables[0]->rows().empty());
    CHECK(tables[1]->rows().empty());
}

TEST_CASE("A loop that watches nothing says what it waits for, if anything") {
    ReadSession it(
        "0 task_created 1 name=a\n0.1 iteration n=1 ready=1 timers=0\n0.2 task_running 1\n"
        "0.3 timer_set 1 handle=7 when=1\n0.3 task_suspended 1 on=sleep object=7\n1 timer_fired handle=7\n"
        "1 task_ready 1\n1.1 task_running 1\n1.2 task_suspended 1 on=lock object=9\n1.3 loop_stopped\n",
        10);
    LoopPanel panel(it.session, it.view);
    panel.show();
    const auto* words = panel.findChild<QLabel*>("noWatches");
    const auto at = [&](EventIndex cursor) {
        it.view.setCursor(cursor);
        return words->text().toStdString();
    };
    CHECK(at(2) == "None.");
    CHECK(at(4) == "None: the loop waits for timers only.");
    CHECK(at(5) == "None.");  // it has something to do: whom the timer wakes
    CHECK(at(6) == "None.");
    CHECK(at(8) == "None, and no timer: only another thread or a signal can wake the loop.");
    CHECK(at(9) == "None.");
}

TEST_CASE("A press on a figure's line gives its link, and only where there is one") {
    FigureTable table;
    table.setRows({{{"a", "1"}, {}, 7}, {{"b", "2"}, {}, -1}});
    table.resize(200, 56);
    table.show();
    int given = -1;
    QObject::connect(&table, &FigureTable::linkClicked, [&](int link) { given = link; });
    QTest::mouseClick(&table, Qt::LeftButton, Qt::NoModifier, {20, 40});
    CHECK(given == -1);
    QTest::mouseClick(&table, Qt::LeftButton, Qt::NoModifier, {20, 10});
    CHECK(given == 7);
}

TEST_CASE("The arrow keys choose among the lines that can be clicked, and Return clicks") {
    FigureTable table;
    table.setRows({{{"a", "1"}, {}, -1}, {{"b", "2"}, {}, 7}, {{"c", "3"}, {}, -1}, {{"d", "4"}, {}, 8}});
    std::vector<int> given;
    QObject::connect(&table, &FigureTable::linkClicked, [&](int link) { given.push_back(link); });
    QTest::keyClick(&table, Qt::Key_Return);
    QTest::keyClick(&table, Qt::Key_Down);
    QTest::keyClick(&table, Qt::Key_Return);
    QTest::keyClick(&table, Qt::Key_Down);
    QTest::keyClick(&table, Qt::Key_Return);
    QTest::keyClick(&table, Qt::Key_Up);
    QTest::keyClick(&table, Qt::Key_Return);
    CHECK(given == std::vector<int>{7, 8, 8, 7});
    CHECK(table.focusPolicy() == Qt::StrongFocus);
    table.setRows({{{"a", "1"}, {}, -1}});
    CHECK(table.focusPolicy() == Qt::NoFocus);
    QTest::keyClick(&table, Qt::Key_Return);
    CHECK(given.size() == 4);
}

TEST_CASE("The loop says which turn it is in and what it does") {
    ReadSession it;
    LoopPanel panel(it.session, it.view);
    panel.show();
    const auto* phase = panel.findChild<QLabel*>("phase");
    const auto at = [&](EventIndex cursor) {
        it.view.setCursor(cursor);
        return phase->text().toStdString();
    };
    CHECK(at(0).empty());
    CHECK(at(1) == "Turn 1: between two steps");
    CHECK(at(2) == "Turn 1: main runs (of 1 that were ready)");
    CHECK(at(7) == "Turn 2: Task A runs (of 2 that were ready)");
    CHECK(at(13) == "Turn 2: all that was ready has run");
    CHECK(at(15) == "Turn 2: timers that are due are moved to the ready queue");
}

TEST_CASE("A panel that nobody sees leaves the cursor alone, and is right once it is shown") {
    ReadSession it;
    LoopPanel loop(it.session, it.view);
    SelectionPanel selection(it.session, it.view);
    const auto* phase = loop.findChild<QLabel*>("phase");
    const auto* name = selection.findChild<QLabel*>("selectionName");
    loop.show();
    selection.show();
    it.view.setCursor(2);
    CHECK(phase->text() == "Turn 1: main runs (of 1 that were ready)");
    CHECK(name->text() == "main");
    loop.hide();
    selection.hide();
    it.view.setCursor(11);
    it.view.setCursor(7);
    CHECK(phase->text() == "Turn 1: main runs (of 1 that were ready)");
    CHECK(name->text() == "main");
    loop.show();
    selection.show();
    CHECK(phase->text() == "Turn 2: Task A runs (of 2 that were ready)");
    CHECK(name->text() == "Task A");
    loop.hide();
    it.view.setCursor(11);
    CHECK(loop.moment().iteration == 2);  // who asks is told what is so
    CHECK(selection.summary().name == "Task B");
}

TEST_CASE("What a hidden panel has to do is done once, however often it was wanted") {
    QWidget panel;
    int done = 0;
    WhenSeen seen(panel, [&] { ++done; });
    seen.want();
    seen.want();
    CHECK(done == 0);
    panel.show();
    CHECK(done == 1);
    seen.want();
    CHECK(done == 2);
    panel.hide();
    panel.show();
    CHECK(done == 2);  // nothing was wanted
    panel.hide();
    seen.want();
    seen.catchUp();
    CHECK(done == 3);
}
