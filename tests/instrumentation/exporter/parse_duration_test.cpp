// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/parse_duration.hpp"

#include <catch2/catch.hpp>

using awaitscope::parse_duration;
using namespace std::chrono_literals;

TEST_CASE("a length of time is a number and a unit") {
    CHECK(parse_duration("10s") == 10s);
    CHECK(parse_duration("500ms") == 500ms);
    CHECK(parse_duration("20us") == 20us);
    CHECK(parse_duration("7ns") == 7ns);
    CHECK(parse_duration("2m") == 2min);
    CHECK(parse_duration("1h") == 1h);
    CHECK(parse_duration("1.5s") == 1500ms);
    CHECK(parse_duration("0s") == 0ns);
}

TEST_CASE("a bare number is seconds") {
    CHECK(parse_duration("3") == 3s);
    CHECK(parse_duration("0.25") == 250ms);
}

TEST_CASE("what is no length of time is refused") {
    for (const char* text : {"", "s", "10 s", "10x", "-1s", "1e3s", "nan", "inf", "10ss", "99999999999h"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text));
    }
}
