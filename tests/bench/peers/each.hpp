// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace awaitscope::bench {

/// Prints how many nanoseconds of CPU time an event takes, of which `emit(n)` makes so many: the least of some rounds,
/// after one that only warms up.
template <class Emit>
void print_nanoseconds_each(Emit emit, unsigned events = 1) {
    constexpr int rounds = 6;
    constexpr std::uint64_t calls = 500'000;
    const auto cpu_ns = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
    };
    double least = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const double begin = cpu_ns();
        for (std::uint64_t n = 0; n < calls; ++n) emit(n);
        if (round > 0) least = std::min(least, (cpu_ns() - begin) / static_cast<double>(calls * events));
    }
    std::printf("%.3f\n", least);
}

}  // namespace awaitscope::bench
