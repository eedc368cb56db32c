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

class GuardBase;

/// The guards of a primitive that are alive: it tells them when it goes first (a local of a main() that has ended), so
/// that they do not release what is gone.
class GuardList {
  public:
    GuardList() = default;
    GuardList(const GuardList&) = delete;
    GuardList& operator=(const GuardList&) = delete;
    inline ~GuardList();

  private:
    friend GuardBase;
    IntrusiveList<GuardBase> guards_;
};

class GuardBase : public ListHook<GuardBase> {
  protected:
    explicit GuardBase(GuardList& list) { enter(list); }
    GuardBase(GuardBase&& other) noexcept : ListHook<GuardBase>() { take_place_of(other); }
    ~GuardBase() { leave(); }
    void take_place_of(GuardBase& other) noexcept {
        GuardList* const list = other.list_;
        other.leave();
        if (list) enter(*list);
    }
    /// False when there is nothing to release (any more).
    bool holds() const { return list_ != nullptr; }
    void leave() noexcept {
        if (list_) std::exchange(list_, nullptr)->guards_.remove(this);
    }

  private:
    friend GuardList;
    void enter(GuardList& list) noexcept {
        list_ = &list;
        list.guards_.push_back(this);
    }
    GuardList* list_ = nullptr;
};

/// Whether a primitive is still there, for a frame that may outlive it.
class LifeWatch final : private GuardBase {
  public:
    explicit LifeWatch(GuardList& list) : GuardBase(list) {}
    bool alive() const { return holds(); }
};

GuardList::~GuardList() {
    while (!guards_.empty()) guards_.pop_front()->list_ = nullptr;
}

/// Tells the loop of an error that a guard cannot throw: what it holds was released already.
void report_guard_failure() noexcept;

/// Releases on destruction what `co_await x.scoped()` has acquired.
template <class L>
class [[nodiscard("the guard releases at the end of its scope")]] Guard : private GuardBase {
  public:
    Guard(L & lock, GuardList & list) : GuardBase(list), lock_(&lock) {}
    Guard(Guard && other) noexcept = default;
    Guard& operator=(Guard&& other) noexcept {
        if (this == &other) return *this;
        release();
        lock_ = other.lock_;
        take_place_of(other);
        return *this;
    }
    ~Guard() {
        release();
    }

  private:
    void release() noexcept {
        if (!holds()) return;
        leave();
        try {
            lock_->release();
        } catch (...) {
            report_guard_failure();
        }
    }
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
        return Guard<L>(lock_, lock_.guards_);
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
    friend class Condition;
    friend detail::LockAcquire;
    friend detail::ScopedAcquire<Lock, detail::LockAcquire>;
    bool try_take();
    void wake_first();
    detail::Primitive primitive_{};
    detail::WaitLine waiters_;
    detail::GuardList guards_;
    bool locked_ = false;
};

}  // namespace asyncio
