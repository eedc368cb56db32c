// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/format.hpp"

#include <QLocale>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/model/go_to.hpp"

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
    CHECK(formatTimes(5313) == "5,313 times");
    CHECK(withThousands("and 12345 more", 12345) == "and 12,345 more");
    CHECK(withThousands("and 7 more", 7) == "and 7 more");
}

TEST_CASE("Figures have the marks of the user's language, and what was typed may have them") {
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German));
    CHECK(formatDuration(1'250'000) == "1,25 ms");
    CHECK(formatShort(1'500'000'000) == "1,5 s");
    CHECK(formatTime(2'000'041'230) == QString("2,000\u202f041 s"));
    CHECK(formatExact(2'000'041'230) == "2,000041230 s");
    CHECK(formatPercent(1, 8) == "12,5 %");
    CHECK(formatCount(1'204'567) == "1.204.567");
    CHECK(formatBytes(1500) == "1,5 kB");
    CHECK(formatNumber(0.25, 2) == "0,25");
    const test::TextTrace t("0 task_created 1\n1.5 task_running 1\n2.5 task_done 1");
    CHECK(readGoTo("1,5s", t.trace, no_event).event == 1);
    CHECK(readGoTo("1.5s", t.trace, no_event).event == 1);
    CHECK(readGoTo("1,5 s", t.trace, no_event).words == "1,500 s, event 2 of 3");
    QLocale::setDefault(before);
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
