// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/ready_peaks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

std::uint32_t most(const Trace& trace, EventIndex first, EventIndex last) {
    ReadyPeaks peaks;
    REQUIRE(peaks.update(trace));
    return peaks.greatest(trace, first, last);
}

/// Turns of two loops, some long, in which tasks run, become ready and are made, and handles run that nobody tells of.
std::string two_loops(unsigned seed, int events) {
    std::mt19937 random(seed);
    std::string text;
    for (int i = 0; i < events; ++i) {
        const unsigned chance = random() % 100, loop = random() % 7 == 0 ? 2 : 1, task = random() % 9 + loop * 10;
        text += fmt::format("{:.3f} ", i * 0.001);
        if (chance < 3)
            text += fmt::format("iteration n={} ready={} timers=0", i, random() % 60);
        else if (chance < 5)
            text += "poll timeout=1 took=0 ready=0";
        else if (chance < 55)
            text += fmt::format("task_running {}", task);
        else if (chance < 75)
            text += fmt::format("task_ready {} by={}", task, task + 1);
        else if (chance < 80)
            text += fmt::format("task_ready {}", task);
        else if (chance < 85)
            text += fmt::format("callback_run handle={} took=0", i);
        else
            text += fmt::format("task_suspended {} on=sleep object=5", task);
        text += fmt::format(" loop={}\n", loop);
    }
    return text;
}

/// How many were ready in the loop at each event and after it, once all is known.
struct Depths {
    std::vector<std::uint32_t> at, after;

    Depths(const Trace& trace, std::uint16_t loop) : at(trace.event_count()), after(trace.event_count()) {
        ReadyCounter counter;
        EventIndex last = 0;  // of the loop
        const auto until = [&](EventIndex end) {
            for (EventIndex i = last; i < end; ++i) after[i] = counter.depth();
            for (EventIndex i = last + 1; i < end; ++i) at[i] = counter.depth();
        };
        for (EventIndex i = 0; i < trace.event_count(); ++i) {
            const Event event = trace.event(i);
            if (event.loop() != loop) continue;
            if (ReadyCounter::showsEnd(event)) counter.endTurn();
            until(i);
            counter.take(event);
            at[i] = counter.depth();
            last = i;
        }
        until(trace.event_count());
    }
    std::uint32_t most(EventIndex first, EventIndex last) const {
        std::uint32_t most = first > 0 ? after[first - 1] : 0;
        for (EventIndex i = first; i < last; ++i) most = std::max(most, at[i]);
        return most;
    }
};

}  // namespace

TEST_CASE("what is ready in the midst of a turn counts for the stretches in it, with events and without") {
    const test::TextTrace trace(R"(
0.0 loop_started name=main
0.1 iteration n=1 ready=3 timers=0
0.2 task_running 1
1.5 task_suspended 1 on=yield
1.6 task_running 2
2.6 mark text=x
3.6 task_suspended 2 on=sleep object=7
3.6 task_running 3
3.7 task_suspended 3 on=sleep object=8
3.8 poll timeout=1 took=1 ready=0
)");
    CHECK(most(trace.trace, 0, 10) == 3);
    CHECK(most(trace.trace, 3, 3) == 2);
    CHECK(most(trace.trace, 5, 5) == 2);
    CHECK(most(trace.trace, 6, 7) == 2);
    CHECK(most(trace.trace, 8, 10) == 1);
    CHECK(most(trace.trace, 0, 0) == 0);
}

TEST_CASE("handles that leave no event of their own are not ready while the loop waits, as soon as that is known") {
    const std::string_view text = R"(
0.0 loop_started name=main
0.1 iteration n=1 ready=2 timers=1
0.2 mark loop=2 text=x
8.0 mark loop=2 text=y
9.0 poll timeout=9 took=8.9 ready=0
9.0 iteration n=2 ready=1 timers=0
)";
    const test::TextTrace before(text.substr(0, text.find("9.0 poll"))), after(text);
    CHECK(most(before.trace, 3, 3) == 2);
    CHECK(most(after.trace, 3, 3) == 0);
    CHECK(most(after.trace, 1, 2) == 2);
    ReadyPeaks peaks;
    peaks.update(before.trace);
    CHECK(peaks.settled() == 1);
    peaks = {};
    peaks.update(after.trace);
    CHECK(peaks.settled() == 5);  // its own handle may have run since
}

TEST_CASE("the most that was ready in any stretch is found, taken in at once or bit by bit") {
    const test::TextTrace trace(two_loops(GENERATE(1u, 2u, 3u), 1500));
    const Depths one(trace.trace, 1), two(trace.trace, 2);
    ReadyPeaks whole, bits;
    REQUIRE(whole.update(trace.trace));
    const EventIndex at_once = GENERATE(1, 100, 128, 1000);
    while (!bits.update(trace.trace, at_once)) {
    }
    for (EventIndex first = 0; first < trace->event_count(); first += 13)
        for (const EventIndex length : {0, 1, 40, 127, 128, 129, 700}) {
            const EventIndex last = std::min<EventIndex>(first + length, trace->event_count());
            const std::uint32_t wanted = std::max(one.most(first, last), two.most(first, last));
            REQUIRE(whole.greatest(trace.trace, first, last) == wanted);
            REQUIRE(bits.greatest(trace.trace, first, last) == wanted);
        }
}
