// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/event_matcher.hpp"

#include <catch2/catch.hpp>

#include "instrumentation/event/vocabulary.hpp"
#include "tests/support/generated_events.hpp"
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
    matcher.learn(trace);
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
    matcher.learn(trace);
    matcher.find(trace, 0, 1, all);
    CHECK(all.empty());
    const StringId late = symbols->add_string("too late");
    trace.append(std::vector<Event>{{Event::pack(EventKind::task_created, 1, 5), 2, 0, late, 0},
                                    {Event::pack(EventKind::output, 1, 5), 3, 0, early, 0},
                                    {Event::pack(EventKind::output, 1, 0), 4, 0, late, 0}});
    matcher.learn(trace);
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
    const auto between = [&](EventIndex first, EventIndex last) {
        std::vector<std::uint32_t> all;
        EventMatcher({.kinds = kinds}).find(trace, first, last, all);
        return all;
    };
    CHECK(between(0, 20'000) == Events{9'000, 19'999});
    CHECK(between(9'001, 19'999).empty());
    kinds.set(static_cast<std::size_t>(EventKind::poll));
    CHECK(between(4'090, 4'100).size() == 10);
}

TEST_CASE("what is found in many chunks at once is what a look at each event finds") {
    const auto symbols = std::make_shared<Symbols>();
    test::GeneratedEvents source({.shape = test::TraceShape::many_tasks, .events = 30'000, .tasks = 300});
    std::vector<Event> events;
    while (source.read(*symbols, events, 1000) == SourceState::more) continue;
    Trace trace(symbols);
    trace.append(events);
    const QString text = GENERATE("7", "sleep", "running", "queue", "nothing like it", "Task-12", "finished");
    EventMatcher matcher({.text = text});
    matcher.learn(trace);
    Events whole, one_by_one;
    matcher.find(trace, 0, trace.event_count(), whole);
    for (EventIndex i = 0; i < trace.event_count(); i += 97) {
        Events alone;
        matcher.find(trace, i, i + 1, alone);
        one_by_one.insert(one_by_one.end(), alone.begin(), alone.end());
    }
    Events sampled;
    std::ranges::copy_if(whole, std::back_inserter(sampled), [](std::uint32_t i) { return i % 97 == 0; });
    CHECK(sampled == one_by_one);
    for (EventIndex i = 0; i < trace.event_count(); i += 89)
        if (find_kind(trace.event(i).kind())->name.find(text.toStdString()) != std::string_view::npos)
            CHECK(std::ranges::binary_search(whole, static_cast<std::uint32_t>(i)));
}

TEST_CASE("a set of numbers knows what it has learned, and where it may have any") {
    IdSet set;
    CHECK_FALSE(set.has(0));
    CHECK_FALSE(set.may_have(0, 1000));
    for (int i = 0; i < 200; ++i) set.push_back(i == 64 || i == 190);
    CHECK(set.has(64));
    CHECK(set.has(190));
    CHECK_FALSE(set.has(63));
    CHECK_FALSE(set.has(200));
    CHECK_FALSE(set.has(~std::uint64_t{0}));
    CHECK(set.may_have(0, 70));
    CHECK(set.may_have(180, ~std::uint64_t{0}));
    CHECK_FALSE(set.may_have(0, 63));
    CHECK_FALSE(set.may_have(200, 5000));
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
