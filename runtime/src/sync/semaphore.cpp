// SPDX-License-Identifier: MIT
// CPython's locks.py, Semaphore and BoundedSemaphore.
#include "asyncio/semaphore.hpp"

#include "asyncio/errors.hpp"

namespace asyncio {

Semaphore::Semaphore(int value, std::string_view name, detail::SyncKind kind)
    : primitive_(name), value_(value), kind_(kind) {
    if (value < 0) throw ValueError("Semaphore initial value must be >= 0");
}

bool Semaphore::locked() const {
    if (value_ == 0) return true;
    for (auto* waiter = waiters_.front(); waiter; waiter = waiters_.next(waiter))
        if (!waiter->cancelled()) return true;
    return false;
}

void Semaphore::release() {
    ++value_;
    primitive_.released(kind_);
    wake_next();
}

bool Semaphore::wake_next() {
    for (auto* waiter = waiters_.front(); waiter; waiter = waiters_.next(waiter)) {
        if (waiter->done()) continue;
        // Taken already here, in its name: nobody can come between.
        --value_;
        waiter->wake();
        return true;
    }
    return false;
}

void BoundedSemaphore::release() {
    if (value() >= bound_) throw ValueError("BoundedSemaphore released too many times");
    Semaphore::release();
}

namespace detail {

bool SemaphoreAcquire::await_ready() {
    if (semaphore_->locked()) return false;
    --semaphore_->value_;
    semaphore_->primitive_.acquired(semaphore_->kind_);
    return true;
}

void SemaphoreAcquire::suspend_at(PromiseBase& at) {
    waited_ = true;
    semaphore_->waiters_.push(*this);
    semaphore_->primitive_.waits(semaphore_->kind_);
    suspend(at, WaitKind::semaphore, semaphore_->primitive_.id());
}

bool SemaphoreAcquire::await_resume() {
    if (waited_) resume_waited();
    return true;
}

void SemaphoreAcquire::resume_waited() {
    if (!leave_line()) {
        throw_if_cancelled();
        require_alive(false);
    }
    // New waiters may have come meanwhile and had to queue up: as many go on as may.
    const auto wake_others = [this] {
        while (semaphore_->value_ > 0 && semaphore_->wake_next()) {
        }
    };
    try {
        throw_if_cancelled();
    } catch (...) {
        if (!cancelled()) ++semaphore_->value_;  // it was woken, but will not go on
        wake_others();
        throw;
    }
    semaphore_->primitive_.acquired(semaphore_->kind_);
    wake_others();
}

}  // namespace detail
}  // namespace asyncio
