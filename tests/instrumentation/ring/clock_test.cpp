// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/ring/clock.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope::ring;

TEST_CASE("the rate between two moments is exact") {
    CHECK(tick_ns_40({1000, 0}, {1000 + 2'000'000, 1'000'000}, 7) == std::uint64_t{1} << 39);
    CHECK(tick_ns_40({0, 500}, {1'000'000, 1'000'500}, 7) == std::uint64_t{1} << 40);
    // A day: no overflow on the way.
    CHECK(tick_ns_40({0, 0}, {259'200'000'000'000, 86'400'000'000'000}, 7) == (std::uint64_t{1} << 40) / 3);
}

TEST_CASE("moments that are too near, or go back, tell no rate") {
    CHECK(tick_ns_40({0, 0}, {100, 9'999}, 7) == 7);
    CHECK(tick_ns_40({100, 0}, {100, 1'000'000}, 7) == 7);
    CHECK(tick_ns_40({100, 0}, {99, 1'000'000}, 7) == 7);
    CHECK(tick_ns_40({0, 1'000'000}, {100, 0}, 7) == 7);
}

TEST_CASE("both clocks go forward together") {
    const ClockKind kind = GENERATE(clock_kind(), ClockKind::monotonic);
    const ClockPair before = read_clocks(kind);
    ClockPair after = before;
    while (after.monotonic_ns < before.monotonic_ns + 100'000) after = read_clocks(kind);
    CHECK(after.ticks > before.ticks);
    if (kind == ClockKind::monotonic) CHECK(after.ticks == after.monotonic_ns);
}
