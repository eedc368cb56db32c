// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <utility>

#include "asyncio/timeout.hpp"

namespace asyncio {

namespace detail {

/// Cancels a future and waits until it is done (CPython's _cancel_and_wait).
Coroutine<> cancel_and_wait(AnyFuture future);

template <class Awaited, class T>
Coroutine<T> wait_for_awaited(Awaited awaited, std::optional<LoopClock::duration> limit) {
    if (limit && *limit <= LoopClock::duration::zero()) {
        // The body of a coroutine never runs here: its task is cancelled before its first step.
        auto future = ensure_future(std::move(awaited));
        if (!future.done()) {
            co_await cancel_and_wait(future);
            if (future.cancelled()) throw TimeoutError();
        }
        future.core()->rethrow_unless_finished();
        co_return take_stored<T>(future.core()->value(), future.core()->refs() > 1);
    }
    std::optional<TimePoint> when;
    if (limit) when = deadline(*limit);
    auto body = [&awaited]() -> Coroutine<T> { co_return co_await std::move(awaited); };
    co_return co_await run_with_timeout<decltype(body)>(when, std::move(body));
}

template <class A>
auto wait_for_any(A&& awaitable, std::optional<LoopClock::duration> limit) {
    if constexpr (FutureLike<A>) {
        return wait_for_awaited<std::remove_cvref_t<A>, await_result_t<A>>(std::forward<A>(awaitable), limit);
    } else {
        auto coroutine = as_coroutine(std::forward<A>(awaitable));
        return wait_for_awaited<decltype(coroutine), result_of_coroutine<A>>(std::move(coroutine), limit);
    }
}

}  // namespace detail

/// Awaits with a limit: TimeoutError when it is over first, and what was awaited is cancelled. A coroutine runs inside
/// the caller's task. With a limit of 0 or less it must be done already. `std::nullopt`: no limit.
template <detail::Awaitable A, class R, class P>
auto wait_for(A&& awaitable, std::chrono::duration<R, P> limit) {
    return detail::wait_for_any(std::forward<A>(awaitable), detail::to_loop_duration(limit));
}
template <detail::Awaitable A, class R, class P>
auto wait_for(A&& awaitable, std::optional<std::chrono::duration<R, P>> limit) {
    std::optional<LoopClock::duration> converted;
    if (limit) converted = detail::to_loop_duration(*limit);
    return detail::wait_for_any(std::forward<A>(awaitable), converted);
}
template <detail::Awaitable A>
auto wait_for(A&& awaitable, std::nullopt_t) {
    return detail::wait_for_any(std::forward<A>(awaitable), std::nullopt);
}

}  // namespace asyncio
