// SPDX-License-Identifier: GPL-3.0-or-later
// State at every cursor, against a replay from the start that knows no index.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "instrumentation/trace/trace.hpp"
#include "tests/instrumentation/trace/random_program.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// The plainest possible state of a program, moved on by one event at a time.
struct Replay {
    struct TaskNow {
        TaskState state = TaskState::ready;
        std::uint64_t since = 0;
        std::uint64_t resumed = 0;
        std::map<TaskState, Nanoseconds> spent;
        Id waits_for_primitive = 0;
    };
    struct Primitive {
        Id owner = 0;
        std::uint32_t size = 0;
        std::vector<Id> waiters;
    };
    std::map<Id, TaskNow> tasks;
    std::vector<Id> ready;
    Id running = 0;
    std::map<Id, std::pair<Nanoseconds, EventIndex>> timers;
    std::set<std::pair<int, IoDirection>> watches;
    std::map<Id, Primitive> primitives;
    std::vector<Id> order_of_primitives;

    void become(Id id, TaskState state, std::uint64_t time) {
        TaskNow& task = tasks[id];
        task.spent[task.state] += static_cast<Nanoseconds>(time - task.since);
        task.state = state;
        task.since = time;
        std::erase(ready, id);
        if (state == TaskState::ready) ready.push_back(id);
        if (running == id) running = 0;
        if (state == TaskState::running) running = id;
        if (state != TaskState::waiting)
            for (auto& [primitive, now] : primitives) std::erase(now.waiters, id);
    }

    void apply(const Event& e, EventIndex index) {
        const Id task = e.task();
        switch (e.kind()) {
            case EventKind::task_created:
                tasks[task].since = e.time;
                become(task, TaskState::ready, e.time);
                break;
            case EventKind::task_running:
                become(task, TaskState::running, e.time);
                ++tasks[task].resumed;
                break;
            case EventKind::task_suspended: {
                const bool yields = e.c == static_cast<std::uint32_t>(WaitKind::yield);
                become(task, yields ? TaskState::ready : TaskState::waiting, e.time);
                if (const Id waits = std::exchange(tasks[task].waits_for_primitive, 0))
                    primitives[waits].waiters.push_back(task);
                break;
            }
            case EventKind::task_ready:
                become(task, TaskState::ready, e.time);
                break;
            case EventKind::task_done:
                become(task, static_cast<TaskState>(static_cast<unsigned>(TaskState::finished) + e.c), e.time);
                break;
            case EventKind::timer_set:
                timers[e.a] = {static_cast<Nanoseconds>(e.bc()), index};
                break;
            case EventKind::timer_fired:
                timers.erase(e.a);
                break;
            case EventKind::io_wait:
                watches.emplace(e.b, static_cast<IoDirection>(e.c));
                break;
            case EventKind::io_unwatched:
                watches.erase({e.b, static_cast<IoDirection>(e.c)});
                break;
            case EventKind::connection_lost:
                watches.erase({e.c, IoDirection::read});
                watches.erase({e.c, IoDirection::write});
                break;
            case EventKind::sync_created:
                primitives[e.a];
                order_of_primitives.push_back(e.a);
                break;
            case EventKind::sync_wait:
                tasks[task].waits_for_primitive = e.a;
                break;
            case EventKind::sync_acquired:
                primitives[e.a].owner = task;
                break;
            case EventKind::sync_released:
                primitives[e.a].owner = 0;
                break;
            case EventKind::queue_put:
            case EventKind::queue_get:
                primitives[e.a].size = e.b;
                break;
            default:
                break;
        }
    }
};

std::vector<Id> ids(const Trace& trace, const std::vector<TaskIndex>& tasks) {
    std::vector<Id> found;
    for (TaskIndex task : tasks) found.push_back(trace.tasks()[task].id);
    return found;
}

void compare_tasks(const Trace& trace, const Replay& replay, EventIndex cursor) {
    const Nanoseconds now = trace.time_at(cursor);
    REQUIRE(trace.task_count_at(cursor) == replay.tasks.size());
    std::size_t alive = 0;
    for (const auto& [id, task] : replay.tasks) {
        const TaskIndex index = trace.find_task(id);
        const TaskMoment moment = trace.at(index, cursor);
        REQUIRE(moment.state == task.state);
        REQUIRE(moment.span.has_value() == !is_done(task.state));
        alive += !is_done(task.state);
        auto spent = task.spent;
        spent[task.state] += now - static_cast<Nanoseconds>(task.since);
        const TaskTally tally = trace.tally_at(index, cursor);
        REQUIRE(tally.resumed == task.resumed);
        REQUIRE(tally.running_ns == spent[TaskState::running]);
        REQUIRE(tally.ready_ns == spent[TaskState::ready]);
        REQUIRE(tally.waiting_ns == spent[TaskState::waiting]);
    }
    REQUIRE(trace.tasks_alive_at(cursor) == alive);
}

