// SPDX-License-Identifier: GPL-3.0-or-later
// Events in any order, with any ids: nothing crashes, nothing grows beyond the events, every question has an answer.
#include <catch2/catch.hpp>
#include <random>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/trace/trace.hpp"

using namespace awaitscope;

namespace {

std::vector<Event> noise(std::uint64_t seed, std::size_t count, std::uint64_t ids) {
    std::mt19937_64 random(seed);
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i) {
        Event event;
        event.head = Event::pack(static_cast<EventKind>(random() % 256), static_cast<std::uint16_t>(random() % 3),
                                 random() % ids);
        if (random() % 4) event.head = (event.head & ~std::uint64_t{0xff}) | (2 + random() % (event_kind_count - 2));
        event.time = random() % 100 == 0 ? random() : i;
        event.a = random() % 10 == 0 ? random() : random() % ids;
        event.b = static_cast<std::uint32_t>(random() % 5 == 0 ? random() : random() % 20);
        event.c = static_cast<std::uint32_t>(random() % 5 == 0 ? random() : random() % 20);
        events.push_back(event);
    }
    return events;
}

void ask_everything(const Trace& trace, EventIndex cursor) {
    std::size_t answers = 0;
    for (TaskIndex i = 0; i < trace.tasks().size(); ++i) {
        const TaskMoment moment = trace.at(i, cursor);
        if (moment.span) CHECK(moment.span->begin <= trace.time_at(cursor));
        const TaskTally tally = trace.tally_at(i, cursor);
        CHECK(tally.running_ns >= 0);
        CHECK(tally.ready_ns >= 0);
        CHECK(tally.waiting_ns >= 0);
        answers +=
            trace.await_chain(i, cursor).size() + trace.awaited_by(i, cursor).size() + trace.gathered(i, cursor).size();
        trace.place_at(i, cursor);
    }
    for (TaskIndex task : trace.ready_queue_at(cursor)) CHECK(trace.at(task, cursor).state == TaskState::ready);
    if (const TaskIndex running = trace.running_at(cursor); running != no_task)
        CHECK(trace.at(running, cursor).state == TaskState::running);
    for (const PrimitiveMoment& primitive : trace.primitives_at(cursor))
        for (TaskIndex waiter : primitive.waiters) CHECK(trace.at(waiter, cursor).state == TaskState::waiting);
    answers += trace.timers_at(cursor).size() + trace.watches_at(cursor).size();
    for (int fd = -2; fd < 20; ++fd) answers += trace.io_track_at(1, fd, cursor) != nullptr;
    CHECK(answers < 10'000'000);
}

}  // namespace

TEST_CASE("any events in any order leave a trace that answers") {
    const auto seed = GENERATE(range(1, 9));
    const std::uint64_t ids = seed % 2 ? 12 : 500;
    const std::vector<Event> events = noise(static_cast<std::uint64_t>(seed), 3000, ids);
    Trace trace(std::make_shared<Symbols>());
    trace.append(events);
    REQUIRE(trace.event_count() == events.size());
    Nanoseconds last = 0;
    for (EventIndex i = 0; i < trace.event_count(); ++i) {
        REQUIRE(static_cast<Nanoseconds>(trace.event(i).time) >= last);
        last = static_cast<Nanoseconds>(trace.event(i).time);
    }
    for (const Task& task : trace.tasks()) {
        if (task.parent != no_task) CHECK(trace.tasks()[task.parent].created_event <= task.created_event);
        for (std::size_t i = 1; i < task.spans.size(); ++i) REQUIRE(task.spans[i - 1].end == task.spans[i].begin);
    }
    for (EventIndex cursor :
         {EventIndex{0}, EventIndex{1023}, EventIndex{1024}, EventIndex{2999}, EventIndex{5000}, no_event})
        ask_everything(trace, cursor);
    for (EventIndex cursor = 0; cursor < 3000; cursor += 37) {
        trace.next_step(cursor);
        trace.previous_step(cursor);
        trace.ready_queue_at(cursor);
    }
}

TEST_CASE("an empty trace answers, too") {
    const Trace trace(std::make_shared<Symbols>());
    CHECK(trace.event_count() == 0);
    CHECK(trace.begin() == 0);
    CHECK(trace.end() == 0);
    CHECK(trace.first_at_or_after(5) == 0);
    CHECK(trace.next_step(no_event) == no_event);
    CHECK(trace.previous_step(7) == no_event);
    CHECK(trace.running_at(0) == no_task);
    CHECK(trace.find_task(1) == no_task);
    ask_everything(trace, 0);
    ask_everything(trace, no_event);
}

TEST_CASE("memory is bounded by the events, whatever they claim") {
    const std::size_t count = 60'000;
    std::mt19937_64 random(3);
    const auto fill = GENERATE(0, 1, 2, 3);
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i) {
        Event event;
        switch (fill) {
            case 0:  // every event another task that never ends
                event.head = Event::pack(EventKind::task_created, static_cast<std::uint16_t>(i), i + 1);
                break;
            case 1:  // every event another primitive
                event.head = Event::pack(EventKind::sync_wait, 1, 7);
                event.a = random();
                break;
            case 2:  // every event another descriptor
                event.head = Event::pack(EventKind::io_read, 1, 0);
                event.b = static_cast<std::uint32_t>(random());
                break;
            default:  // every event another timer that never fires
                event.head = Event::pack(EventKind::timer_set, 1, 0);
                event.a = random();
                break;
        }
        events.push_back(event);
    }
    Trace trace(std::make_shared<Symbols>());
    trace.append(events);
    CHECK(trace.memory_bytes() < count * 600);
}

TEST_CASE("losses by the thousand with many tasks alive cost what the events cost") {
    std::vector<Event> events;
    for (std::uint64_t i = 1; i <= 20'000; ++i)
        events.push_back({Event::pack(EventKind::task_running, 1, i), i, 0, 0, 0});
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        events.push_back({Event::pack(EventKind::lost, 1, 0), 20'000 + i, 1, 0, 0});
        events.push_back({Event::pack(EventKind::snapshot_begin, 1, 0), 20'000 + i, 0, 0, 0});
        events.push_back({Event::pack(EventKind::snapshot_end, 1, 0), 20'000 + i, 0, 0, 0});
    }
    Trace trace(std::make_shared<Symbols>());
    trace.append(events);
    CHECK(trace.lost_count() == 20'000);
    CHECK(trace.tasks_alive() == 0);
}
