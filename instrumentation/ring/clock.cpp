// SPDX-License-Identifier: MIT
#include "instrumentation/ring/clock.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <limits>

namespace awaitscope::ring {

ClockKind clock_kind() noexcept {
#if defined(__x86_64__)
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    constexpr unsigned invariant_tsc = 1u << 8;
    if (__get_cpuid(0x80000007, &eax, &ebx, &ecx, &edx) && (edx & invariant_tsc)) return ClockKind::counter;
    return ClockKind::monotonic;
#elif defined(__aarch64__)
    return ClockKind::counter;
#else
    return ClockKind::monotonic;
#endif
}

ClockPair read_clocks(ClockKind kind) noexcept {
    if (kind == ClockKind::monotonic) {
        const std::uint64_t now = monotonic_ns();
        return {now, now};
    }
    ClockPair best;
    std::uint64_t narrowest = std::numeric_limits<std::uint64_t>::max();
    for (int i = 0; i < 5; ++i) {
        const std::uint64_t before = counter_ticks();
        const std::uint64_t ns = monotonic_ns();
        const std::uint64_t after = counter_ticks();
        if (after - before >= narrowest) continue;
        narrowest = after - before;
        best = {before + narrowest / 2, ns};
    }
    return best;
}

std::uint64_t tick_ns_40(const ClockPair& from, const ClockPair& to, std::uint64_t fallback) noexcept {
    constexpr std::uint64_t shortest_ns = 10'000;
    if (to.ticks <= from.ticks || to.monotonic_ns < from.monotonic_ns + shortest_ns) return fallback;
    const auto ns = static_cast<unsigned __int128>(to.monotonic_ns - from.monotonic_ns);
    return static_cast<std::uint64_t>((ns << 40) / (to.ticks - from.ticks));
}

}  // namespace awaitscope::ring
