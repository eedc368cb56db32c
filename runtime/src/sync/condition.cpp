// SPDX-License-Identifier: MIT
// CPython 3.13's locks.py, Condition.
#include "asyncio/condition.hpp"

#include <limits>

#include "asyncio/errors.hpp"

namespace asyncio {

Condition::Condition(Lock* lock, std::string_view name)
    : own_lock_(lock ? nullptr : new Lock), lock_(lock ? lock : own_lock_.get()), primitive_(name) {}

Condition::Condition(OfBarrier, std::string_view name) : Condition(nullptr, name) {
    kind_ = detail::SyncKind::barrier;
}

Coroutine<bool> Condition::wait() {
    if (!locked()) throw RuntimeError("cannot wait on un-acquired lock");
    // The main() that they are locals of may end meanwhile.
    const detail::LifeWatch condition(watchers_), lock_life(lock_->guards_);
    Lock& lock = *lock_;
    release();
    std::exception_ptr exception;
    try {
        co_await detail::ConditionWait(*this);
    } catch (...) {
        exception = std::current_exception();
    }
    // The lock has to be had again, whatever happens meanwhile.
    while (lock_life.alive()) {
        try {
            co_await lock.acquire();
            break;
        } catch (const CancelledError&) {
            exception = std::current_exception();
        }
    }
    if (exception) {
        // It may have been notified, and cannot take the call: another does.
        if (condition.alive()) wake(1);
        std::rethrow_exception(exception);
    }
    co_return true;
}

void Condition::notify(std::size_t n) {
    if (!locked()) throw RuntimeError("cannot notify on un-acquired lock");
    primitive_.released(kind_);
    wake(n);
}

void Condition::notify_all() {
    notify(std::numeric_limits<std::size_t>::max());
}

void Condition::wake(std::size_t n) {
    for (auto* waiter = waiters_.front(); waiter && n > 0; waiter = waiters_.next(waiter)) {
        if (waiter->done()) continue;
        waiter->wake();
        --n;
    }
}

namespace detail {

void ConditionWait::suspend_at(PromiseBase& at) {
    condition_->waiters_.push(*this);
    condition_->primitive_.waits(condition_->kind_);
    const WaitKind kind = condition_->kind_ == SyncKind::barrier ? WaitKind::barrier : WaitKind::condition;
    suspend(at, kind, condition_->primitive_.id());
}

void ConditionWait::await_resume() {
    const bool condition_lives = leave_line();
    throw_if_cancelled();
    require_alive(condition_lives);
    condition_->primitive_.acquired(condition_->kind_);
}

}  // namespace detail
}  // namespace asyncio
