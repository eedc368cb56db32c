// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/axis.hpp"

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr Nanoseconds us = 1'000, ms = 1'000'000, second = 1'000'000'000;
constexpr Position cell = Axis::event_cell;

/// Two steps in one instant, then a second of sleep: what the two axes show differently.
const char* const leap = R"(
0.000000 task_created 1 name=main
0.000001 task_running 1
0.000002 task_suspended 1 on=sleep object=9
1.000000 task_ready 1
1.000000 task_running 1
1.000001 task_done 1 state=finished
)";

}  // namespace

TEST_CASE("an axis of values ends at a round number whose half is round, too") {
    const auto [greatest, whole, top] = GENERATE(table<double, bool, double>({
        {0, false, 1},
        {0, true, 4},
        {0.9, false, 1},
        {1.1, false, 1.2},
        {2.05, false, 3},
        {3, true, 4},
        {4.5, true, 6},
        {7, true, 8},
        {9, true, 10},
        {11, true, 12},
        {100, false, 100},
        {100.006, false, 120},
        {205, false, 300},
        {1234, true, 1600},
        {49'200, true, 50'000},
        {5e9, false, 5e9},
    }));
    CHECK(niceTop(greatest, whole) == top);
}

TEST_CASE("the step between ticks is a nice one") {
    const auto [least, step] = GENERATE(table<double, Nanoseconds>({
        {0.2, 1},
        {1, 1},
        {1.1, 2},
        {3, 5},
        {7, 10},
        {42, 50},
        {600 * us, ms},
        {1.5 * second, 2 * second},
        {5.0 * second, 5 * second},
        {6.0 * second, 10 * second},
        {20.0 * second, 30 * second},
        {45.0 * second, 60 * second},
        {4000.0 * second, 7200 * second},
        {100'000.0 * second, 2 * 86'400 * second},
    }));
    CHECK(niceStep(least) == step);
}

TEST_CASE("on the time axis an event stands at its time, on the step axis at its number") {
    const test::TextTrace trace(leap);
    const Axis time(trace.trace, AxisKind::time), steps(trace.trace, AxisKind::steps);
    CHECK(time.ofEvent(3) == second);
    CHECK(time.ofEvent(4) == second);
    CHECK(steps.ofEvent(3) == 3 * cell);
    CHECK(steps.ofEvent(4) == 4 * cell);
    CHECK(time.all() == Extent{0, second + us});
    CHECK(steps.all() == Extent{0, 6 * cell});
}

TEST_CASE("the cursor stands behind its event, and before all without one") {
    const test::TextTrace trace(leap);
    const Axis time(trace.trace, AxisKind::time), steps(trace.trace, AxisKind::steps);
    CHECK(steps.ofCursor(2) == 2 * cell + cell / 2);
    CHECK(steps.ofCursor(no_event) == 0);
    CHECK(time.ofCursor(2) == 2 * us);
    CHECK(time.ofCursor(no_event) == 0);
    CHECK(steps.ofCursor(1000) == steps.ofCursor(5));  // beyond the end: at the end
}

TEST_CASE("a position names the last event at or before it") {
    const test::TextTrace trace(leap);
    const Axis time(trace.trace, AxisKind::time), steps(trace.trace, AxisKind::steps);
    CHECK(time.eventAt(-1) == no_event);
    CHECK(time.eventAt(0) == 0);
    CHECK(time.eventAt(500 * ms) == 2);
    CHECK(time.eventAt(second) == 4);  // of two in one instant the later one
    CHECK(time.eventAt(9 * second) == 5);
    CHECK(steps.eventAt(-1) == no_event);
    CHECK(steps.eventAt(2 * cell) == 2);
    CHECK(steps.eventAt(3 * cell - 1) == 2);
    CHECK(steps.eventAt(100 * cell) == 5);
}

TEST_CASE("times go to the step axis and back") {
    const test::TextTrace trace(leap);
    const Axis steps(trace.trace, AxisKind::steps);
    const Nanoseconds time = GENERATE(Nanoseconds{-300}, Nanoseconds{0}, 1 * us, 2 * us, 250 * ms, 999 * ms, second,
                                      second + us, second + us + 500);
    CHECK(steps.timeAt(steps.ofTime(time)) == Approx(static_cast<double>(time)).margin(ms));
    CHECK(steps.ofTime(time) <= steps.ofTime(time + 1));
}

TEST_CASE("ticks of the time axis have labels that lie apart and ascend") {
    const test::TextTrace trace(leap);
    const Axis axis(trace.trace, AxisKind::time);
    const auto [begin, end] = GENERATE(table<Position, Position>({
        {0, second},
        {0, 20},
        {-100 * ms, 2 * second},
        {999 * ms, second + 1 * ms},
        {0, 100'000 * second},
    }));
    const TimeScale scale({begin, end}, 0, 1000);
    const auto ticks = axis.ticks(scale, 80);
    REQUIRE(ticks.size() >= 2);
    CHECK(ticks.front().at >= 0);
    for (std::size_t i = 1; i < ticks.size(); ++i) {
        CHECK(scale.x(ticks[i].at) - scale.x(ticks[i - 1].at) >= 80);
        CHECK(ticks[i].label != ticks[i - 1].label);
    }
}

TEST_CASE("the step axis marks where time leaps, and by how much") {
    const test::TextTrace trace(leap);
    const Axis axis(trace.trace, AxisKind::steps);
    const auto ticks = axis.ticks(TimeScale(axis.all(), 0, 1000), 80);
    std::vector<Tick> jumps;
    for (const Tick& tick : ticks)
        if (tick.jump) jumps.push_back(tick);
    REQUIRE(jumps.size() == 1);
    CHECK(jumps[0].at == 3 * cell);
    CHECK(jumps[0].label == "+1 s → 1 s");
    for (std::size_t i = 1; i < ticks.size(); ++i) CHECK(ticks[i].at > ticks[i - 1].at);
}

TEST_CASE("steps of even pace have no leaps") {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "0." + std::to_string(100 + i) + " mark text=m\n";
    const test::TextTrace trace(text);
    const Axis axis(trace.trace, AxisKind::steps);
    const auto ticks = axis.ticks(TimeScale(axis.all(), 0, 1000), 80);
    CHECK(ticks.size() >= 5);
    for (const Tick& tick : ticks) CHECK_FALSE(tick.jump);
}

TEST_CASE("an axis without events answers") {
    const test::TextTrace trace("");
    const AxisKind kind = GENERATE(AxisKind::time, AxisKind::steps);
    const Axis axis(trace.trace, kind);
    CHECK(axis.all() == Extent{0, 0});
    CHECK(axis.eventAt(5) == no_event);
    CHECK(axis.ofCursor(no_event) == 0);
    CHECK(axis.ticks(TimeScale({0, 0}, 0, 100), 50).size() <= 1);
}
