// SPDX-License-Identifier: MIT
// CPython's queues.py.
#include "asyncio/detail/queue_core.hpp"
#include "asyncio/errors.hpp"

namespace asyncio::detail {

void QueueCore::wake_next(WaitLine& line) {
    while (Waiter* const waiter = line.front()) {
        const bool waits = !waiter->done();
        called_.push(*waiter);
        if (!waits) continue;
        waiter->wake();
        return;
    }
}

void QueueCore::wake_all(WaitLine& line) {
    while (Waiter* const waiter = line.front()) {
        called_.push(*waiter);
        waiter->wake();
    }
}

void QueueCore::refuse_put() const {
    if (shut_down_) throw QueueShutDown();
    throw QueueFull();
}

void QueueCore::refuse_get() const {
    if (shut_down_) throw QueueShutDown();
    throw QueueEmpty();
}

void QueueCore::item_dropped() {
    --size_;
    if (unfinished_ > 0) --unfinished_;
}

void QueueCore::shut_down(bool immediate) {
    shut_down_ = true;
    if (immediate && unfinished_ == 0) finished_.set();
    wake_all(getters_);
    wake_all(putters_);
}

void QueueCore::task_done() {
    if (unfinished_ == 0) throw ValueError("task_done() called too many times");
    if (--unfinished_ == 0) finished_.set();
}

Coroutine<> QueueCore::join() {
    if (unfinished_ == 0) co_return;
    primitive_.waits(SyncKind::queue);  // or a viewer would see it wait for an event that nobody knows
    co_await finished_.wait();
}

void QueueWait::line_up() {
    line().push(*this);
    suspend(*at_, for_item_ ? WaitKind::queue_get : WaitKind::queue_put, queue_.primitive_.id());
}

void QueueWait::begin(PromiseBase& at) {
    at_ = &at;
    waited_ = true;
    queue_.primitive_.waits(SyncKind::queue);
    line_up();
}

bool QueueWait::wait_is_over() {
    queue_lives_ = leave_line();
    if (!queue_lives_ || cancelled() || can_go_on()) return true;
    line_up();
    return false;
}

void QueueWait::end_wait() {
    // A step that brings an exception has not asked wait_is_over().
    queue_lives_ = leave_line() && queue_lives_;
    try {
        throw_if_cancelled();
    } catch (...) {
        // Woken, but unable to take the call: it goes to the next in line.
        if (queue_lives_ && !cancelled() && !(for_item_ ? queue_.empty() : queue_.full())) queue_.wake_next(line());
        throw;
    }
    require_alive(queue_lives_);
}

}  // namespace asyncio::detail
