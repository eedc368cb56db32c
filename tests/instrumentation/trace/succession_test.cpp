// SPDX-License-Identifier: GPL-3.0-or-later
// A trace that begins where another stands tells the same of every moment from there on.
#include <catch2/catch.hpp>

#include "instrumentation/source/symbol_mover.hpp"
#include "instrumentation/trace/trace.hpp"
#include "tests/instrumentation/trace/random_program.hpp"
#include "tests/support/generated_events.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::vector<Id> ids(const Trace& trace, const std::vector<TaskIndex>& tasks) {
    std::vector<Id> found;
    for (TaskIndex task : tasks) found.push_back(trace.tasks()[task].id);
    return found;
}

Id id(const Trace& trace, TaskIndex task) {
    return task == no_task ? 0 : trace.tasks()[task].id;
}

void compare_tasks(const Trace& whole, EventIndex cursor, const Trace& next, EventIndex there, EventIndex split) {
    REQUIRE(next.tasks_alive_at(there) == whole.tasks_alive_at(cursor));
    for (TaskIndex task = 0; task < whole.task_count_at(cursor); ++task) {
        const Task& expected = whole.tasks()[task];
        if (expected.done_event <= split) continue;
        const TaskIndex same = next.find_task(expected.id);
        REQUIRE(same != no_task);
        CAPTURE(expected.id);
        const Task& found = next.tasks()[same];
        REQUIRE(found.created == expected.created);
        REQUIRE(found.older == expected.older);
        const TaskMoment a = whole.at(task, cursor), b = next.at(same, there);
        REQUIRE(a.state == b.state);
        if (a.span) {
            REQUIRE(a.span->begin == b.span->begin);
            REQUIRE(a.span->on == b.span->on);
            REQUIRE(a.span->object == b.span->object);
        }
        const TaskTally sum = whole.tally_at(task, cursor), sum_there = next.tally_at(same, there);
        REQUIRE(sum.resumed == sum_there.resumed);
        REQUIRE(sum.running_ns == sum_there.running_ns);
        REQUIRE(sum.ready_ns == sum_there.ready_ns);
        REQUIRE(sum.waiting_ns == sum_there.waiting_ns);
        REQUIRE(sum.waiting_by_kind_ns == sum_there.waiting_by_kind_ns);
        REQUIRE(whole.place_at(task, cursor) == next.place_at(same, there));
        REQUIRE(ids(whole, whole.awaits(task, cursor)) == ids(next, next.awaits(same, there)));
    }
}

void compare_loop(const Trace& whole, EventIndex cursor, const Trace& next, EventIndex there) {
    REQUIRE(next.time_at(there) == whole.time_at(cursor));
    REQUIRE(id(next, next.running_at(there)) == id(whole, whole.running_at(cursor)));
    REQUIRE(ids(next, next.ready_queue_at(there)) == ids(whole, whole.ready_queue_at(cursor)));
    const auto timers = whole.timers_at(cursor), timers_there = next.timers_at(there);
    REQUIRE(timers.size() == timers_there.size());
    for (std::size_t i = 0; i < timers.size(); ++i) {
        REQUIRE(timers[i].handle == timers_there[i].handle);
        REQUIRE(timers[i].when == timers_there[i].when);
    }
    const auto watches = whole.watches_at(cursor), watches_there = next.watches_at(there);
    REQUIRE(watches.size() == watches_there.size());
    const auto primitives = whole.primitives_at(cursor), primitives_there = next.primitives_at(there);
    REQUIRE(primitives.size() == primitives_there.size());
    for (std::size_t i = 0; i < primitives.size(); ++i) {
        REQUIRE(primitives[i].id == primitives_there[i].id);
        REQUIRE(primitives[i].name == primitives_there[i].name);
        REQUIRE(primitives[i].owner == primitives_there[i].owner);
        REQUIRE(primitives[i].size == primitives_there[i].size);
        REQUIRE(ids(whole, primitives[i].waiters) == ids(next, primitives_there[i].waiters));
    }
}

/// Begins a trace of the same symbols.
void begin_after(Trace& next, const Trace& before, Symbols& symbols) {
    SymbolMover mover(symbols, symbols);
    next.begin_after(before, mover);
}

/// Splits the events, begins a second trace there, and compares the two at many moments behind.
void check_split(const std::shared_ptr<Symbols>& symbols, std::span<const Event> events, std::size_t split) {
    Trace whole(symbols), next(symbols);
    whole.append(events.first(split));
    begin_after(next, whole, *symbols);
    const EventIndex begin = next.folded().begin;
    REQUIRE(next.event_count() == begin + 1);
    CHECK(next.folded().events == split);
    CHECK(next.event(begin).a == split);
    CHECK(next.begin() == whole.end());
    const EventIndex last = split - 1;
    compare_loop(whole, last, next, begin);
    compare_tasks(whole, last, next, begin, last);
    whole.append(events.subspan(split));
    next.append(events.subspan(split));
    for (EventIndex cursor = last; cursor < events.size(); cursor += 1 + cursor / 150) {
        CAPTURE(split, cursor);
        compare_loop(whole, cursor, next, cursor - last + begin);
        compare_tasks(whole, cursor, next, cursor - last + begin, last);
    }
    for (const IoTrack& track : whole.io_tracks()) {
        const IoTrack* same = next.io_track_at(track.loop, track.fd, next.event_count() - 1);
        if (track.closed == open_end) REQUIRE(same->bytes_read == track.bytes_read);
    }
}

}  // namespace

