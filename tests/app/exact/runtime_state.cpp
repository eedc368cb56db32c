// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/exact/runtime_state.hpp"

#include <algorithm>
#include <asyncio/asyncio.hpp>

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
OPEN(LockLine, Lock, waiters_);
OPEN(LockIdentity, Lock, primitive_);
OPEN(Getters, QueueCore, getters_);
OPEN(Putters, QueueCore, putters_);
OPEN(QueueIdentity, QueueCore, primitive_);
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

/// Those in line that have not been woken.
void add_waiters(std::vector<Id>& to, const WaitLine& line) {
    for (Waiter* waiter = line.front(); waiter; waiter = WaitLine::next(waiter))
        if (!waiter->done() && waiter->task()) to.push_back(waiter->task()->id());
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
    for (ReadyNode* node = loop->ready().*member(ReadyHead{}); node; node = node->next_ready)
        if (auto* const task = dynamic_cast<TaskCore*>(node)) now.ready.push_back(task->id());
    TimerQueue& timers = loop->impl().timers;
    add_timers(now.timers, timers.*member(Near{}).*member(HeapEntries{}));
    add_timers(now.timers, timers.*member(Far{}).*member(HeapEntries{}));
    for (const auto& bucket : timers.*member(Buckets{})) add_timers(now.timers, bucket);
    std::ranges::sort(now.timers);
    auto& tasks = loop->impl().tasks;
    for (TaskCore* task = tasks.front(); task; task = tasks.next(task)) now.tasks[task->id()] = state_of(*loop, *task);
    if (watched_lock) {
        RuntimeState::Primitive lock{.locked = watched_lock->locked()};
        add_waiters(lock.waiters, watched_lock->*member(LockLine{}));
        now.primitives[(watched_lock->*member(LockIdentity{})).id()] = std::move(lock);
    }
    if (watched_queue) {
        RuntimeState::Primitive queue{.size = watched_queue->qsize()};
        add_waiters(queue.waiters, watched_queue->*member(Getters{}));
        add_waiters(queue.waiters, watched_queue->*member(Putters{}));
        now.primitives[(watched_queue->*member(QueueIdentity{})).id()] = std::move(queue);
    }
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

void told() {
    all_told().back().after = state();
}

}  // namespace awaitscope::test
