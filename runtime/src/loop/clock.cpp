// SPDX-License-Identifier: MIT
#include <cmath>
#include <ctime>

#include "asyncio/errors.hpp"
#include "runtime/src/loop/loop_impl.hpp"

namespace asyncio {
namespace detail {

TimePoint monotonic_now() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return TimePoint(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

LoopClock::duration to_loop_duration(double seconds) {
    if (std::isnan(seconds)) throw ValueError("Invalid delay: NaN (not a number)");
    if (seconds > 9e9) return LoopClock::duration::max();
    if (seconds < -9e9) return LoopClock::duration::min();
    // Rounded, not up: 0.1 s is 100 ms, whatever its double says.
    return LoopClock::duration(std::llround(seconds * 1e9));
}

}  // namespace detail

TimePoint EventLoop::time() const {
    const TimePoint now = clock_ == Clock::virtual_time ? impl_->virtual_now : detail::monotonic_now();
    impl_->last_time.store(now, std::memory_order_relaxed);
    return now;
}

}  // namespace asyncio
