// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <memory>
#include <string_view>

#include "asyncio/lock.hpp"

namespace asyncio {

class Barrier;
class Condition;

namespace detail {
/// The wait of Condition::wait() proper, between giving the lock up and taking it again.
class ConditionWait final : public OperationOf<void>, public Waiter {
  public:
    explicit ConditionWait(Condition& condition) : condition_(&condition) {}
    bool await_ready() const { return false; }
    void suspend_at(PromiseBase& at);
    void await_resume();

  private:
    Condition* condition_;
};
}  // namespace detail

/// Python's Condition: a lock, and tasks that wait under it until they are notified.
class Condition {
  public:
    /// Without a lock it has one of its own.
    explicit Condition(Lock* lock = nullptr, std::string_view name = {});
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;

    detail::LockAcquire acquire() { return lock_->acquire(); }
    void release() { lock_->release(); }
    bool locked() const { return lock_->locked(); }
    detail::ScopedAcquire<Lock, detail::LockAcquire> scoped() { return lock_->scoped(); }

    /// Gives the lock up, waits to be notified, takes it again, also when cancelled. True. RuntimeError without the
    /// lock.
    Coroutine<bool> wait();
    /// Waits until the predicate holds; gives its value.
    template <std::invocable P>
    auto wait_for(P predicate) -> Coroutine<std::invoke_result_t<P&>> {
        auto result = predicate();
        while (!result) {
            co_await wait();
            result = predicate();
        }
        co_return result;
    }
    /// Wakes the first `n` that wait; they go on once they have the lock. RuntimeError without the lock.
    void notify(std::size_t n = 1);
    void notify_all();

  private:
    friend detail::ConditionWait;
    friend Barrier;
    /// A barrier's: it is one to a viewer.
    struct OfBarrier {};
    Condition(OfBarrier, std::string_view name);
    void wake(std::size_t n);
    std::unique_ptr<Lock> own_lock_;
    Lock* lock_;
    detail::Primitive primitive_;
    detail::SyncKind kind_ = detail::SyncKind::condition;
    detail::WaitLine waiters_;
    detail::GuardList watchers_;
};

}  // namespace asyncio
