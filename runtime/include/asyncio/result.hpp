// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <utility>
#include <variant>

#include "asyncio/task.hpp"

namespace asyncio {

/// How something ended: a value, or an exception (a cancellation is one). `Result<void>` has std::monostate as value.
template <class T>
class Result {
  public:
    using value_type = detail::ValueOrNone<T>;

    Result(value_type value) : outcome_(std::in_place_index<0>, std::move(value)) {}
    Result(std::exception_ptr exception) : outcome_(std::in_place_index<1>, std::move(exception)) {}

    bool ok() const { return outcome_.index() == 0; }
    explicit operator bool() const { return ok(); }
    /// Throws the exception when there is no value.
    const value_type& value() const& {
        rethrow();
        return std::get<0>(outcome_);
    }
    value_type&& value() && {
        rethrow();
        return std::get<0>(std::move(outcome_));
    }
    /// nullptr when there is a value.
    std::exception_ptr exception() const { return ok() ? nullptr : std::get<1>(outcome_); }

  private:
    void rethrow() const {
        if (!ok()) std::rethrow_exception(std::get<1>(outcome_));
    }
    std::variant<value_type, std::exception_ptr> outcome_;
};

namespace detail {
template <class T>
Coroutine<Result<T>> coroutine_as_result(Coroutine<T> coroutine) {
    std::exception_ptr exception;
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(coroutine);
            co_return Result<T>(std::monostate{});
        } else {
            T value = co_await std::move(coroutine);
            co_return Result<T>(std::move(value));
        }
    } catch (...) {
        exception = std::current_exception();
    }
    co_return Result<T>(exception);
}
template <class F, class T = await_result_t<F>>
Coroutine<Result<T>> future_as_result(F future) {
    std::exception_ptr exception;
    try {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(future);
            co_return Result<T>(std::monostate{});
        } else {
            T value = co_await std::move(future);
            co_return Result<T>(std::move(value));
        }
    } catch (...) {
        exception = std::current_exception();
    }
    co_return Result<T>(exception);
}
}  // namespace detail

/// `co_await as_result(aw)`: how it ended, instead of a throw; a cancellation of the awaiting task too. For clean-up
/// that has to await: C++ allows no co_await in a handler.
template <detail::Awaitable A>
auto as_result(A&& awaitable) {
    if constexpr (detail::FutureLike<A>)
        return detail::future_as_result<std::remove_cvref_t<A>>(std::forward<A>(awaitable));
    else
        return detail::coroutine_as_result(detail::as_coroutine(std::forward<A>(awaitable)));
}

}  // namespace asyncio
