// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <utility>

#include "asyncio/event_loop.hpp"

namespace asyncio {

/// The timeout of timeout() and timeout_at(), for its body. Python's Timeout.
class Timeout {
  public:
    Timeout(const Timeout&) = delete;
    Timeout& operator=(const Timeout&) = delete;

    /// When it is due; nothing: never.
    std::optional<TimePoint> when() const { return when_; }
    /// RuntimeError once it has expired or its body has ended.
    void reschedule(std::optional<TimePoint> when);
    bool expired() const { return state_ == State::expiring || state_ == State::expired; }

    // For timeout_at().
    explicit Timeout(std::optional<TimePoint> when) : when_(when) {}
    ~Timeout() { handle_.cancel(); }
    void enter();
    /// The body has ended, with this exception or none: the exception to throw instead, or nullptr.
    std::exception_ptr exit(const std::exception_ptr& exception);

  private:
    enum class State : unsigned char { created, active, expiring, expired, finished };
    void arm();
    void on_timeout();

    std::optional<TimePoint> when_;
    detail::TaskCore* task_ = nullptr;
    Handle handle_;
    int cancelling_ = 0;
    State state_ = State::created;
};

namespace detail {

/// The body's coroutine, whether it wants the Timeout or not.
template <class Body>
auto call_timeout_body(Body& body, Timeout& timeout) {
    if constexpr (std::invocable<Body&, Timeout&>)
        return body(timeout);
    else
        return body();
}
template <class Body>
using timeout_result_t = typename CoroutineResult<
    std::remove_cvref_t<decltype(call_timeout_body(std::declval<Body&>(), std::declval<Timeout&>()))>>::type;

template <class Body, class T = timeout_result_t<Body>>
Coroutine<T> run_with_timeout(std::optional<TimePoint> when, Body body) {
    Timeout timeout(when);
    timeout.enter();
    std::exception_ptr exception;
    try {
        if constexpr (std::is_void_v<T>) {
            co_await call_timeout_body(body, timeout);
            timeout.exit(nullptr);
            co_return;
        } else {
            T value = co_await call_timeout_body(body, timeout);
            timeout.exit(nullptr);
            co_return std::forward<T>(value);
        }
    } catch (...) {
        exception = std::current_exception();
    }
    if (auto other = timeout.exit(exception)) std::rethrow_exception(other);
    std::rethrow_exception(exception);
}

/// Turns a delay into a moment when the coroutine starts, as Python's timeout() does when it is called.
TimePoint deadline(LoopClock::duration delay);

}  // namespace detail

/// `co_await timeout_at(when, [&](Timeout& cm) -> Coroutine<T> {...})`: the body's result, or TimeoutError when it is
/// not done by then. The body is cancelled at its co_await; one that never suspends is never timed out.
template <class Body>
auto timeout_at(std::optional<TimePoint> when, Body body) {
    return detail::run_with_timeout<Body>(when, std::move(body));
}
template <class Body>
auto timeout_at(std::nullopt_t, Body body) {
    return detail::run_with_timeout<Body>(std::nullopt, std::move(body));
}
/// The same with a delay from now; nothing: no limit.
template <class Body, class R, class P>
auto timeout(std::optional<std::chrono::duration<R, P>> delay, Body body) {
    std::optional<TimePoint> when;
    if (delay) when = detail::deadline(detail::to_loop_duration(*delay));
    return detail::run_with_timeout<Body>(when, std::move(body));
}
template <class Body, class R, class P>
auto timeout(std::chrono::duration<R, P> delay, Body body) {
    return detail::run_with_timeout<Body>(detail::deadline(detail::to_loop_duration(delay)), std::move(body));
}
template <class Body>
auto timeout(std::nullopt_t, Body body) {
    return detail::run_with_timeout<Body>(std::nullopt, std::move(body));
}

}  // namespace asyncio
