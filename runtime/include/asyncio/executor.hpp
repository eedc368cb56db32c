// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>

#include "asyncio/event_loop.hpp"

namespace asyncio {

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

}  // namespace detail

template <class F, class... A>
auto EventLoop::run_in_executor(std::nullptr_t, F&& function, A&&... arguments) {
    using R = std::invoke_result_t<std::decay_t<F>&, std::decay_t<A>&...>;
    require_open();
    auto call = [function = std::decay_t<F>(std::forward<F>(function)),
                 bound = std::tuple<std::decay_t<A>...>(std::forward<A>(arguments)...)]() mutable -> R {
        return std::apply(function, bound);
    };
    auto future = create_future<R>();
    detail::submit_to_default_executor(*this,
                                       std::make_shared<detail::CallJob<R, decltype(call)>>(future, std::move(call)));
    return future;
}

}  // namespace asyncio
