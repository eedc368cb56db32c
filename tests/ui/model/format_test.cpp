// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/format.hpp"

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

TEST_CASE("times, shares and counts are written in one way") {
    CHECK(formatDuration(41'000) == "41 µs");
    CHECK(formatTime(2'000'000'000) == "2.000 s");
    CHECK(formatTime(2'000'041'230) == QString("2.000\u202f041 s"));
    CHECK(formatTime(1'200'000'999) == "1.200 s");
    CHECK(formatExact(2'000'041'230) == "2.000041230 s");
    CHECK(formatPercent(1, 8) == "12.5 %");
    CHECK(formatPercent(0, 0) == "0.0 %");
    CHECK(formatPercent(9'999, 10'000) == "100 %");
    CHECK(formatCount(0) == "0");
    CHECK(formatCount(999) == "999");
    CHECK(formatCount(1'204'567) == "1,204,567");
    CHECK(formatTimes(1) == "1 time");
    CHECK(formatTimes(3) == "3 times");
}

TEST_CASE("names that are not known have words, too") {
    const test::TextTrace t("0 task_created 7 coro=work file=/src/f.py line=5");
    CHECK(taskName(t.trace, 0) == "task 7");
    CHECK(taskName(t.trace, no_task) == "none");
    CHECK(coroutineName(t.trace, 0) == "work");
    CHECK(coroutineName(t.trace, no_task) == "");
    CHECK(placeText(t.trace, t->tasks()[0].definition) == "f.py:5");
}

TEST_CASE("Bytes and counts are written as on the axes") {
    CHECK(formatBytes(0) == "0 B");
    CHECK(formatBytes(1500) == "1.5 kB");
    CHECK(formatCount(1'234'567) == "1,234,567");
}
