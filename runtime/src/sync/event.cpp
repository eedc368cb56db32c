// SPDX-License-Identifier: MIT
// CPython's locks.py, Event.
#include "asyncio/event.hpp"

namespace asyncio {

void Event::set() {
    if (set_) return;
    set_ = true;
    primitive_.released(detail::SyncKind::event);
    for (auto* waiter = waiters_.front(); waiter; waiter = waiters_.next(waiter)) waiter->wake();
}

namespace detail {

bool EventWait::await_ready() const {
    return event_->set_;
}

void EventWait::suspend_at(PromiseBase& at) {
    waited_ = true;
    event_->waiters_.push(*this);
    event_->primitive_.waits(SyncKind::event);
    suspend(at, WaitKind::event, event_->primitive_.id());
}

bool EventWait::await_resume() {
    if (waited_) {
        const bool event_lives = leave_line();
        throw_if_cancelled();
        if (!event_lives) return true;  // it was set before it went
        event_->primitive_.acquired(SyncKind::event);
    }
    return true;
}

}  // namespace detail
}  // namespace asyncio
