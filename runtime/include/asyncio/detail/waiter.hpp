// SPDX-License-Identifier: MIT
#pragma once

#include <coroutine>
#include <utility>

#include "asyncio/detail/promise.hpp"

namespace asyncio::detail {

class Waiter;

/// Those who wait at a primitive, longest first. A primitive may die before them: it is a local of a main() that has
/// ended, and they are cancelled after it. Its line takes leave of them then.
class WaitLine {
  public:
    WaitLine() = default;
    WaitLine(const WaitLine&) = delete;
    WaitLine& operator=(const WaitLine&) = delete;
    inline ~WaitLine();

    bool empty() const { return waiters_.empty(); }
    Waiter* front() const { return waiters_.front(); }
    static Waiter* next(Waiter* waiter) { return IntrusiveList<Waiter>::next(waiter); }
    /// Puts it at the end; out of the line it stood in.
    inline void push(Waiter& waiter);

  private:
    friend Waiter;
    IntrusiveList<Waiter> waiters_;
};

/// A future that one task waits for, inside that task's own frame: what CPython does with `fut = create_future();
/// await fut`, without the allocation. Wakes in the next turn, as a future does.
class Wait : public Suspender {
  public:
    enum class State : unsigned char { waiting, woken, cancelled };

    bool done() const { return state_ != State::waiting; }
    bool cancelled() const { return state_ == State::cancelled; }
    TaskCore* task() const { return task_; }

    /// set_result(); does nothing when done.
    void wake() {
        if (done()) return;
        task_->wake();  // in debug mode it throws in another thread
        state_ = State::woken;
    }
    bool cancel_wait(const std::string& message) override {
        if (done()) return false;
        task_->set_wait_cancel_text(message);  // throws when there is no memory for it: then nothing has happened
        state_ = State::cancelled;
        task_->wake();
        return true;
    }

  protected:
    ~Wait() = default;
    void suspend(PromiseBase& at, WaitKind kind, std::uint64_t object) {
        state_ = State::waiting;
        task_ = at.task();
        task_->suspend_on(*this, at, kind, object);
    }
    /// Throws the CancelledError of a cancelled wait, or what else the task is to be told.
    void throw_if_cancelled() {
        if (state_ == State::cancelled) [[unlikely]]
            throw_cancelled();
        task_->throw_if_due();
    }
    [[noreturn]] void throw_cancelled();

    TaskCore* task_ = nullptr;
    State state_ = State::waiting;
};

/// A wait that stands in a primitive's line.
class Waiter : public Wait, public ListHook<Waiter> {
  public:
    void detach(TaskCore&) noexcept override { leave_line(); }
    /// False when its primitive is gone and must not be looked at any more.
    bool leave_line() noexcept {
        if (!lined_up_) return true;
        lined_up_ = false;
        if (!line_) return false;
        std::exchange(line_, nullptr)->waiters_.remove(this);
        return true;
    }

  protected:
    ~Waiter() { leave_line(); }
    /// RuntimeError when what was waited for is gone: only a program that keeps a reference to a dead primitive gets
    /// here.
    static void require_alive(bool alive);

  private:
    friend WaitLine;
    WaitLine* line_ = nullptr;
    bool lined_up_ = false;
};

WaitLine::~WaitLine() {
    while (!waiters_.empty()) waiters_.pop_front()->line_ = nullptr;
}

void WaitLine::push(Waiter& waiter) {
    waiter.leave_line();
    waiter.line_ = this;
    waiter.lined_up_ = true;
    waiters_.push_back(&waiter);
}

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
