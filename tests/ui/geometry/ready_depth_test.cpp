// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/ready_depth.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr Nanoseconds ms = 1'000'000;

struct Curve {
    std::vector<DepthPoint> points;
    std::uint32_t greatest = 0;
    /// The depth drawn at x: the highest of the points and lines there.
    double at(double x) const {
        double most = 0;
        for (std::size_t i = 0; i + 1 < points.size(); ++i)
            if (points[i].x <= x && x < points[i + 1].x)
                most = points[i].depth +
                       (points[i + 1].depth - points[i].depth) * (x - points[i].x) / (points[i + 1].x - points[i].x);
        return most;
    }
};

Curve curveOf(const Trace& trace, Extent extent, double width) {
    Curve curve;
    const Axis axis(trace, AxisKind::time);
    const TimeScale scale(extent, 0, width);
    const ColumnMap columns(trace, axis, scale, 1, 0, static_cast<int>(width));
    curve.points = depthCurve(trace, trace.loops()[0], axis, scale, columns, curve.greatest);
    return curve;
}

std::string turns(int count, int (*ready)(int)) {
    std::string text = "0.0 loop_started name=main\n";
    for (int i = 1; i <= count; ++i)
        text += fmt::format("{:.3f} iteration n={} ready={} timers=0\n", i * 0.001, i, ready(i));
    return text;
}

}  // namespace

TEST_CASE("up close the depth falls by one as each handle runs, and rises as tasks become ready") {
    const test::TextTrace trace(R"(
0.000 loop_started name=main
0.001 task_created 1 name=a
0.001 task_created 2 name=b
0.010 iteration n=1 ready=2 timers=0
0.020 task_running 1
0.030 task_suspended 1 on=sleep object=9
0.040 task_running 2
0.050 task_ready 1 by=2
0.060 task_suspended 2 on=sleep object=8
0.070 iteration n=2 ready=1 timers=0
0.080 task_running 1
0.090 task_done 1 state=finished
)");
    const Curve curve = curveOf(trace.trace, {0, 100 * ms}, 1000);
    CHECK(curve.greatest == 2);
    CHECK(curve.at(150) == 2);
    CHECK(curve.at(250) == 1);
    CHECK(curve.at(450) == 0);
    CHECK(curve.at(550) == 1);
    CHECK(curve.at(750) == 1);
    CHECK(curve.at(850) == 0);
}

TEST_CASE("a handle that leaves no event has run before the selector is asked, however long that waits") {
    const test::TextTrace trace(R"(
0.000 loop_started name=main
0.010 iteration n=1 ready=1 timers=1
0.090 timer_fired handle=6
0.090 iteration n=2 ready=1 timers=0
)");
    CHECK(curveOf(trace.trace, {0, 100 * ms}, 1000).at(500) == 0);
    // On the axis of steps the event's own cell is still the handle's.
    Curve curve;
    const Axis axis(trace.trace, AxisKind::steps);
    const TimeScale scale({0, 4 * Axis::event_cell}, 0, 400);
    const ColumnMap columns(trace.trace, axis, scale, 1, 0, 400);
    curve.points = depthCurve(trace.trace, trace->loops()[0], axis, scale, columns, curve.greatest);
    CHECK(curve.at(150) == 1);
    CHECK(curve.at(250) == 0);
}

TEST_CASE("a timer's handle goes as the task it wakes comes") {
    const test::TextTrace trace(R"(
0.000 task_created 1 name=a
0.000 loop_started name=main
0.010 iteration n=1 ready=1 timers=0
0.020 task_ready 1
0.040 task_ready 1 by=1
0.060 iteration n=2 ready=2 timers=0
)");
    const Curve curve = curveOf(trace.trace, {0, 100 * ms}, 1000);
    CHECK(curve.at(150) == 1);
    CHECK(curve.at(300) == 1);
    CHECK(curve.at(450) == 2);
}

