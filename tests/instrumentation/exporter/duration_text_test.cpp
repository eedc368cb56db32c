// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/duration_text.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope;

TEST_CASE("lengths of time read at a glance") {
    CHECK(duration_text(0) == "0 ns");
    CHECK(duration_text(850) == "850 ns");
    CHECK(duration_text(4'249) == "4.2 µs");
    CHECK(duration_text(41'400) == "41 µs");
    CHECK(duration_text(1'250'000) == "1.25 ms");
    CHECK(duration_text(12'340'000) == "12.3 ms");
    CHECK(duration_text(123'400'000) == "123 ms");
    CHECK(duration_text(2'000'000'000) == "2.000 s");
    CHECK(duration_text(59'999'000'000) == "59.999 s");
    CHECK(duration_text(185'000'000'000) == "3 min 05 s");
    CHECK(duration_text(7'620'000'000'000) == "2 h 07 min");
    CHECK(duration_text(-41'000) == "-41 µs");
    CHECK(duration_text(open_end) == "∞");
}

TEST_CASE("rounding carries into the next unit") {
    CHECK(duration_text(9'960) == "10 µs");
    CHECK(duration_text(999'600) == "1.00 ms");
    CHECK(duration_text(999'999'999) == "1.000 s");
    CHECK(duration_text(59'999'999'999) == "1 min 00 s");
    CHECK(duration_text(3'599'600'000'000) == "1 h 00 min");
}

TEST_CASE("the least number of nanoseconds is written like any other") {
    CHECK(exact_seconds(std::numeric_limits<Nanoseconds>::min()) == "-9223372036.854775807");
    CHECK(duration_text(std::numeric_limits<Nanoseconds>::min()) == "-∞");
}

TEST_CASE("the most nanoseconds but one are rounded without an overflow") {
    CHECK(duration_text(open_end - 1) == "2562047 h 47 min");
}

TEST_CASE("seconds are exact") {
    CHECK(exact_seconds(2'000'041'230) == "2.000041230");
    CHECK(exact_seconds(-1) == "-0.000000001");
    CHECK(short_seconds(2'000'041'230) == "2.00004123");
    CHECK(short_seconds(2'000'000'000) == "2");
    CHECK(short_seconds(0) == "0");
}

TEST_CASE("thousands of a count stand apart") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1'204) == "1,204");
    CHECK(grouped(18'446'744'073'709'551'615u) == "18,446,744,073,709,551,615");
}
