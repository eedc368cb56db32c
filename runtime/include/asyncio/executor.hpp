// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include "asyncio/event_loop.hpp"

namespace asyncio {

namespace detail {
class ThreadJob;
class ThreadPool;
void submit_to(const ThreadPoolExecutor& pool, EventLoop& loop, std::shared_ptr<ThreadJob> job);
}  // namespace detail

/// Threads for run_in_executor(): Python's ThreadPoolExecutor. A handle; the last one does what is queued and waits for
/// it. Several loops may use one.
class ThreadPoolExecutor {
  public:
    /// At most so many threads, made as work comes; 0: as many as cores and 4 more, at most 32.
    explicit ThreadPoolExecutor(std::size_t max_workers = 0);
    /// Takes no more jobs (RuntimeError); `wait`: until those it has are done.
    void shutdown(bool wait = true) const;

  private:
    friend EventLoop;
    friend void detail::submit_to(const ThreadPoolExecutor&, EventLoop&, std::shared_ptr<detail::ThreadJob>);
    std::shared_ptr<detail::ThreadPool> pool_;
};

namespace detail {

/// Work for another thread, and what follows in the loop.
class ThreadJob {
  public:
    virtual ~ThreadJob() = default;
    /// In the worker.
    virtual void work() noexcept = 0;
    /// In the loop's thread, once the work is done.
    virtual void deliver() = 0;
};

/// Runs the job in the loop's own pool of threads. RuntimeError once that is shut down.
void submit_to_default_executor(EventLoop& loop, std::shared_ptr<ThreadJob> job);

template <class R, class F>
class CallJob final : public ThreadJob {
  public:
    CallJob(Future<R> future, F function) : future_(std::move(future)), function_(std::move(function)) {}
    const Future<R>& future() const { return future_; }
    void work() noexcept override {
        try {
            if constexpr (std::is_void_v<R>)
                function_();
            else
                value_.emplace(function_());
        } catch (...) {
            exception_ = std::current_exception();
        }
    }
    void deliver() override {
        if (future_.done()) return;  // cancelled meanwhile: the thread could not be stopped
        if (exception_)
            future_.set_exception(exception_);
        else if constexpr (std::is_void_v<R>)
            future_.set_result();
        else
            future_.set_result(std::move(*value_));
    }

  private:
    Future<R> future_;
    F function_;
    std::optional<ValueOrNone<R>> value_;
    std::exception_ptr exception_;
};

/// A function and its arguments, to be called once: they are moved into it, unless it wants to change them in place.
template <class F, class... A>
auto bind_job(F&& function, A&&... arguments) {
    return [function = std::decay_t<F>(std::forward<F>(function)),
            bound = std::tuple<std::decay_t<A>...>(std::forward<A>(arguments)...)]() mutable -> decltype(auto) {
        if constexpr (std::is_invocable_v<std::decay_t<F>&, std::decay_t<A>...>)
            return std::apply(function, std::move(bound));
        else
            return std::apply(function, bound);
    };
}

template <class Call>
auto make_job(EventLoop& loop, Call call) {
    using R = std::invoke_result_t<Call&>;
    auto* const state = new FutureState<R>(&loop, WaitKind::thread);
    register_future(*state);
    return std::make_shared<CallJob<R, Call>>(Future<R>(FutureRef::adopt(state)), std::move(call));
}

}  // namespace detail

template <class F, class... A>
auto EventLoop::run_in_executor(std::nullptr_t, F&& function, A&&... arguments) {
    require_open();
    const auto job =
        detail::make_job(*this, detail::bind_job(std::forward<F>(function), std::forward<A>(arguments)...));
    detail::submit_to_default_executor(*this, job);
    return job->future();
}
template <class F, class... A>
auto EventLoop::run_in_executor(const ThreadPoolExecutor& pool, F&& function, A&&... arguments) {
    require_open();
    const auto job =
        detail::make_job(*this, detail::bind_job(std::forward<F>(function), std::forward<A>(arguments)...));
    detail::submit_to(pool, *this, job);
    return job->future();
}
template <class F, class... A>
auto EventLoop::run_in_executor(const ThreadPoolExecutor* pool, F&& function, A&&... arguments) {
    if (!pool) return run_in_executor(nullptr, std::forward<F>(function), std::forward<A>(arguments)...);
    return run_in_executor(*pool, std::forward<F>(function), std::forward<A>(arguments)...);
}

}  // namespace asyncio