TEST_CASE("a trace that begins where another stands has the same state from there on") {
    const std::uint64_t seed = GENERATE(1, 2, 3);
    const std::vector<Event> events = random_program(seed, 3000);
    const auto symbols = std::make_shared<Symbols>();
    // Its numbers of strings and places are to be some.
    for (std::uint32_t i = 1; i <= 1000; ++i) symbols->add_place("file", "function", i);
    for (std::uint32_t i = 1; i <= 1000; ++i) symbols->add_string(std::to_string(i));
    for (std::size_t split : {1, 17, 700, 1501, 2999}) check_split(symbols, events, split);
}

TEST_CASE("so has one of many tasks, of a chain, of a single long track") {
    const auto shape = GENERATE(from_range(trace_shapes.begin(), trace_shapes.end()));
    const auto symbols = std::make_shared<Symbols>();
    GeneratedEvents source({.shape = shape, .events = 6000, .tasks = shape == TraceShape::one_track ? 1u : 40u});
    std::vector<Event> events;
    while (source.read(*symbols, events, 1000) == SourceState::more) continue;
    check_split(symbols, events, 4000);
}

TEST_CASE("a trace that begins where another stands has symbols of its own, with no more than it needs") {
    const TextTrace first(R"(
        1 loop_started name=main
        1 task_created 1 name=A coro=serve file=a.cpp line=1
        2 task_running 1
        3 sync_created 7 kind=lock name=door
        3 task_suspended 1 on=sleep object=9 file=a.cpp line=2
        3 task_created 2 name=B coro=handle file=b.cpp line=3
        4 task_running 2
        5 output 2 text="said and done"
        6 task_done 2 state=finished
    )");
    const auto symbols = std::make_shared<Symbols>();
    symbols->add_string("so that numbers differ");
    SymbolMover mover(*first.symbols, *symbols);
    Trace second(symbols);
    second.begin_after(first.trace, mover);
    const auto function_of = [&](PlaceId place) { return symbols->string(symbols->place(place).function); };
    REQUIRE(second.tasks().size() == 1);
    CHECK(name_of(second, 0) == "A");
    CHECK(function_of(second.tasks()[0].definition) == "serve");
    CHECK(symbols->place(second.place_at(0, second.event_count() - 1)).line == 2);
    REQUIRE(second.folded().tasks.size() == 1);
    CHECK(function_of(second.folded().tasks[0].definition) == "handle");
    REQUIRE(second.loops().size() == 1);
    CHECK(symbols->string(second.loops()[0].name) == "main");
    for (StringId id = 1; id < symbols->string_count(); ++id) CHECK(symbols->string(id) != "said and done");
    CHECK(symbols->string_count() < first.symbols->string_count() + 1);
}

TEST_CASE("what is folded is counted: events, and the sums of tasks that ended, by coroutine") {
    const TextTrace first(R"(
        1 loop_started name=main
        1 task_created 1 name=A coro=serve
        2 task_running 1
        3 task_suspended 1 on=sleep object=9
        3 task_created 2 name=B coro=handle
        4 task_running 2
        6 task_done 2 state=finished
        6 task_created 3 name=C coro=handle
        6 task_running 3
        7 task_done 3 state=finished
    )");
    constexpr Nanoseconds s = 1'000'000'000;
    Trace second(first.symbols);
    begin_after(second, first.trace, *first.symbols);
    REQUIRE(second.tasks().size() == 1);
    CHECK(name_of(second, 0) == "A");
    REQUIRE(second.folded().tasks.size() == 1);
    CHECK(second.folded().tasks[0].count == 2);
    CHECK(second.folded().tasks[0].running_ns == 3 * s);
    CHECK(second.folded().tasks[0].ready_ns == 1 * s);
    CHECK(second.folded().since == 1 * s);
    CHECK(second.folded().events == 10);
    // Views reckon with what a task had run before, or its first stretch would seem to be all of it.
    REQUIRE(second.tasks()[0].spans.milestones().size() == 1);
    CHECK(second.tasks()[0].spans.milestones()[0].running_ns == 1 * s);

    const Event more{Event::pack(EventKind::task_ready, 1, 1), 8 * s};
    second.append(std::span(&more, 1));
    Trace third(first.symbols);
    begin_after(third, second, *first.symbols);
    CHECK(third.folded().events == 11);
    CHECK(third.folded().tasks[0].count == 2);
    CHECK(third.tasks()[0].waiting_ns == 5 * s);
    CHECK(third.tasks()[0].created == 1 * s);
    CHECK(second.folded().since == third.folded().since);
}
