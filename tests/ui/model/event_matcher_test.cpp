// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_matcher.hpp"

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr auto program = R"(
0 task_created 1 name=main coro=main_ file=/src/demo.cpp line=3
1 iteration n=1 ready=1 timers=0
2 output 1 text="Hello there"
3 task_running 1
4 task_created 2 name=other coro=fetch file=/src/net.cpp line=9
5 task_suspended 1 on=sleep object=9 file=/src/demo.cpp line=12
6 task_done 2 state=failed error=ValueError
7 task_running 9
)";

std::vector<std::uint32_t> found(const Trace& trace, const EventFilter& filter) {
    EventMatcher matcher(filter);
    std::vector<std::uint32_t> all;
    matcher.find(trace, 0, trace.event_count(), all);
    return all;
}

using Events = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a text is found in what is printed, named and raised, in any case") {
    const test::TextTrace trace(program);
    CHECK(found(trace.trace, {.text = "hello"}) == Events{2});
    CHECK(found(trace.trace, {.text = "VALUE"}) == Events{6});
    CHECK(found(trace.trace, {.text = "iterat"}) == Events{1});
    CHECK(found(trace.trace, {.text = "nobody"}).empty());
}

TEST_CASE("a text is found in all events of a task that bears it, or whose coroutine does") {
    const test::TextTrace trace(program);
    CHECK(found(trace.trace, {.text = "OTHER"}) == Events{4, 6});
    CHECK(found(trace.trace, {.text = "fetch"}) == Events{4, 6});
    CHECK(found(trace.trace, {.text = "net.cpp"}) == Events{4, 6});
    CHECK(found(trace.trace, {.text = "task 9"}) == Events{7});
}

TEST_CASE("a text is found in lines and in what is waited for") {
    const test::TextTrace trace(program);
    CHECK(found(trace.trace, {.text = "demo.cpp:12"}) == Events{5});
    CHECK(found(trace.trace, {.text = "sleep"}) == Events{5});
    CHECK(found(trace.trace, {.text = "failed"}) == Events{6});
}

TEST_CASE("kinds, task and text are asked for together") {
    const test::TextTrace trace(program);
    KindSet kinds;
    kinds.set(static_cast<std::size_t>(EventKind::task_running));
    CHECK(found(trace.trace, {.kinds = kinds}) == Events{3, 7});
    CHECK(found(trace.trace, {.kinds = kinds, .task = 0}) == Events{3});
    CHECK(found(trace.trace, {.kinds = kinds, .task = 0, .text = "main"}) == Events{3});
    CHECK(found(trace.trace, {.kinds = kinds, .task = 0, .text = "hello"}).empty());
    CHECK(found(trace.trace, {}).size() == 8);
    CHECK(found(trace.trace, {.task = 77}).empty());
}

TEST_CASE("names that come while it looks are known from then on") {
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    EventMatcher matcher({.text = "late"});
    std::vector<std::uint32_t> all;
    const StringId early = symbols->add_string("early");
    trace.append(std::vector<Event>{{Event::pack(EventKind::output, 1, 0), 1, 0, early, 0}});
    matcher.find(trace, 0, 1, all);
    CHECK(all.empty());
    const StringId late = symbols->add_string("too late");
    trace.append(std::vector<Event>{{Event::pack(EventKind::task_created, 1, 5), 2, 0, late, 0},
                                    {Event::pack(EventKind::output, 1, 5), 3, 0, early, 0},
                                    {Event::pack(EventKind::output, 1, 0), 4, 0, late, 0}});
    matcher.find(trace, 1, 4, all);
    CHECK(all == Events{1, 2, 3});
}

TEST_CASE("kinds are found across blocks, and those that a block lacks are passed over") {
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    std::vector<Event> events;
    for (std::uint64_t i = 0; i < 20'000; ++i)
        events.push_back(
            {Event::pack(i == 9'000 || i == 19'999 ? EventKind::mark : EventKind::poll, 1, 0), i, 0, 0, 0});
    trace.append(events);
    KindSet kinds;
    kinds.set(static_cast<std::size_t>(EventKind::mark));
    std::vector<std::uint32_t> all;
    trace.find_kinds(0, 20'000, kinds, all);
    CHECK(all == Events{9'000, 19'999});
    all.clear();
    trace.find_kinds(9'001, 19'999, kinds, all);
    CHECK(all.empty());
    kinds.set(static_cast<std::size_t>(EventKind::poll));
    trace.find_kinds(4'090, 4'100, kinds, all);
    CHECK(all.size() == 10);
}

TEST_CASE("ids of any size are told apart") {
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    const StringId found_name = symbols->add_string("wanted"), other = symbols->add_string("other");
    const Id far = (Id{1} << 24) + 5;  // shares its low bits with 5
    trace.append(std::vector<Event>{{Event::pack(EventKind::task_created, 1, 5), 1, 0, other, 0},
                                    {Event::pack(EventKind::task_created, 1, far), 2, 0, found_name, 0},
                                    {Event::pack(EventKind::task_running, 1, 5), 3, 0, 0, 0},
                                    {Event::pack(EventKind::task_running, 1, far), 4, 0, 0, 0}});
    CHECK(found(trace, {.text = "wanted"}) == Events{1, 3});
    CHECK(found(trace, {.text = "other"}) == Events{0, 2});
}
