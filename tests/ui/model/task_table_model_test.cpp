// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/task_table_model.hpp"

#include <QAbstractItemModelTester>
#include <catch2/catch.hpp>
#include <random>

#include "tests/ui/model/loaded_session.hpp"
#include "ui/model/follow_live.hpp"
#include "ui/model/format.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::LoadedSession;

namespace {

constexpr auto factorial = R"(
    0 task_created 1 name=main coro=main file=f.py line=9
    0.000001 task_running 1
    0.000002 task_created 2 name=B coro=factorial parent=1 file=f.py line=1
    0.000003 task_created 3 name=C coro=factorial parent=1 file=f.py line=1
    0.000004 task_created 4 name=A coro=factorial parent=1 file=f.py line=1
    0.000005 task_suspended 1 on=gather object=50 file=f.py line=10
    0.000006 task_running 2
    0.000010 task_suspended 2 on=sleep object=61 file=f.py line=5
    0.000011 task_running 3
    0.000012 task_done 3 state=failed error="ValueError: boom"
)";

/// The table as text, a row a line.
std::string text(const QAbstractItemModel& model) {
    std::string out;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            out += (column ? " | " : "") + model.index(row, column).data().toString().toStdString();
        out += "\n";
    }
    return out;
}

std::string names(const QAbstractItemModel& model) {
    std::string out;
    for (int row = 0; row < model.rowCount(); ++row)
        out += (row ? " " : "") + model.index(row, 0).data().toString().toStdString();
    return out;
}

}  // namespace

TEST_CASE("the table shows the tasks at the cursor") {
    LoadedSession loaded(factorial);
    TaskTableModel model(loaded.session, loaded.view);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    loaded.view.setCursor(9);
    CHECK(text(model) ==
          "main | waiting | gather of 3 | f.py:10 | Loop 1 | 1 | 4.0 µs | 12 µs\n"
          "B | waiting | sleep | f.py:5 | Loop 1 | 1 | 4.0 µs | 10 µs\n"
          "C | failed | ValueError: boom |  | Loop 1 | 1 | 1.0 µs | 9.0 µs\n"
          "A | ready | 1st in the queue | f.py:1 | Loop 1 | 0 | 0 ns | 8.0 µs\n");
    loaded.view.setCursor(5);
    CHECK(model.index(1, TaskTableModel::WaitsFor).data().toString() == "1st in the queue");
    CHECK(model.index(3, TaskTableModel::WaitsFor).data().toString() == "3rd in the queue");
}

