// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "asyncio/lock.hpp"

namespace asyncio {

class Semaphore;
class BoundedSemaphore;

namespace detail {

/// `co_await semaphore.acquire()`. Gives true.
class [[nodiscard("acquire() does nothing until it is awaited")]] SemaphoreAcquire final : public OperationOf<bool>,
                                                                                           public Waiter {
  public:
    explicit SemaphoreAcquire(Semaphore & semaphore) : semaphore_(&semaphore) {}
    bool await_ready();
    void suspend_at(PromiseBase & at);
    bool await_resume();
    operator Coroutine<bool>()&& {
        return acquire(*semaphore_);
    }

  private:
    static Coroutine<bool> acquire(Semaphore & semaphore) {
        bool got = co_await SemaphoreAcquire(semaphore);
        co_return got;
    }
    void resume_waited();
    Semaphore* semaphore_;
    bool waited_ = false;
};

}  // namespace detail

/// Python's Semaphore: at most `value` tasks at a time, in the order in which they asked.
class Semaphore {
  public:
    /// ValueError for a negative value.
    explicit Semaphore(int value = 1, std::string_view name = {})
        : Semaphore(value, name, detail::SyncKind::semaphore) {}
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;

    detail::SemaphoreAcquire acquire() { return detail::SemaphoreAcquire(*this); }
    void release();
    /// True when acquire() would have to wait.
    bool locked() const;
    detail::ScopedAcquire<Semaphore, detail::SemaphoreAcquire> scoped() {
        return detail::ScopedAcquire<Semaphore, detail::SemaphoreAcquire>(*this);
    }

  protected:
    Semaphore(int value, std::string_view name, detail::SyncKind kind);
    int value() const { return value_; }

  private:
    friend detail::SemaphoreAcquire;
    friend detail::ScopedAcquire<Semaphore, detail::SemaphoreAcquire>;
    friend detail::ScopedAcquire<BoundedSemaphore, detail::SemaphoreAcquire>;
    bool wake_next();
    detail::Primitive primitive_;
    detail::WaitLine waiters_;
    detail::GuardList guards_;
    int value_;
    detail::SyncKind kind_;
};

/// A Semaphore that may not be released more often than it was acquired: ValueError.
class BoundedSemaphore : public Semaphore {
  public:
    explicit BoundedSemaphore(int value = 1, std::string_view name = {})
        : Semaphore(value, name, detail::SyncKind::bounded_semaphore), bound_(value) {}
    void release();
    detail::ScopedAcquire<BoundedSemaphore, detail::SemaphoreAcquire> scoped() {
        return detail::ScopedAcquire<BoundedSemaphore, detail::SemaphoreAcquire>(*this);
    }

  private:
    int bound_;
};

}  // namespace asyncio
