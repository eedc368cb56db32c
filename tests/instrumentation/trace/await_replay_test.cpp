// SPDX-License-Identifier: GPL-3.0-or-later
// Who waits for whom at every cursor, where tasks have very many children and are awaited very often, against what a
// replay from the start says.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "instrumentation/trace/trace.hpp"

using namespace awaitscope;

namespace {

constexpr Id group = 900'000;
constexpr Id lock = 900'001;
constexpr Id first_task = 1;

/// One task that holds a group of very many short-lived children, of whom most wait, one after another, for the same
/// long-lived task, a few for the group's lock; and the state of all that.
class Program {
  public:
    explicit Program(std::uint64_t seed) : random_(seed) {
        create(first_task, 0);
        emit(EventKind::task_running, first_task);
        emit(EventKind::sync_created, 0, lock, 0, static_cast<std::uint32_t>(SyncKind::lock));
        create(awaited, first_task);
        suspend(first_task, WaitKind::group, group);
        emit(EventKind::task_running, awaited);
        emit(EventKind::sync_acquired, awaited, lock, 0, static_cast<std::uint32_t>(SyncKind::lock));
        owner = awaited;
        suspend(awaited, WaitKind::sleep, group + 2);
    }

    const Event& step() {
        const std::uint64_t chance = random_() % 10;
        if (living.size() < 12 || chance == 0) {
            create(++last_, first_task);
            waits.erase(last_);
        } else {
            const Id task = *std::next(living.begin(), static_cast<std::ptrdiff_t>(random_() % living.size()));
            if (task == awaited) {
                passLock();
            } else if (waits.contains(task)) {
                emit(EventKind::task_ready, task);
                waits.erase(task);
            } else if (chance < 4) {
                emit(EventKind::task_done, task);
                living.erase(task);
            } else {
                suspend(task, chance < 9 ? WaitKind::task : WaitKind::lock, chance < 9 ? awaited : lock);
            }
        }
        return events.back();
    }

    static constexpr Id awaited = 2;
    std::vector<Event> events;
    std::set<Id> living;
    std::map<Id, Id> waits;  ///< tasks that wait, and for what
    Id owner = 0;            ///< of the lock

  private:
    void emit(EventKind kind, Id task, std::uint64_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0) {
        events.push_back({Event::pack(kind, 1, task), events.size() * 10, a, b, c});
    }
    void create(Id task, Id parent) {
        emit(EventKind::task_created, task, parent);
        if (parent != 0) living.insert(task);
    }
    void suspend(Id task, WaitKind on, Id object) {
        emit(EventKind::task_suspended, task, object, 0, static_cast<std::uint32_t>(on));
        waits[task] = object;
    }
    void passLock() {
        const bool held = owner != 0;
        owner = held ? 0 : Id{awaited};
        emit(held ? EventKind::sync_released : EventKind::sync_acquired, awaited, lock, 0,
             static_cast<std::uint32_t>(SyncKind::lock));
    }

    std::mt19937_64 random_;
    Id last_ = awaited;
};

std::set<Id> ids(const Trace& trace, const std::vector<TaskIndex>& tasks) {
    std::set<Id> found;
    for (TaskIndex task : tasks) found.insert(trace.tasks()[task].id);
    REQUIRE(found.size() == tasks.size());
    return found;
}

}  // namespace

TEST_CASE("who waits for whom at every cursor is what a replay says, however many children and waits there were") {
    const std::uint64_t seed = GENERATE(1, 2, 3);
    Program program(seed);
    Trace trace(std::make_shared<Symbols>());
    trace.append(program.events);
    // What the replay says at each moment is written down, and asked for when all has been appended.
    struct Expected {
        EventIndex cursor;
        std::set<Id> living, awaited_by;
        Id owner;
        std::size_t at_lock;
    };
    std::vector<Expected> expected;
    for (int i = 0; i < 6000; ++i) {
        const Event event = program.step();
        trace.append(std::span(&event, 1));
        Expected now{trace.event_count() - 1, program.living, {}, program.owner, 0};
        for (const auto& [task, object] : program.waits) {
            now.at_lock += object == lock;
            if (object == program.awaited || (object == lock && program.owner != 0)) now.awaited_by.insert(task);
        }
        now.awaited_by.insert(first_task);  // whose group it is in
        if (i % 5 == 0) expected.push_back(std::move(now));
    }
    const TaskIndex root = trace.find_task(first_task), awaited = trace.find_task(program.awaited);
    for (const Expected& then : expected) {
        CAPTURE(seed, then.cursor);
        REQUIRE(ids(trace, trace.awaits(root, then.cursor)) == then.living);
        REQUIRE(ids(trace, trace.awaited_by(awaited, then.cursor)) == then.awaited_by);
        const auto moment = trace.primitive_at(lock, then.cursor);
        REQUIRE(moment->owner.value_or(0) == then.owner);
        REQUIRE(moment->waiters.size() == then.at_lock);
    }
}

TEST_CASE("the line of a task that has not awaited for very long is found as soon as any") {
    Trace trace(std::make_shared<Symbols>());
    std::vector<Event> events;
    const auto add = [&](EventKind kind, std::uint32_t place, WaitKind on) {
        events.push_back({Event::pack(kind, 1, 1), events.size() * 10, 0, place, static_cast<std::uint32_t>(on)});
    };
    add(EventKind::task_created, 0, WaitKind::none);
    std::vector<PlaceId> expected = {0};
    for (std::uint32_t i = 1; i < 5000; ++i) {
        const std::uint32_t place = i % 1701 == 0 ? i : 0;  // seldom is it told
        add(EventKind::task_running, 0, WaitKind::none);
        add(EventKind::task_suspended, place, i % 2 ? WaitKind::sleep : WaitKind::yield);
        expected.push_back(expected.back());
        expected.push_back(place ? place : expected.back());
    }
    trace.append(events);
    for (EventIndex cursor = 0; cursor < events.size(); ++cursor)
        REQUIRE(trace.place_at(0, cursor) == expected[cursor]);
}