TEST_CASE("the age of a task that is older than the recording is told as what it is at least") {
    LoadedSession loaded("5 task_alive 1 name=old\n5 task_suspended 1 on=event\n7 output text=x");
    TaskTableModel model(loaded.session, loaded.view);
    loaded.view.setCursor(2);
    const QModelIndex age = model.index(0, TaskTableModel::Age);
    CHECK(age.data().toString() == ">2.000 s");
    CHECK(age.data(Qt::ToolTipRole).toString() ==
          "Longer than " + formatExact(2'000'000'000) + ": it is older than the recording");
}

TEST_CASE("rows come and go at the end as the cursor moves, and no reset is needed") {
    LoadedSession loaded(factorial);
    TaskTableModel model(loaded.session, loaded.view);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    CHECK(model.rowCount() == 0);
    loaded.view.setCursor(2);
    CHECK(names(model) == "main B");
    loaded.view.setCursor(4);
    CHECK(names(model) == "main B C A");
    loaded.view.setCursor(0);
    CHECK(names(model) == "main");
    loaded.view.setCursor(no_event);
    CHECK(model.rowCount() == 0);
    CHECK(inserted.count() == 2);
    CHECK(removed.count() == 2);
    CHECK(reset.count() == 0);
}

TEST_CASE("the table sorts by any column, and goes back to the order of creation") {
    LoadedSession loaded(factorial);
    TaskTableModel model(loaded.session, loaded.view);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    loaded.view.setCursor(9);
    const QPersistentModelIndex b = model.index(model.rowOf(1), 0);
    model.sort(TaskTableModel::Name);
    CHECK(names(model) == "A B C main");
    CHECK(b.row() == 1);
    CHECK(b.data().toString() == "B");
    model.sort(TaskTableModel::Age, Qt::DescendingOrder);
    CHECK(names(model) == "main B C A");
    model.sort(TaskTableModel::State);
    CHECK(names(model) == "A main B C");
    model.sort(TaskTableModel::Running, Qt::DescendingOrder);
    CHECK(names(model) == "main B C A");
    CHECK(model.rowOf(3) == 3);
    CHECK(model.taskOf(3) == 3);
    CHECK(model.taskOf(4) == no_task);
    model.sort(-1);
    CHECK(names(model) == "main B C A");
    CHECK(b.row() == 1);
}

TEST_CASE("a sorted table takes new tasks at its end, and mends its order after") {
    LoadedSession loaded(factorial);
    TaskTableModel model(loaded.session, loaded.view);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    loaded.view.setCursor(3);
    model.sort(TaskTableModel::Name, Qt::DescendingOrder);
    CHECK(names(model) == "main C B");
    loaded.view.setCursor(4);
    CHECK(names(model) == "main C B A");
    model.sort(TaskTableModel::Name);
    loaded.view.setCursor(3);
    CHECK(names(model) == "B C main");
    loaded.view.setCursor(4);
    CHECK(names(model) == "B C main A");
    model.mend();
    CHECK(names(model) == "A B C main");
    CHECK(reset.count() == 0);
}

TEST_CASE("a filter keeps tasks by name or coroutine, and ended ones can be hidden") {
    LoadedSession loaded(factorial);
    TaskTableModel model(loaded.session, loaded.view);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    loaded.view.setCursor(9);
    model.setFilter("FACT");
    CHECK(names(model) == "B C A");
    model.setEndedShown(false);
    CHECK(names(model) == "B A");
    loaded.view.setCursor(8);
    model.mend();
    CHECK(names(model) == "B C A");
    model.sort(TaskTableModel::Name);
    CHECK(names(model) == "A B C");
    CHECK(model.rowOf(0) == -1);
    model.setFilter("");
    model.setEndedShown(true);
    model.sort(-1);
    CHECK(names(model) == "main B C A");
}

TEST_CASE("the roles behind the cells") {
    LoadedSession loaded(factorial);
    TaskTableModel model(loaded.session, loaded.view);
    loaded.view.setCursor(9);
    const QModelIndex b = model.index(1, 0);
    CHECK(b.data(TaskTableModel::TaskRole).toUInt() == 1);
    CHECK(b.data(TaskTableModel::StateRole).toInt() == static_cast<int>(TaskState::waiting));
    CHECK(b.data(TaskTableModel::WaitKindRole).toInt() == static_cast<int>(WaitKind::sleep));
    CHECK(b.data(TaskTableModel::PlaceRole).toUInt() == loaded.session.trace()->place_at(1, 9));
    CHECK(b.data(Qt::ToolTipRole).toString() == "B · factorial");
    CHECK(model.index(1, TaskTableModel::Age).data(Qt::ToolTipRole).toString() == "0.000010000 s");
    CHECK((model.index(1, TaskTableModel::Age).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0);
    CHECK(model.headerData(TaskTableModel::WaitsFor, Qt::Horizontal).toString() == "waits for");
    CHECK_FALSE(model.headerData(TaskTableModel::ColumnCount, Qt::Horizontal).isValid());
    CHECK_FALSE(model.data(model.index(9, 0)).isValid());
}

TEST_CASE("random walks keep every order and filter whole") {
    std::string events;
    for (int i = 1; i <= 40; ++i) {
        events += "0 task_created " + std::to_string(i) + " name=T" + std::to_string(i * 7 % 41) + "\n";
        if (i % 3 == 0) events += "0 task_done " + std::to_string(i / 3) + " state=finished\n";
    }
    LoadedSession loaded(events);
    TaskTableModel model(loaded.session, loaded.view);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        switch (random() % 5) {
            case 0:
                model.sort(static_cast<int>(random() % 8) - 1, random() % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
                break;
            case 1:
                model.setEndedShown(random() % 2 == 0);
                break;
            case 2:
                model.setFilter(random() % 2 ? "" : "1");
                break;
            default:
                loaded.view.setCursor(random() % 53);
                break;
        }
        model.mend();
        std::vector<TaskIndex> rows;
        for (int row = 0; row < model.rowCount(); ++row) rows.push_back(model.taskOf(row));
        std::ranges::sort(rows);
        REQUIRE(std::ranges::adjacent_find(rows) == rows.end());
        const auto trace = loaded.session.trace();
        REQUIRE(rows.size() <= trace->task_count_at(loaded.view.cursor()));
    }
}

TEST_CASE("the table of something live grows with it") {
    auto pipe = std::make_shared<test::PushedSource::Pipe>();
    TraceSession session(std::make_unique<test::PushedSource>(pipe));
    ViewState view;
    FollowLive follow(session, view);
    TaskTableModel model(session, view);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    for (std::uint64_t i = 1; i <= 5; ++i) {
        pipe->push({{Event::pack(EventKind::task_created, 1, i), i, 0, 0, 0}});
        REQUIRE(test::eventually([&] { return model.rowCount() == static_cast<int>(i); }));
    }
    CHECK(reset.count() == 0);
}

namespace {

/// More tasks than are sorted at once, each of which runs as often as its number's last digit says. Every third ends.
std::vector<Event> crowd(std::uint64_t count) {
    std::vector<Event> events;
    std::uint64_t time = 0;
    const auto add = [&](EventKind kind, std::uint64_t id, std::uint64_t a = 0, std::uint32_t c = 0) {
        events.push_back({Event::pack(kind, 1, id), ++time, a, 0, c});
    };
    for (std::uint64_t id = 1; id <= count; ++id) {
        add(EventKind::task_created, id);
        for (std::uint64_t step = 0; step < id % 10; ++step) {
            add(EventKind::task_running, id);
            add(EventKind::task_suspended, id, 7, static_cast<std::uint32_t>(WaitKind::sleep));
        }
        if (id % 3 == 0) add(EventKind::task_done, id);
    }
    return events;
}

}  // namespace

TEST_CASE("a crowd is sorted and filtered meanwhile, and the cursor may move on") {
    constexpr std::uint64_t count = 3 * TaskTableModel::at_once_most;
    auto pipe = std::make_shared<test::PushedSource::Pipe>();
    pipe->push(crowd(count));
    TraceSession session(std::make_unique<test::PushedSource>(pipe));
    REQUIRE(test::eventually([&] { return session.trace()->tasks().size() == count; }));
    ViewState view;
    TaskTableModel model(session, view);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const EventIndex end = session.trace()->event_count() - 1;
    view.setCursor(end);
    CHECK(model.rowCount() == static_cast<int>(count));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

    model.sort(TaskTableModel::Resumed, Qt::DescendingOrder);
    CHECK(model.rowCount() == static_cast<int>(count));                                // in the old order for now
    REQUIRE(test::eventually([&] { return model.taskOf(0) == 8 && !model.busy(); }));  // the ninth, nine times
    CHECK(model.taskOf(1) == 18);
    CHECK(model.taskOf(static_cast<int>(count) - 1) % 10 == 9);
    CHECK(reset.count() == 0);

    view.setCursor(end / 2);
    REQUIRE(test::eventually([&] { return model.rowCount() < static_cast<int>(count) && !model.busy(); }));
    view.setCursor(end);
    REQUIRE(test::eventually([&] { return model.rowCount() == static_cast<int>(count) && !model.busy(); }));
    REQUIRE(test::eventually([&] { return model.taskOf(1) == 18; }));

    model.setFilter("finished");
    REQUIRE(test::eventually([&] { return model.rowCount() == static_cast<int>(count / 3); }));
    CHECK(model.taskOf(0) % 3 == 2);
    model.setFilter("no such task");
    REQUIRE(test::eventually([&] { return !model.busy(); }));
    CHECK(model.rowCount() == 0);
    model.setFilter("");
    model.sort(-1);
    CHECK(model.rowCount() == static_cast<int>(count));
    CHECK(model.taskOf(5) == 5);
}

TEST_CASE("a filter finds tasks by the beginning of their state's word") {
    LoadedSession loaded(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        1 task_running 1
        2 task_done 1 state=cancelled
    )");
    loaded.view.setCursor(3);
    TaskTableModel model(loaded.session, loaded.view);
    model.setFilter("CANC");
    REQUIRE(model.rowCount() == 1);
    CHECK(model.taskOf(0) == 0);
    model.setFilter("ready");
    REQUIRE(model.rowCount() == 1);
    CHECK(model.taskOf(0) == 1);
    model.setFilter("ea");
    CHECK(model.rowCount() == 0);
}
