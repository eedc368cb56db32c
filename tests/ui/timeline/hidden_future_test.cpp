// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/ui/timeline/shown_timeline.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// How far to the right anything of a frame reaches that tells of events.
double reach(const TimelineFrame& frame) {
    double most = 0;
    const auto see = [&](const std::vector<QRectF>& rects) {
        for (const QRectF& rect : rects) most = std::max(most, rect.right());
    };
    for (const auto* rects : {&frame.running, &frame.ready, &frame.wait_slivers, &frame.output_ticks}) see(*rects);
    for (const auto* kinds : {&frame.waiting, &frame.wait_edges, &frame.wait_thin})
        for (const auto& rects : *kinds) see(rects);
    for (const auto& arrow : frame.arrows) most = std::max(most, arrow.to.x());
    for (const auto& tick : frame.ticks) most = std::max(most, tick.x);
    for (const auto& noted : frame.noted) most = std::max(most, noted.x);
    for (const auto& loop : frame.loops)
        for (const QPointF& point : loop.points) most = std::max(most, point.x());
    return most;
}

double overviewReach(const TimelineFrame& frame) {
    double most = 0;
    for (const QRectF& rect : frame.overview_running) most = std::max(most, rect.right());
    for (const auto& noted : frame.overview_noted) most = std::max(most, noted.x);
    return most;
}

}  // namespace

TEST_CASE("While a question is open, nothing of a frame tells of what comes after the cursor") {
    Shown it(family);
    it.timeline.setNoted({{10, 2}});
    for (const AxisKind axis : {AxisKind::time, AxisKind::steps}) {
        it.timeline.setAxis(axis);
        it.view.setFutureHidden(false);
        it.view.setCursor(7);  // A runs, at 100 ms
        it.paint();
        CHECK(it.frame().end_marks.size() == 3);
        CHECK(reach(it.frame()) > it.frame().cursor_x + 50);
        it.view.setFutureHidden(true);
        it.paint();
        CHECK(it.frame().end_marks.empty());
        CHECK(it.frame().noted.empty());
        CHECK(reach(it.frame()) <= it.frame().cursor_x + 1);
        CHECK(overviewReach(it.frame()) <= it.frame().overview_cursor_x + 1);
        CHECK(it.frame().rows.size() == 3);
        it.view.setCursor(2);  // before main has made A and B
        it.paint();
        CHECK(it.frame().rows.size() == 1);
    }
}

TEST_CASE("A wait that is not over does not tell how long it will be") {
    constexpr auto sleeper = R"(
0.000 task_created 1 name=main
0.000 task_running 1
0.100 task_suspended 1 on=sleep object=4
0.300 output 1 text="a line of words"
0.900 task_ready 1
1.000 task_running 1
1.100 task_done 1 state=finished
)";
    Shown it(sleeper);
    const auto word = [&] {
        for (const FrameLabel& label : it.frame().labels)
            if (!label.mono) return label.text;
        return QString();
    };
    it.view.setCursor(3);
    it.paint();
    CHECK(word() == "sleep 800 ms");
    it.view.setFutureHidden(true);
    it.paint();
    CHECK(word() == "sleep");
}

TEST_CASE("What was printed, and who has ended, is known from its event on, though it stands right of it") {
    Shown it(
        "0 task_created 1 name=main\n0 task_running 1\n0.5 output 1 text=\"hello\"\n1 task_done 1 state=finished\n");
    const auto known = [&](EventIndex cursor) {
        it.view.setCursor(cursor);
        it.paint();
        const auto word = std::ranges::find(it.frame().labels, true, &FrameLabel::mono);
        REQUIRE(word != it.frame().labels.end());
        REQUIRE(it.frame().end_marks.size() == 1);
        return std::pair(word->known, it.frame().end_marks.front().known);
    };
    CHECK(known(1) == std::pair(false, false));
    CHECK(known(2) == std::pair(true, false));
    CHECK(known(3) == std::pair(true, true));
}

TEST_CASE("What answers a question is framed, as far as it may be seen") {
    Shown it(family);
    it.view.setAnswer(EventStretch{7, 10});  // from 100 to 500 ms
    it.paint();
    CHECK(it.frame().answer.left() == Approx(it.x(100 * ms)).margin(2));
    CHECK(it.frame().answer.right() == Approx(it.x(500 * ms)).margin(2));
    it.view.setFutureHidden(true);
    it.view.setCursor(8);  // 300 ms
    it.paint();
    CHECK(it.frame().answer.right() <= it.frame().cursor_x + 1);
    it.view.setAnswer(std::nullopt);
    it.paint();
    CHECK(it.frame().answer.isEmpty());
}
