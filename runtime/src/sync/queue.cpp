// SPDX-License-Identifier: MIT
// CPython's queues.py.
#include "asyncio/detail/queue_core.hpp"
#include "asyncio/errors.hpp"

namespace asyncio::detail {

void QueueCore::wake_next(IntrusiveList<Waiter>& line) {
    while (!line.empty()) {
        Waiter* const waiter = line.pop_front();
        if (waiter->done()) continue;
        waiter->wake();
        return;
    }
}

void QueueCore::wake_all(IntrusiveList<Waiter>& line) {
    while (!line.empty()) line.pop_front()->wake();
}

void QueueCore::require_room() const {
    if (shut_down_) throw QueueShutDown();
    if (full()) throw QueueFull();
}

void QueueCore::require_item() const {
    if (!empty()) return;
    if (shut_down_) throw QueueShutDown();
    throw QueueEmpty();
}

void QueueCore::item_put() {
    ++size_;
    ++unfinished_;
    finished_.clear();
    primitive_.put(size_, maxsize_ > 0 ? static_cast<std::size_t>(maxsize_) : 0);
    wake_next(getters_);
}

void QueueCore::item_taken() {
    --size_;
    primitive_.got(size_, maxsize_ > 0 ? static_cast<std::size_t>(maxsize_) : 0);
    wake_next(putters_);
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
    if (unfinished_ > 0) co_await finished_.wait();
}

bool QueueWait::can_go_on() const {
    return queue_.is_shut_down() || !(for_item_ ? queue_.empty() : queue_.full());
}

void QueueWait::line_up() {
    line().push_back(this);
    suspend(*at_, for_item_ ? WaitKind::queue_get : WaitKind::queue_put, queue_.primitive_.id());
}

void QueueWait::begin(PromiseBase& at) {
    at_ = &at;
    waited_ = true;
    queue_.primitive_.waits(SyncKind::queue);
    line_up();
}

bool QueueWait::wait_is_over() {
    if (cancelled() || can_go_on()) return true;
    line_up();
    return false;
}

void QueueWait::detach(TaskCore&) noexcept {
    line().remove(this);
}

void QueueWait::end_wait() {
    line().remove(this);
    try {
        throw_if_cancelled();
    } catch (...) {
        // Woken, but unable to take the call: it goes to the next in line.
        if (!cancelled() && !(for_item_ ? queue_.empty() : queue_.full())) QueueCore::wake_next(line());
        throw;
    }
}

}  // namespace asyncio::detail
