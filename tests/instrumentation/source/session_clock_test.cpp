// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/session_clock.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope;

namespace {

/// A session of another boot, so that only its own words count: two ticks a nanosecond.
SessionClock foreign_clock() {
    ring::SessionFacts facts;
    facts.epoch = {1000, 5'000'000};
    facts.tick_ns_40 = std::uint64_t{1} << 39;
    SessionClock clock;
    clock.calibrate(facts);
    return clock;
}

}  // namespace

TEST_CASE("ticks become nanoseconds since the epoch") {
    const SessionClock clock = foreign_clock();
    CHECK(clock.event_time(1000) == 0);
    CHECK(clock.event_time(3000) == 1000);
    CHECK(clock.event_time(1000 + 7'200'000'000'000) == 3'600'000'000'000);
}

TEST_CASE("times that cannot be are brought to what can") {
    const SessionClock clock = foreign_clock();
    CHECK(clock.event_time(1) == 0);
    CHECK(clock.event_time(~ring::virtual_time_bit) > 0);
    CHECK(clock.event_time(~std::uint64_t{0}) > 0);
    CHECK(clock.moment(1, false) == 0);
    CHECK(clock.moment(~std::uint64_t{0}, false) > 0);
    CHECK(clock.moment(~std::uint64_t{0}, true) > 0);
}

TEST_CASE("virtual times are themselves, and readings of a loop's clock count from the epoch") {
    const SessionClock clock = foreign_clock();
    CHECK(clock.event_time(1234 | ring::virtual_time_bit) == 1234);
    CHECK(clock.moment(1234, true) == 1234);
    CHECK(clock.moment(5'001'234, false) == 1234);
}

TEST_CASE("on the same boot the clock is measured, and a moment is the same by both clocks") {
    ring::SessionFacts facts;
    facts.clock = ring::clock_kind();
    facts.same_boot = true;
    facts.epoch = ring::read_clocks(facts.clock);
    while (ring::monotonic_ns() < facts.epoch.monotonic_ns + 2'000'000) {
    }
    const ring::ClockPair moment = ring::read_clocks(facts.clock);
    SessionClock clock;
    clock.calibrate(facts);
    const auto by_ticks = clock.event_time(moment.ticks);
    const auto by_clock = clock.moment(moment.monotonic_ns, false);
    CHECK(std::abs(by_ticks - by_clock) < 200'000);
    CHECK(clock.now() >= by_ticks);
    CHECK(clock.event_time(moment.ticks + (std::uint64_t{1} << 62)) <= clock.now() + 1'000'000'000);
}