TEST_CASE("from further off a turn is a tooth that ends where the selector waits") {
    std::string text = "0.0 loop_started name=main\n";
    // A turn takes a tenth of a second in which 5 handles run, and then the loop waits for nine tenths.
    for (int i = 0; i < 10; ++i) {
        if (i > 0) text += fmt::format("{}.0 poll timeout=1 took=0.9 ready=0\n", i);
        text += fmt::format("{}.0 iteration n={} ready=5 timers=0\n", i, i + 1);
        for (int k = 0; k < 100; ++k) text += fmt::format("{}.05 mark text=x\n", i);
    }
    text += "10.0 poll timeout=1 took=0.9 ready=0\n";
    const test::TextTrace trace(text);
    const Curve curve = curveOf(trace.trace, {0, 10'000 * ms}, 100);
    CHECK(curve.greatest == 5);
    CHECK(curve.at(30.001) == Approx(5).margin(0.1));
    CHECK(curve.at(35) == Approx(0).margin(0.1));
}

TEST_CASE("turns denser than pixels show the greatest of each") {
    const test::TextTrace trace(turns(20'000, [](int i) { return i == 7000 ? 50 : 1; }));
    const Curve curve = curveOf(trace.trace, {0, 20'000 * ms}, 200);
    CHECK(curve.greatest == 50);
    CHECK(curve.points.size() <= 2 * 200 + 2);
    double most = 0;
    for (const DepthPoint& point : curve.points) most = std::max(most, point.depth);
    CHECK(most == 50);
}

TEST_CASE("a long turn among turns denser than pixels falls from what was ready to nothing") {
    std::string text = turns(10'000, [](int) { return 1; });
    text += "10.001 iteration n=10001 ready=400 timers=0\n";
    for (int i = 1; i <= 400; ++i) text += fmt::format("{:.3f} task_running {}\n", 10.001 + i * 0.024, i);
    text += "19.601 poll timeout=1 took=0 ready=0\n";
    for (int i = 0; i < 10'000; ++i)
        text += fmt::format("{:.4f} iteration n=1 ready=1 timers=0\n", 19.602 + i * 0.0001);
    const test::TextTrace trace(text);
    const Curve curve = curveOf(trace.trace, {0, 20'000 * ms}, 200);
    CHECK(curve.at(50.5) == 1);
    CHECK(curve.at(100.5) == 400);
    CHECK(curve.at(148) == Approx(200).margin(5));
    CHECK(curve.at(190) == Approx(25).margin(5));
    CHECK(curve.points.back().depth == 1);
}

TEST_CASE("a loop that has not turned has no curve") {
    const test::TextTrace trace("0.0 loop_started name=main\n0.1 mark text=x\n");
    REQUIRE(trace->loops().size() == 1);
    CHECK(curveOf(trace.trace, {0, 100 * ms}, 100).points.empty());
}

TEST_CASE("a task that gives way is ready again at once, and a viewer's questions make nothing ready") {
    const test::TextTrace trace(R"(
0.000 loop_started name=main
0.001 task_created 1 name=a
0.001 task_created 2 name=b
0.010 iteration n=1 ready=2 timers=0
0.020 task_running 1
0.030 task_suspended 1 on=yield
0.040 task_running 2
0.050 snapshot_begin tasks=1
0.051 task_alive 1 name=a
0.052 task_ready 1
0.060 snapshot_end
0.070 task_suspended 2 on=yield
)");
    const Curve curve = curveOf(trace.trace, {0, 100 * ms}, 1000);
    CHECK(curve.at(250) == 1);
    CHECK(curve.at(350) == 2);
    CHECK(curve.at(450) == 1);
    CHECK(curve.at(650) == 1);
    CHECK(curve.points.back().depth == 2);
}

TEST_CASE("a loop that waits since its last turn has nothing ready, though it has not said so yet") {
    const std::string asked =
        "0.001 task_created 1 name=a\n0.010 iteration n=1 ready=2 timers=0\n0.020 task_running 1\n";
    const auto depths = [](const std::string& text) {
        const test::TextTrace trace(text);
        const Curve near = curveOf(trace.trace, {0, 100 * ms}, 1000), far = curveOf(trace.trace, {0, 100 * ms}, 2);
        return std::pair(near.points.back().depth, far.points.back().depth);
    };
    CHECK(depths(asked + "0.030 task_suspended 1 on=lock object=5\n9 silence\n") == std::pair(0.0, 0.0));
    CHECK(depths("0.010 iteration n=1 ready=2 timers=0\n9 silence\n") == std::pair(0.0, 0.0));
    // But a task that runs, or another thread that sees the loop kept, tells of a turn that is under way.
    CHECK(depths(asked + "9 silence\n").first == 1);
    CHECK(depths("0.010 iteration n=1 ready=2 timers=0\n0.5 stack frame=0 coro=f file=x.py line=1\n").first == 2);
}
