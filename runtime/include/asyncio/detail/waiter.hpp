// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>

#include "asyncio/detail/promise.hpp"

namespace asyncio::detail {

/// A future that one task waits for, inside that task's own frame: what CPython does with `fut = create_future();
/// await fut`, without the allocation. Wakes in the next turn, as a future does.
class Waiter : public Suspender, public ListHook<Waiter> {
  public:
    enum class State : unsigned char { waiting, woken, cancelled };

    bool done() const { return state_ != State::waiting; }
    bool cancelled() const { return state_ == State::cancelled; }
    TaskCore* task() const { return task_; }

    /// set_result(); does nothing when done.
    void wake() {
        if (done()) return;
        state_ = State::woken;
        task_->wake();
    }
    bool cancel_wait(const std::string& message) override {
        if (done()) return false;
        state_ = State::cancelled;
        task_->set_cancel_text(message);
        task_->wake();
        return true;
    }

  protected:
    ~Waiter() = default;
    void suspend(PromiseBase& at, WaitKind kind, std::uint64_t object) {
        state_ = State::waiting;
        task_ = at.task();
        task_->suspend_on(*this, at, kind, object);
    }
    /// Throws the CancelledError of a cancelled wait, or what else the task is to be told.
    void throw_if_cancelled() {
        if (state_ == State::cancelled) throw_cancelled();
        task_->throw_if_due();
    }
    [[noreturn]] void throw_cancelled();

    TaskCore* task_ = nullptr;
    State state_ = State::waiting;
};

/// An operation of the library: awaited in place it suspends the task directly; where a coroutine is wanted (gather,
/// create_task, a vector of Coroutine) it becomes one. Await it where it is made, once.
template <class T>
class OperationOf : public OperationBase {
  public:
    OperationOf(const OperationOf&) = delete;
    OperationOf& operator=(const OperationOf&) = delete;
    using result_type = T;

  protected:
    OperationOf() = default;
    ~OperationOf() = default;
};

}  // namespace asyncio::detail
