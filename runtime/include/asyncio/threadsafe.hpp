// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "asyncio/event_loop.hpp"
#include "asyncio/result.hpp"

namespace asyncio {

namespace detail {

/// What a ThreadFuture's handles share.
template <class T>
class ThreadState {
  public:
    explicit ThreadState(EventLoop& loop) : loop(loop) {}

    /// False when it was done already. Callbacks run in the calling thread.
    bool finish(Result<T> outcome, bool as_cancelled) {
        std::vector<std::function<void()>> callbacks;
        {
            const std::scoped_lock lock(mutex);
            if (result) return false;
            result.emplace(std::move(outcome));
            cancelled = as_cancelled;
            callbacks.swap(this->callbacks);
        }
        changed.notify_all();
        for (auto& callback : callbacks) callback();
        return true;
    }

    EventLoop& loop;
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Result<T>> result;
    std::vector<std::function<void()>> callbacks;
    bool cancelled = false;
    std::optional<AnyTask> task;  ///< the loop's thread only
};

}  // namespace detail

/// The result of a coroutine that runs in another thread's loop: Python's concurrent.futures.Future. Thread-safe.
template <class T>
class ThreadFuture {
  public:
    explicit ThreadFuture(std::shared_ptr<detail::ThreadState<T>> state) : state_(std::move(state)) {}

    /// Blocks this thread until it is done; TimeoutError when the limit is over first. Never call it in the loop's
    /// thread.
    T result() const { return take(wait(std::nullopt)); }
    template <class R, class P>
    T result(std::chrono::duration<R, P> limit) const {
        return take(wait(detail::to_loop_duration(limit)));
    }
    template <class R, class P>
    T result(std::optional<std::chrono::duration<R, P>> limit) const {
        return limit ? result(*limit) : result();
    }
    T result(std::nullopt_t) const { return result(); }
    /// The same, and gives the exception; nullptr when there is none. CancelledError is thrown.
    std::exception_ptr exception() const {
        const Result<T>& outcome = wait(std::nullopt);
        if (state_->cancelled) std::rethrow_exception(outcome.exception());
        return outcome.exception();
    }
    /// Cancels the task; false when it is done already.
    bool cancel() const {
        if (!state_->finish(Result<T>(std::make_exception_ptr(CancelledError())), true)) return false;
        state_->loop.call_soon_threadsafe([state = state_] {
            if (state->task) state->task->cancel();
        });
        return true;
    }
    bool done() const {
        const std::scoped_lock lock(state_->mutex);
        return state_->result.has_value();
    }
    bool cancelled() const {
        const std::scoped_lock lock(state_->mutex);
        return state_->cancelled;
    }
    /// `function(ThreadFuture)` is called in the thread that ends it, or at once when it is done.
    template <class F>
    void add_done_callback(F function) const {
        auto call = [function = std::move(function), state = state_]() mutable { function(ThreadFuture(state)); };
        {
            const std::scoped_lock lock(state_->mutex);
            if (!state_->result) {
                state_->callbacks.push_back(std::move(call));
                return;
            }
        }
        call();
    }

  private:
    const Result<T>& wait(std::optional<LoopClock::duration> limit) const {
        std::unique_lock lock(state_->mutex);
        const auto done = [this] { return state_->result.has_value(); };
        if (!limit)
            state_->changed.wait(lock, done);
        else if (!state_->changed.wait_for(lock, *limit, done))
            throw TimeoutError();
        return *state_->result;
    }
    static T take(const Result<T>& outcome) {
        if constexpr (std::is_void_v<T>)
            outcome.value();
        else
            return outcome.value();
    }
    std::shared_ptr<detail::ThreadState<T>> state_;
};

/// Runs a coroutine as a task of a loop that runs in another thread. Thread-safe.
template <detail::TaskAble A>
auto run_coroutine_threadsafe(A&& awaitable, EventLoop& loop) {
    using T = detail::result_of_coroutine<A>;
    auto state = std::make_shared<detail::ThreadState<T>>(loop);
    loop.call_soon_threadsafe([state, coroutine = detail::as_coroutine(std::forward<A>(awaitable))]() mutable {
        auto task = state->loop.create_task(std::move(coroutine));
        state->task = task;
        task.add_done_callback([state](const Future<T>& done) {
            state->task.reset();
            if (auto exception = done.core()->outcome())
                state->finish(Result<T>(exception), done.cancelled());
            else if constexpr (std::is_void_v<T>)
                state->finish(Result<T>(std::monostate{}), false);
            else
                state->finish(Result<T>(detail::take_stored<T>(done.core()->value(), true)), false);
        });
        const std::unique_lock lock(state->mutex);
        if (state->cancelled) task.cancel();
    });
    return ThreadFuture<T>(state);
}

}  // namespace asyncio
