// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_log_model.hpp"

#include <QAbstractItemModelTester>
#include <catch2/catch.hpp>

#include "tests/support/generated_events.hpp"
#include "tests/ui/model/loaded_session.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::LoadedSession;

namespace {

constexpr auto events = R"(
    0 loop_started name=main
    0.1 task_created 1 name=A
    0.2 task_running 1
    0.3 output 1 text=hello
    0.4 task_created 2 name=B
    0.5 task_done 1 state=finished
    0.6 task_running 9
)";

std::string row(const EventLogModel& model, int number) {
    std::string out;
    for (int column = 0; column < model.columnCount(); ++column)
        out += (column ? " | " : "") + model.index(number, column).data().toString().toStdString();
    return out;
}

/// Once it has looked at all.
std::vector<EventIndex> shown(const EventLogModel& model) {
    REQUIRE(test::eventually([&] { return !model.busy(); }));
    std::vector<EventIndex> numbers;
    for (int i = 0; i < model.rowCount(); ++i) numbers.push_back(model.eventOf(i));
    return numbers;
}

}  // namespace

TEST_CASE("the log has a row for each event") {
    LoadedSession loaded(events);
    EventLogModel model(loaded.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    CHECK(model.rowCount() == 7);
    CHECK(row(model, 0) == "0.000000000 s | 1 |  | loop_started | name=\"main\"");
    CHECK(row(model, 3) == "0.300000000 s | 1 | A | output | text=\"hello\"");
    CHECK(row(model, 6) == "0.600000000 s | 1 | task 9 | task_running | ");
    CHECK(model.index(4, 0).data(EventLogModel::EventRole).toULongLong() == 4);
    CHECK(model.index(4, 0).data(EventLogModel::TaskRole).toUInt() == 1);
    CHECK(model.index(0, 0).data(EventLogModel::TaskRole).toUInt() == no_task);
    CHECK(model.rowAt(3) == 3);
    CHECK(model.rowAt(no_event) == -1);
    CHECK(model.rowAt(100) == 6);
}

TEST_CASE("the log is filtered by kind, task and text") {
    LoadedSession loaded(events);
    EventLogModel model(loaded.session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    EventFilter filter;
    filter.kinds.reset();
    filter.kinds.set(static_cast<std::size_t>(EventKind::task_created));
    model.setFilter(filter);
    CHECK(shown(model) == std::vector<EventIndex>{1, 4});
    CHECK(model.rowAt(0) == -1);
    CHECK(model.rowAt(3) == 0);
    CHECK(model.rowAt(4) == 1);
    model.setFilter({.task = 0});
    CHECK(shown(model) == std::vector<EventIndex>{1, 2, 3, 5});
    model.setFilter({.text = "HELLO"});
    CHECK(shown(model) == std::vector<EventIndex>{3});
    model.setFilter({.text = "b"});
    CHECK(shown(model) == std::vector<EventIndex>{4});
    model.setFilter({});
    CHECK(model.rowCount() == 7);
    CHECK(model.eventOf(7) == no_event);
}

TEST_CASE("a long log is filtered meanwhile, and tells when it is through") {
    auto pipe = std::make_shared<test::PushedSource::Pipe>();
    std::vector<Event> many;
    for (std::uint64_t i = 0; i < 200'000; ++i)
        many.push_back(
            {Event::pack(i % 10 == 0 ? EventKind::task_running : EventKind::poll, 1, i % 10 == 0 ? 1 : 0), i, 0, 0, 0});
    pipe->push(many);
    TraceSession session(std::make_unique<test::PushedSource>(pipe));
    EventLogModel model(session);
    REQUIRE(test::eventually([&] { return model.rowCount() == 200'000; }));
    QSignalSpy busy(&model, &EventLogModel::busyChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setFilter({.text = "task_running"});
    REQUIRE(test::eventually([&] { return !model.busy(); }));
    CHECK(model.rowCount() == 20'000);
    CHECK(model.eventOf(7) == 70);
    CHECK(busy.count() % 2 == 0);
    pipe->push({{Event::pack(EventKind::task_running, 1, 1), 200'000, 0, 0, 0}});
    REQUIRE(test::eventually([&] { return model.rowCount() == 20'001; }));
    CHECK(reset.count() == 1);
}

TEST_CASE("of a very long list the rows are a part, which moves to what is looked for") {
    TraceSession session(std::make_unique<test::GeneratedEvents>(
        test::GeneratorOptions{.shape = test::TraceShape::few_tasks, .events = 500'000}));
    REQUIRE(test::eventually([&] { return session.ended(); }));
    EventLogModel model(session);
    constexpr auto most = static_cast<int>(EventLogModel::rows_most);
    const EventIndex count = session.trace()->event_count();
    REQUIRE(count > 450'000);
    CHECK(model.listed() == count);
    CHECK(model.rowCount() == most);
    CHECK(model.before() == 0);
    CHECK(model.rowAt(300'000) == -1);
    model.showAround(300'000);
    CHECK(model.rowAt(300'000) == most / 2);
    CHECK(model.eventOf(0) == model.before());
    CHECK(model.eventOf(most / 2) == 300'000);
    CHECK(model.hasMoreBehind());
    model.showAround(count - 1);
    CHECK(model.eventOf(model.rowCount() - 1) == count - 1);
    CHECK_FALSE(model.hasMoreBehind());
    model.showAround(3);
    CHECK(model.eventOf(3) == 3);

    // What a filter finds is a list like that.
    EventFilter filter;
    filter.kinds.reset(static_cast<std::size_t>(EventKind::iteration));
    model.setFilter(filter);
    REQUIRE(test::eventually([&] { return !model.busy(); }));
    CHECK(model.rowCount() == most);
    CHECK(model.listed() > 300'000);
    CHECK(model.listed() < count);
    model.showAround(count - 1);
    CHECK(model.eventOf(model.rowCount() - 1) <= count - 1);
    CHECK(model.rowAt(count - 1) == model.rowCount() - 1);
}
