// SPDX-License-Identifier: MIT
#pragma once

#include <time.h>

#include <cstdint>

#include "instrumentation/ring/layout.hpp"

namespace awaitscope::ring {

inline std::uint64_t monotonic_ns() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(now.tv_nsec);
}

/// The processor's counter where clock_kind() is ClockKind::counter. Not serialised: good to some 20 ns.
inline std::uint64_t counter_ticks() noexcept {
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
    std::uint64_t ticks;
    asm volatile("mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
#else
    return monotonic_ns();
#endif
}

inline std::uint64_t ticks(ClockKind kind) noexcept {
    return kind == ClockKind::counter ? counter_ticks() : monotonic_ns();
}

/// Whether this machine's counter runs at a constant rate, also in sleep states.
ClockKind clock_kind() noexcept;

/// One moment, told by both clocks.
struct ClockPair {
    std::uint64_t ticks = 0;
    std::uint64_t monotonic_ns = 0;
};
/// The best of a few tries: the two are some 50 ns apart at most, unless the machine is very busy.
ClockPair read_clocks(ClockKind kind) noexcept;

/// Nanoseconds a tick, times 2^40, between two moments; `fallback` when they are too near to tell.
std::uint64_t tick_ns_40(const ClockPair& from, const ClockPair& to, std::uint64_t fallback) noexcept;

}  // namespace awaitscope::ring
