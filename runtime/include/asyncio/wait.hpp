// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

#include "asyncio/event_loop.hpp"

namespace asyncio {

/// When wait() returns.
enum class ReturnWhen : unsigned char { all_completed, first_completed, first_exception };
inline constexpr ReturnWhen ALL_COMPLETED = ReturnWhen::all_completed;
inline constexpr ReturnWhen FIRST_COMPLETED = ReturnWhen::first_completed;
/// An error (not a cancellation) of one ends the wait; without one it is ALL_COMPLETED.
inline constexpr ReturnWhen FIRST_EXCEPTION = ReturnWhen::first_exception;

/// A limit in options: any duration, or none.
class Limit {
  public:
    constexpr Limit() = default;
    constexpr Limit(std::nullopt_t) {}
    template <class R, class P>
    Limit(std::chrono::duration<R, P> limit) : value_(detail::to_loop_duration(limit)) {}
    template <class R, class P>
    Limit(std::optional<std::chrono::duration<R, P>> limit) {
        if (limit) value_ = detail::to_loop_duration(*limit);
    }
    std::optional<LoopClock::duration> value() const { return value_; }

  private:
    std::optional<LoopClock::duration> value_;
};

struct WaitOptions {
    Limit timeout = {};
    ReturnWhen return_when = ALL_COMPLETED;
};
static_assert(std::is_trivially_destructible_v<WaitOptions>);

/// What wait() gives, each in the order of the arguments.
template <class F>
struct WaitResult {
    std::vector<F> done;
    std::vector<F> pending;
};

namespace detail {
/// The same futures, each once, in the order of their first place.
template <class F>
std::vector<F> without_repeats(std::vector<F> futures) {
    std::unordered_set<const FutureCore*> known;
    std::erase_if(futures, [&](const F& future) { return !known.insert(future.core()).second; });
    return futures;
}

Coroutine<> wait_until(std::vector<AnyFuture> futures, WaitOptions options);

template <class F>
Coroutine<WaitResult<F>> wait_and_sort(std::vector<F> futures, WaitOptions options) {
    // As of a set, each counts once.
    const std::vector<F> unique = without_repeats(std::move(futures));
    std::vector<AnyFuture> erased(unique.begin(), unique.end());
    co_await wait_until(std::move(erased), options);
    WaitResult<F> result;
    for (const F& future : unique) (future.done() ? result.done : result.pending).push_back(future);
    co_return result;
}
}  // namespace detail

/// Waits for tasks or futures without taking their results; cancels nothing. ValueError when there are none.
template <class F>
requires std::convertible_to<F, AnyFuture> Coroutine<WaitResult<F>> wait(std::vector<F> futures, WaitOptions options) {
    return detail::wait_and_sort<F>(std::move(futures), options);
}
template <class F>
requires std::convertible_to<F, AnyFuture> Coroutine<WaitResult<F>> wait(std::vector<F> futures) {
    return detail::wait_and_sort<F>(std::move(futures), WaitOptions{});
}

}  // namespace asyncio
