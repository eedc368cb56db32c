// SPDX-License-Identifier: MIT
#pragma once

#include <awaitscope/asio/initiation.hpp>
#include <awaitscope/asio/task.hpp>
#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

// This stands before Asio's awaitable, so that its names are declared here.
namespace boost::asio {
template <typename, typename>
class awaitable;
template <typename>
struct use_awaitable_t;
namespace detail {
template <typename, typename>
class awaitable_frame;
template <typename, typename>
class awaitable_as_function;
struct awaitable_thread_entry_point;
}  // namespace detail
}  // namespace boost::asio

/// Asio's awaiters, with something around them that tells.
namespace awaitscope::asio {

/// What a frame runs when it is suspended: the initiation of what it awaits.
struct AfterSuspend {
    void (*function)(void*);
    void* argument;
};

/// An operation: the task leaves its thread.
template <class Inner, class Owner>
class OperationAwaiter {
  public:
    template <class Make>
    OperationAwaiter(Owner& owner, enum awaitscope_wait on, TimerClock clock, Make&& make)
        : inner_(make()), owner_(owner), on_(on), clock_(clock) {}

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> handle) {
        inner_.await_suspend(handle);
        initiation_ = owner_.after_suspend_instead({&OperationAwaiter::initiate, this});
    }
    decltype(auto) await_resume() {
        owner_.task().resumed();
        return inner_.await_resume();
    }

  private:
    /// The frame may be gone when the initiation returns: what is needed then is on the stack.
    static void initiate(void* argument) {
        OperationAwaiter& self = *static_cast<OperationAwaiter*>(argument);
        Thread& thread = this_thread;
        Task& task = self.owner_.task();
        task.leaves();
        Suspension suspension{.task = &task,
                              .id = task.id(),
                              .line = task.line(),
                              .place = task.where(thread.emitter()),
                              .outside = thread.running,
                              .on = self.on_,
                              .clock = self.clock_,
                              .is_silent = !task.is_in_body(),
                              .before = thread.suspension};
        thread.suspension = &suspension;
        // What is none of Asio's makes no handler that would tell; and nobody can once the initiation has begun.
        if (self.on_ == AWAITSCOPE_WAIT_FUTURE) suspension.tell(AWAITSCOPE_WAIT_FUTURE, 0);
        const AfterSuspend initiation = self.initiation_;
        initiation.function(initiation.argument);
        if (thread.suspension == &suspension) thread.suspension = suspension.before;
        if (!suspension.is_told && !suspension.is_silent)
            awaitscope_task_suspended(thread.emitter(), thread.loop(), suspension.id, AWAITSCOPE_WAIT_FUTURE, 0,
                                      suspension.place);
    }

    Inner inner_;
    Owner& owner_;
    const enum awaitscope_wait on_;
    const TimerClock clock_;
    AfterSuspend initiation_{};
};

/// A coroutine, which runs in the same task.
template <class T, class Executor>
class NestedAwaiter {
    template <class Value>
    using AsiosFrame = boost::asio::detail::awaitable_frame<Value, Executor>;

  public:
    NestedAwaiter(boost::asio::awaitable<T, Executor> inner, Task& task) : inner_(std::move(inner)), task_(task) {}

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> handle) {
        auto& frame = static_cast<AsiosFrame<typename Promise::Value>&>(handle.promise());
        inner_.await_suspend(std::coroutine_handle<AsiosFrame<typename Promise::Value>>::from_promise(frame));
    }
    T await_resume() {
        task_.resumed();
        return inner_.await_resume();
    }

  protected:
    boost::asio::awaitable<T, Executor> inner_;
    Task& task_;
};

/// What a task's entry awaits. One of these is the task's own coroutine, with which it ends; with the others Asio
/// brings it to its executor.
template <class T, class Executor>
class EntryAwaiter : public NestedAwaiter<T, Executor> {
  public:
    EntryAwaiter(boost::asio::awaitable<T, Executor> inner, Task& task, bool is_body)
        : NestedAwaiter<T, Executor>(std::move(inner), task), is_body_(is_body) {
        if (is_body) task.body_begins();
    }

    T await_resume() {
        if (!is_body_) return this->inner_.await_resume();
        this->task_.resumed();
        try {
            if constexpr (std::is_void_v<T>) {
                this->inner_.await_resume();
                this->task_.end(AWAITSCOPE_FINISHED, nullptr);
            } else {
                T result = this->inner_.await_resume();
                this->task_.end(AWAITSCOPE_FINISHED, nullptr);
                return result;
            }
        } catch (...) {
            this->task_.end_with_exception();
            throw;
        }
    }

  private:
    const bool is_body_;
};

}  // namespace awaitscope::asio
