// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "asyncio/detail/primitive.hpp"

namespace asyncio {

class Lock;

namespace detail {

/// `co_await lock.acquire()`. Gives true.
class [[nodiscard("acquire() does nothing until it is awaited")]] LockAcquire final : public OperationOf<bool>,
                                                                                      public Waiter {
  public:
    explicit LockAcquire(Lock & lock) : lock_(&lock) {}
    bool await_ready();
    void suspend_at(PromiseBase & at);
    bool await_resume();
    operator Coroutine<bool>()&& {
        return acquire(*lock_);
    }

  private:
    static Coroutine<bool> acquire(Lock & lock) {
        bool got = co_await LockAcquire(lock);
        co_return got;
    }
    void resume_waited();
    Lock* lock_;
    bool waited_ = false;
};

/// Releases on destruction what `co_await x.scoped()` has acquired.
template <class L>
class [[nodiscard("the guard releases at the end of its scope")]] Guard {
  public:
    explicit Guard(L & lock) : lock_(&lock) {}
    Guard(Guard && other) noexcept : lock_(std::exchange(other.lock_, nullptr)) {}
    Guard& operator=(Guard&& other) noexcept {
        std::swap(lock_, other.lock_);
        return *this;
    }
    ~Guard() {
        if (lock_) lock_->release();
    }

  private:
    L* lock_;
};

/// acquire(), and a guard for it.
template <class L, class Acquire>
class [[nodiscard("scoped() does nothing until it is awaited")]] ScopedAcquire final : public OperationOf<Guard<L>> {
  public:
    explicit ScopedAcquire(L & lock) : lock_(lock), acquire_(lock) {}
    operator Coroutine<Guard<L>>()&& {
        return scoped(lock_);
    }
    bool await_ready() {
        return acquire_.await_ready();
    }
    void suspend_at(PromiseBase & at) {
        acquire_.suspend_at(at);
    }
    Guard<L> await_resume() {
        acquire_.await_resume();
        return Guard<L>(lock_);
    }

  private:
    static Coroutine<Guard<L>> scoped(L & lock) {
        co_return co_await ScopedAcquire(lock);
    }
    L& lock_;
    Acquire acquire_;
};

}  // namespace detail

/// Python's Lock: one task at a time, in the order in which they asked. Not re-entrant, not for threads.
class Lock {
  public:
    Lock() = default;
    explicit Lock(std::string_view name) : primitive_(name) {}
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    /// Waits until the lock is free and takes it; true.
    detail::LockAcquire acquire() { return detail::LockAcquire(*this); }
    /// Gives it to the one that has waited longest, in the next turn. RuntimeError when it is not locked.
    void release();
    bool locked() const { return locked_; }
    /// `auto guard = co_await lock.scoped();`: released at the end of the scope.
    detail::ScopedAcquire<Lock, detail::LockAcquire> scoped() {
        return detail::ScopedAcquire<Lock, detail::LockAcquire>(*this);
    }

  private:
    friend detail::LockAcquire;
    bool try_take();
    void wake_first();
    detail::Primitive primitive_{};
    detail::WaitLine waiters_;
    bool locked_ = false;
};

}  // namespace asyncio
