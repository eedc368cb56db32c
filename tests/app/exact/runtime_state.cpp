// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/exact/runtime_state.hpp"

#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <cstddef>
#include <set>

#include "runtime/src/loop/loop_impl.hpp"

namespace awaitscope::test {
namespace {

using namespace asyncio;
using namespace asyncio::detail;

/// A way to private members that the language has: an explicit instantiation may name them.
template <class Tag, auto Member>
struct Opened {
    friend auto member(Tag) { return Member; }
};
#define OPEN(name, owner, member_) \
    struct name {                  \
        friend auto member(name);  \
    };                             \
    template struct Opened<name, &owner::member_>

OPEN(ReadyHead, ReadyQueue, head_);
OPEN(Near, TimerQueue, near_);
OPEN(Far, TimerQueue, far_);
OPEN(Buckets, TimerQueue, buckets_);
OPEN(HeapEntries, TimerHeap, entries_);
OPEN(LockIdentity, Lock, primitive_);
OPEN(QueueIdentity, QueueCore, primitive_);
OPEN(SemaphoreIdentity, Semaphore, primitive_);
OPEN(SemaphoreValue, Semaphore, value_);
OPEN(LineOfWaiter, Waiter, line_);
OPEN(Watched, Selector, watches_);
#undef OPEN

Lock* watched_lock = nullptr;
QueueCore* watched_queue = nullptr;

std::vector<ToldEvent>& all_told() {
    static thread_local std::vector<ToldEvent> events;
    return events;
}

void add_timers(std::vector<std::pair<std::int64_t, Id>>& to, const std::vector<TimerEntry>& entries) {
    for (const TimerEntry& entry : entries) to.emplace_back(entry.when.time_since_epoch().count(), entry.timer->id);
}

/// The one that something is being told of, which lives.
const Primitive* told_of = nullptr;
asyncio::detail::SyncKind told_kind{};

/// What a primitive is the identity of.
template <class Owner, class Tag>
Owner& owner_of(const Primitive& primitive, Tag tag) {
    alignas(Owner) static std::byte room[sizeof(Owner)];
    auto* const here = reinterpret_cast<Owner*>(room);
    const auto offset = reinterpret_cast<std::byte*>(&(here->*member(tag))) - room;
    return *reinterpret_cast<Owner*>(reinterpret_cast<std::byte*>(const_cast<Primitive*>(&primitive)) - offset);
}

void add(RuntimeState& now, const Lock& lock) {
    now.primitives[(lock.*member(LockIdentity{})).id()] = {.locked = lock.locked(), .size = 0, .value = {}};
}
void add(RuntimeState& now, const QueueCore& queue) {
    now.primitives[(queue.*member(QueueIdentity{})).id()] = {.locked = false, .size = queue.qsize(), .value = {}};
}
void add(RuntimeState& now, const Semaphore& semaphore) {
    now.primitives[(semaphore.*member(SemaphoreIdentity{})).id()] = {
        .locked = false, .size = 0, .value = semaphore.locked() ? 0 : semaphore.*member(SemaphoreValue{})};
}

/// Those in a line that have not been woken.
void add_line(RuntimeState& now, const WaitLine& line) {
    for (Waiter* waiter = line.front(); waiter; waiter = WaitLine::next(waiter)) {
        TaskCore* const task = waiter->task();
        if (waiter->done() || !task || task->waiting_on() != waiter) continue;
        const auto kind = static_cast<WaitKind>(task->wait_kind());
        if (kind != WaitKind::io) now.lines[task->wait_object()][kind].push_back(task->id());
    }
}

RuntimeState::Task state_of(const EventLoop& loop, TaskCore& task) {
    if (loop.current_task() == &task) return {TaskState::running, WaitKind::none, 0};
    if (task.in_ready_queue()) return {TaskState::ready, WaitKind::none, 0};
    if (!task.waiting_on()) return {TaskState::running, WaitKind::none, 0};
    return {TaskState::waiting, static_cast<WaitKind>(task.wait_kind()), task.wait_object()};
}

RuntimeState state() {
    RuntimeState now;
    EventLoop* const loop = running_loop_of_thread;
    if (!loop) return now;
    now.loop = loop->number();
    if (TaskCore* const task = loop->current_task()) now.running = task->id();
    for (ReadyNode* node = loop->ready().*member(ReadyHead{}); node; node = node->next_ready) {
        ++now.ready_handles;
        if (auto* const task = dynamic_cast<TaskCore*>(node)) now.ready.push_back(task->id());
    }
    TimerQueue& timers = loop->impl().timers;
    add_timers(now.timers, timers.*member(Near{}).*member(HeapEntries{}));
    add_timers(now.timers, timers.*member(Far{}).*member(HeapEntries{}));
    for (const auto& bucket : timers.*member(Buckets{})) add_timers(now.timers, bucket);
    std::ranges::sort(now.timers);
    std::set<const WaitLine*> lines;
    auto& tasks = loop->impl().tasks;
    for (TaskCore* task = tasks.front(); task; task = tasks.next(task)) {
        now.tasks[task->id()] = state_of(*loop, *task);
        auto* const waiter = dynamic_cast<Waiter*>(task->waiting_on());
        const WaitLine* const line = waiter ? waiter->*member(LineOfWaiter{}) : nullptr;
        if (line && lines.insert(line).second) add_line(now, *line);
    }
    const auto& watches = loop->impl().selector.*member(Watched{});
    for (std::size_t fd = 0; fd < watches.size(); ++fd) {
        if (watches[fd].reader) now.watches.push_back({static_cast<int>(fd), IoDirection::read});
        if (watches[fd].writer) now.watches.push_back({static_cast<int>(fd), IoDirection::write});
    }
    if (watched_lock) add(now, *watched_lock);
    if (watched_queue) add(now, *watched_queue);
    if (told_of && told_kind == asyncio::detail::SyncKind::lock) add(now, owner_of<Lock>(*told_of, LockIdentity{}));
    if (told_of && told_kind == asyncio::detail::SyncKind::queue)
        add(now, owner_of<QueueCore>(*told_of, QueueIdentity{}));
    if (told_of && (told_kind == asyncio::detail::SyncKind::semaphore ||
                    told_kind == asyncio::detail::SyncKind::bounded_semaphore))
        add(now, owner_of<Semaphore>(*told_of, SemaphoreIdentity{}));
    return now;
}

}  // namespace

std::vector<ToldEvent> take_told_events() {
    return std::exchange(all_told(), {});
}

void watch_primitives(Lock* lock, QueueCore* queue) {
    watched_lock = lock;
    watched_queue = queue;
}

void about_to_tell(EventKind kind) {
    all_told().push_back({kind, state(), {}});
}

void about_to_tell_of(const Primitive& primitive, asyncio::detail::SyncKind kind) {
    told_of = &primitive;
    told_kind = kind;
}

void told() {
    ToldEvent& event = all_told().back();
    event.after = state();
    // That it is there is told on the way.
    if (event.kind != EventKind::sync_created) told_of = nullptr;
}

}  // namespace awaitscope::test
