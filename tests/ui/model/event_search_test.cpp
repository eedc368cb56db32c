// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_search.hpp"

#include <QAbstractItemModelTester>
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/ui/model/loaded_session.hpp"
#include "ui/model/event_log_model.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

/// A step of a task in every tenth of so many events.
std::vector<Event> manyEvents(std::uint64_t from, std::uint64_t to) {
    std::vector<Event> events;
    for (std::uint64_t i = from; i < to; ++i)
        events.push_back(
            {Event::pack(i % 10 == 0 ? EventKind::task_running : EventKind::poll, 1, i % 10 == 0 ? 1 : 0), i, 0, 0, 0});
    return events;
}

bool through(EventSearch& search) {
    return test::eventually([&] { return !search.busy(); });
}

}  // namespace

TEST_CASE("a search finds in a thread of its own, and tells of what comes in order") {
    auto pipe = std::make_shared<test::PushedSource::Pipe>();
    pipe->push(manyEvents(0, 200'000));
    TraceSession session(std::make_unique<test::PushedSource>(pipe));
    REQUIRE(test::eventually([&] { return session.trace()->event_count() == 200'000; }));
    EventSearch search(session);
    std::size_t told = 0;
    bool in_order = true;
    QObject::connect(&search, &EventSearch::aboutToAdd, [&](std::size_t count) {
        in_order = in_order && search.hits().size() == told;
        told += count;
    });
    QObject::connect(&search, &EventSearch::added, [&] { in_order = in_order && search.hits().size() == told; });
    search.start({.text = "running"});
    CHECK(search.active());
    CHECK(search.busy());
    REQUIRE(through(search));
    CHECK(in_order);
    CHECK(search.hits().size() == 20'000);
    CHECK(search.hits()[7] == 70);
    CHECK(search.progress() == 1);

    // It goes on with what comes, and never forgets the last of it.
    pipe->push(manyEvents(200'000, 200'041));
    REQUIRE(test::eventually([&] { return search.hits().size() == 20'005 && !search.busy(); }));
}

TEST_CASE("another search, or none, lets go of what was found") {
    test::LoadedSession loaded("0 output text=a\n1 output text=b\n2 output text=ab\n");
    EventSearch search(loaded.session);
    search.start({.text = "a"});
    search.start({.text = "b"});
    REQUIRE(through(search));
    CHECK(search.hits() == std::vector<std::uint32_t>{1, 2});
    search.start({.text = "a"});
    search.stop();
    CHECK_FALSE(search.active());
    CHECK_FALSE(search.busy());
    QCoreApplication::processEvents();
    CHECK(search.hits().empty());
}

TEST_CASE("one goes from hit to hit, forwards and back, round the ends") {
    test::LoadedSession loaded("0 output text=a\n1 output text=b\n2 output text=ab\n3 output text=c\n");
    EventSearch search(loaded.session);
    search.start({.text = "a"});
    REQUIRE(through(search));
    CHECK(search.next(no_event) == 0);
    CHECK(search.next(0) == 2);
    CHECK(search.next(2) == 0);
    CHECK(search.previous(3) == 2);
    CHECK(search.previous(2) == 0);
    CHECK(search.previous(0) == 2);
    CHECK(search.previous(no_event) == 2);
    search.start({.text = "nothing like it"});
    REQUIRE(through(search));
    CHECK(search.next(0) == no_event);
    CHECK(search.previous(0) == no_event);
}

TEST_CASE("a search may end in the middle of its work") {
    auto pipe = std::make_shared<test::PushedSource::Pipe>();
    pipe->push(manyEvents(0, 300'000));
    TraceSession session(std::make_unique<test::PushedSource>(pipe));
    REQUIRE(test::eventually([&] { return session.trace()->event_count() == 300'000; }));
    for (int i = 0; i < 20; ++i) {
        EventSearch search(session);
        search.start({.text = "running"});
    }
    EventSearch last(session);
    for (int i = 0; i < 20; ++i) last.start({.text = i % 2 ? "running" : "poll"});
    REQUIRE(through(last));
    CHECK(last.hits().size() == 30'000);
}

TEST_CASE("a search that is under way finds a task by the name it gets later, what it did before included") {
    auto pipe = std::make_shared<test::PushedSource::Pipe>();
    pipe->push(manyEvents(0, 200'000));
    TraceSession session(std::make_unique<test::PushedSource>(pipe));
    REQUIRE(test::eventually([&] { return session.trace()->event_count() == 200'000; }));
    EventSearch search(session);
    search.start({.text = "billing"});
    EventLogModel model(session);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setFilter({.text = "BILL"});
    REQUIRE(through(search));
    CHECK(search.hits().empty());

    pipe->push({{Event::pack(EventKind::task_renamed, 1, 1), 200'000, 0, pipe->string("billing"), 0}});
    pipe->push(manyEvents(200'001, 200'041));
    REQUIRE(test::eventually([&] { return search.hits().size() == 20'005 && !search.busy(); }));
    CHECK(std::ranges::is_sorted(search.hits()));
    CHECK(search.hits()[7] == 70);
    CHECK(search.next(no_event) == 0);
    CHECK(search.hits()[20'000] == 200'000);
    REQUIRE(test::eventually([&] { return model.rowCount() == 20'005; }));
    CHECK(model.index(0, EventLogModel::Task).data().toString() == "billing");

    // Another name takes nothing away, and the same one again adds nothing.
    pipe->push({{Event::pack(EventKind::task_renamed, 1, 1), 200'041, 0, pipe->string("mailing"), 0}});
    pipe->push({{Event::pack(EventKind::task_renamed, 1, 1), 200'042, 0, pipe->string("billing"), 0}});
    REQUIRE(test::eventually([&] { return search.hits().size() == 20'007 && !search.busy(); }));
}