void compare_loop(const Trace& trace, const Replay& replay, EventIndex cursor) {
    REQUIRE(ids(trace, trace.ready_queue_at(cursor)) == replay.ready);
    const TaskIndex running = trace.running_at(cursor);
    REQUIRE((running == no_task ? 0 : trace.tasks()[running].id) == replay.running);
    std::vector<std::tuple<Nanoseconds, EventIndex, Id>> timers;
    for (const auto& [handle, timer] : replay.timers) timers.emplace_back(timer.first, timer.second, handle);
    std::ranges::sort(timers);
    const auto found = trace.timers_at(cursor);
    REQUIRE(found.size() == timers.size());
    for (std::size_t i = 0; i < timers.size(); ++i) {
        REQUIRE(found[i].when == std::get<0>(timers[i]));
        REQUIRE(found[i].handle == std::get<2>(timers[i]));
    }
    std::set<std::pair<int, IoDirection>> watches;
    for (const Trace::Watch& watch : trace.watches_at(cursor)) watches.emplace(watch.fd, watch.what);
    REQUIRE(watches == replay.watches);
}

void compare_primitives(const Trace& trace, const Replay& replay, EventIndex cursor) {
    const auto primitives = trace.primitives_at(cursor);
    REQUIRE(primitives.size() == replay.order_of_primitives.size());
    for (std::size_t i = 0; i < primitives.size(); ++i) {
        REQUIRE(primitives[i].id == replay.order_of_primitives[i]);
        const Replay::Primitive& expected = replay.primitives.at(primitives[i].id);
        REQUIRE(primitives[i].owner.value_or(0) == expected.owner);
        REQUIRE(primitives[i].size == expected.size);
        REQUIRE(ids(trace, primitives[i].waiters) == expected.waiters);
    }
}

}  // namespace

TEST_CASE("the state at every cursor is that of a replay from the start") {
    const std::uint64_t seed = GENERATE(1, 2, 3, 4);
    CAPTURE(seed);
    const std::vector<Event> events = random_program(seed, 4000);
    Trace trace(std::make_shared<Symbols>());
    trace.append(events);
    Replay replay;
    for (EventIndex cursor = 0; cursor < events.size(); ++cursor) {
        replay.apply(events[cursor], cursor);
        CAPTURE(cursor);
        compare_loop(trace, replay, cursor);
        compare_primitives(trace, replay, cursor);
        if (cursor % 7 == 0) compare_tasks(trace, replay, cursor);
    }
}

TEST_CASE("steps, iterations and outputs are found from every cursor") {
    const std::vector<Event> events = random_program(5, 10'000);
    Trace trace(std::make_shared<Symbols>());
    trace.append(events);
    const auto check = [&](EventKind kind, auto next, auto previous) {
        EventIndex last = no_event;
        for (EventIndex i = 0; i < events.size(); ++i) {
            REQUIRE(previous(i) == last);
            if (events[i].kind() == kind) last = i;
        }
        EventIndex coming = no_event;
        for (EventIndex i = events.size(); i-- > 0;) {
            REQUIRE(next(i) == coming);
            if (events[i].kind() == kind) coming = i;
        }
        REQUIRE(next(no_event) == coming);
        REQUIRE(previous(no_event) == no_event);
    };
    check(
        EventKind::task_running, [&](EventIndex i) { return trace.next_step(i); },
        [&](EventIndex i) { return trace.previous_step(i); });
    check(
        EventKind::iteration, [&](EventIndex i) { return trace.next_iteration(i); },
        [&](EventIndex i) { return trace.previous_iteration(i); });
    check(
        EventKind::output, [&](EventIndex i) { return trace.next_output(i); },
        [&](EventIndex i) { return trace.previous_output(i); });
}

TEST_CASE("steps far apart are found across many chunks of other events") {
    Trace trace(std::make_shared<Symbols>());
    std::vector<Event> events(50'000, Event{Event::pack(EventKind::poll, 1, 0), 0, 0, 0, 0});
    for (std::size_t at : {100u, 20'480u, 49'000u})
        events[at] = {Event::pack(EventKind::task_running, 1, 1), 0, 0, 0, 0};
    trace.append(events);
    CHECK(trace.next_step(no_event) == 100);
    CHECK(trace.next_step(100) == 20'480);
    CHECK(trace.next_step(20'480) == 49'000);
    CHECK(trace.next_step(49'000) == no_event);
    CHECK(trace.previous_step(49'999) == 49'000);
    CHECK(trace.previous_step(49'000) == 20'480);
    CHECK(trace.previous_step(20'480) == 100);
    CHECK(trace.previous_step(100) == no_event);
    CHECK(trace.next_step(0, 0) == 100);
    CHECK(trace.previous_step(49'999, 0) == 49'000);
}

TEST_CASE("a trace that grew in small pieces equals one appended at once") {
    const std::vector<Event> events = random_program(9, 3000);
    Trace whole(std::make_shared<Symbols>());
    whole.append(events);
    Trace grown(std::make_shared<Symbols>());
    for (const Event& event : events) grown.append(std::span(&event, 1));
    REQUIRE(grown.tasks().size() == whole.tasks().size());
    for (TaskIndex i = 0; i < whole.tasks().size(); ++i) {
        REQUIRE(grown.tasks()[i].running_ns == whole.tasks()[i].running_ns);
        REQUIRE(std::ranges::equal(grown.tasks()[i].spans, whole.tasks()[i].spans));
    }
    REQUIRE(grown.event_count() == whole.event_count());
}
