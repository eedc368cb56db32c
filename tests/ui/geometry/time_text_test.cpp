// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/time_text.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {
constexpr Nanoseconds us = 1'000, ms = 1'000'000, s = 1'000'000'000, minute = 60 * s, hour = 60 * minute;
}

TEST_CASE("a duration has three figures and the unit that fits") {
    const auto [duration, text] = GENERATE(table<Nanoseconds, std::string>({
        {0, "0 s"},
        {1, "1 ns"},
        {999, "999 ns"},
        {1 * us, "1 µs"},
        {1'500, "1.5 µs"},
        {12'345, "12.3 µs"},
        {999'900, "1 ms"},
        {1 * ms, "1 ms"},
        {123'456 * us, "123 ms"},
        {999'997 * us, "1 s"},
        {1 * s, "1 s"},
        {1'250 * ms, "1.25 s"},
        {59 * s, "59 s"},
        {minute, "1 min"},
        {125 * s, "2 min 5 s"},
        {hour, "1 h"},
        {hour + 30 * minute, "1 h 30 min"},
        {-5 * ms, "-5 ms"},
    }));
    CHECK(durationText(duration) == text);
}

TEST_CASE("tick labels tell neighbours apart, in the unit of the step") {
    const auto [moment, step, text] = GENERATE(table<Nanoseconds, Nanoseconds, std::string>({
        {0, 500 * ms, "0.0 s"},
        {500 * ms, 500 * ms, "0.5 s"},
        {2 * s, 1 * s, "2 s"},
        {40 * ms, 20 * ms, "40 ms"},
        {1'020 * ms, 20 * ms, "1.02 s"},
        {0, 50 * us, "0 µs"},
        {50 * us, 50 * us, "50 µs"},
        {1'050 * us, 50 * us, "1.05 ms"},
        {30, 10, "30 ns"},
        {90 * s, 30 * s, "1:30"},
        {60'500 * ms, 500 * ms, "1:00.5"},
        {hour + 30 * minute, 30 * minute, "1:30:00"},
    }));
    CHECK(tickText(moment, step) == text);
}

TEST_CASE("bytes and counts") {
    CHECK(bytesText(0) == "0 B");
    CHECK(bytesText(512) == "512 B");
    CHECK(bytesText(1500) == "1.5 kB");
    CHECK(bytesText(999'999) == "1 MB");
    CHECK(bytesText(20'000'000) == "20 MB");
    CHECK(countText(7) == "7");
    CHECK(countText(999) == "999");
    CHECK(countText(1204) == "1,204");
    CHECK(countText(1'234'567) == "1,234,567");
}
