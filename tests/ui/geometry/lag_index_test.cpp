// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/lag_index.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

TEST_CASE("a task's lag is the time from ready to running, at its creation too") {
    const test::TextTrace trace(R"(
0.0 task_created 1 name=a
0.5 task_running 1
0.6 task_suspended 1 on=sleep object=9
1.0 task_ready 1
1.0 mark text=x
3.0 task_running 1
3.1 task_done 1 state=finished
)");
    CHECK(lagOf(trace.trace, 0) == 0);
    CHECK(lagOf(trace.trace, 1) == 500'000'000);
    CHECK(lagOf(trace.trace, 4) == 0);
    CHECK(lagOf(trace.trace, 5) == 2'000'000'000);
    LagIndex index;
    REQUIRE(index.update(trace.trace));
    CHECK(index.greatest(trace.trace, 0, 7) == 2'000'000'000);
    CHECK(index.greatest(trace.trace, 0, 5) == 500'000'000);
    CHECK(index.greatest(trace.trace, 2, 5) == 0);
    CHECK(index.greatest(trace.trace, 5, 5) == 0);
}

TEST_CASE("the longest lag of any stretch is found, taken in at once or bit by bit") {
    std::string text = "0 task_created 1 name=a\n0 task_running 1\n";
    for (int i = 1; i < 1500; ++i) {
        const std::string ready = std::to_string(i) + ".0",
                          run = std::to_string(i) + "." + std::to_string(100 + i * 7 % 900);
        text += ready + " task_suspended 1 on=sleep object=9\n" + ready + " task_ready 1\n" + run + " task_running 1\n";
    }
    const test::TextTrace trace(text);
    LagIndex whole, bits;
    whole.update(trace.trace);
    const EventIndex at_once = GENERATE(1, 100, 256, 1000);
    while (!bits.update(trace.trace, at_once)) {
    }
    for (EventIndex first = 0; first < trace->event_count(); first += 97)
        for (const EventIndex length : {1, 40, 255, 256, 257, 2000}) {
            const EventIndex last = std::min<EventIndex>(first + length, trace->event_count());
            Nanoseconds wanted = 0;
            for (EventIndex i = first; i < last; ++i) wanted = std::max(wanted, lagOf(trace.trace, i));
            REQUIRE(whole.greatest(trace.trace, first, last) == wanted);
            REQUIRE(bits.greatest(trace.trace, first, last) == wanted);
        }
}
