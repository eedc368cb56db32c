// SPDX-License-Identifier: MIT
// CPython's locks.py, Lock.
#include "asyncio/lock.hpp"

#include "asyncio/errors.hpp"
#include "runtime/src/probe_hooks.hpp"

namespace asyncio {

bool Lock::try_take() {
    if (locked_) return false;
    // A waiter that was woken and has not run yet comes first; only cancelled ones may be passed by.
    for (auto* waiter = waiters_.front(); waiter; waiter = waiters_.next(waiter))
        if (!waiter->cancelled()) return false;
    locked_ = true;
    primitive_.acquired(detail::SyncKind::lock);
    return true;
}

void Lock::wake_first() {
    if (auto* first = waiters_.front()) first->wake();
}

void Lock::release() {
    if (!locked_) throw RuntimeError("Lock is not acquired.");
    locked_ = false;
    primitive_.released(detail::SyncKind::lock);
    wake_first();
}

namespace detail {

void report_guard_failure() noexcept {
    EventLoop* const loop = running_loop_of_thread;
    if (!loop) return;
    hooks::report_quietly(*loop,
                          {.message = "Exception in a guard of scoped()",
                           .exception = std::current_exception(),
                           .future = std::nullopt,
                           .handle = std::nullopt},
                          hooks::Report::other);
}

bool LockAcquire::await_ready() {
    return lock_->try_take();
}

void LockAcquire::suspend_at(PromiseBase& at) {
    waited_ = true;
    lock_->waiters_.push(*this);
    lock_->primitive_.waits(SyncKind::lock);
    suspend(at, WaitKind::lock, lock_->primitive_.id());
}

bool LockAcquire::await_resume() {
    if (waited_) resume_waited();
    return true;
}

void LockAcquire::resume_waited() {
    const bool lock_lives = leave_line();
    try {
        throw_if_cancelled();
    } catch (...) {
        // The wake-up, if there was one, goes to the next in line.
        if (lock_lives && !lock_->locked_) lock_->wake_first();
        throw;
    }
    require_alive(lock_lives);
    lock_->locked_ = true;
    lock_->primitive_.acquired(SyncKind::lock);
}

}  // namespace detail
}  // namespace asyncio
