// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <concepts>

namespace asyncio {

/// The loop's own time: nanoseconds on CLOCK_MONOTONIC, or on the virtual clock, which begins at 0.
struct LoopClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<LoopClock>;
    static constexpr bool is_steady = true;
};
using TimePoint = LoopClock::time_point;

/// Which clock a loop lives by.
enum class Clock : unsigned char {
    real,
    /// Sleeps cost nothing: when nothing is ready and nothing outside is waited for, time jumps to the next timer.
    virtual_time,
};

template <class D>
concept Duration = requires(D d) {
    []<class R, class P>(std::chrono::duration<R, P>) {}(d);
};

namespace detail {
/// Any duration as the loop's, rounded up and saturated: "an hour from the end of time" stays in the future.
/// A NaN is a ValueError, as in Python's sleep().
LoopClock::duration to_loop_duration(double seconds);

template <class R, class P>
LoopClock::duration to_loop_duration(std::chrono::duration<R, P> d) {
    if constexpr (std::chrono::treat_as_floating_point_v<R>) {
        return to_loop_duration(std::chrono::duration_cast<std::chrono::duration<double>>(d).count());
    } else {
        // Compare in seconds as double: the exact product may not fit.
        if (std::chrono::duration<double>(d).count() > 9e9) return LoopClock::duration::max();
        if (std::chrono::duration<double>(d).count() < -9e9) return LoopClock::duration::min();
        return std::chrono::ceil<LoopClock::duration>(d);
    }
}

/// `now + d`, at most the end of time.
constexpr TimePoint saturating_add(TimePoint now, LoopClock::duration d) {
    if (d > LoopClock::duration::zero() && now > TimePoint::max() - d) return TimePoint::max();
    return now + d;
}
}  // namespace detail

// A moment and seconds as a floating-point number, as Python has them: the sum is a moment of the loop's clock again.
template <class R, class P>
requires std::chrono::treat_as_floating_point_v<R> TimePoint operator+(const TimePoint& moment,
                                                                       const std::chrono::duration<R, P>& d) {
    return detail::saturating_add(moment, detail::to_loop_duration(d));
}
template <class R, class P>
requires std::chrono::treat_as_floating_point_v<R> TimePoint operator+(const std::chrono::duration<R, P>& d,
                                                                       const TimePoint& moment) {
    return moment + d;
}
template <class R, class P>
requires std::chrono::treat_as_floating_point_v<R> TimePoint operator-(const TimePoint& moment,
                                                                       const std::chrono::duration<R, P>& d) {
    return moment - detail::to_loop_duration(d);
}

/// A duration that is set from any other: `loop.slow_callback_duration = 0.25s`.
class DurationSetting : public LoopClock::duration {
  public:
    template <class R, class P>
    DurationSetting(std::chrono::duration<R, P> value) : LoopClock::duration(detail::to_loop_duration(value)) {}
};

}  // namespace asyncio
