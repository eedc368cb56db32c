// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline by itself: kinds of waiting, the axis of steps, many tasks, one task, I/O with a loss.
#include <catch2/catch.hpp>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"
#include "tests/ui/pictures/approved_picture.hpp"
#include "tests/ui/pictures/stage.hpp"
#include "ui/timeline/timeline_view.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

void checkTimeline(const QString& name, const std::string& text, ui::AxisKind axis = ui::AxisKind::time) {
    const TextTrace trace(text);
    inEachTheme([&](ui::ThemeSwitch::Choice theme, const QString& suffix) {
        ui::ThemeSwitch::instance().apply(theme);
        ui::ViewState view;
        view.setFollowing(false);
        ui::TimelineView timeline(view);
        timeline.setTimelineStyle(suffix == "-dark" ? ui::TimelineStyle::dark() : ui::TimelineStyle::light());
        timeline.resize(900, 420);
        timeline.setTrace(&trace.trace);
        timeline.setAxis(axis);
        view.setCursor(trace->event_count() * 6 / 10);
        view.setSelectedTask(trace->tasks().size() > 2 ? 2 : 0);
        const QImage image = painted(timeline, timeline.size());
        checkPicture("timeline-" + name + suffix, image);
    });
}

}  // namespace

TEST_CASE("every kind of waiting, by colour and pattern") {
    checkTimeline("kinds", all_kinds());
}

TEST_CASE("processes and their loops") {
    checkTimeline("processes", two_processes());
}

TEST_CASE("the axis of steps") {
    checkTimeline("steps", gather_factorial(), ui::AxisKind::steps);
}

TEST_CASE("a single task") {
    checkTimeline("one-task", many_tasks(0, 1));
}

TEST_CASE("as many tasks as need packed rows") {
    checkTimeline("many-tasks", many_tasks(400, 8));
}

TEST_CASE("connections, a mark, and events that were lost") {
    checkTimeline("io", echo_traffic(4, 20));
}

TEST_CASE("losses so close that their counts would lie one over the other") {
    std::string text =
        "0 task_created 1 name=main coro=main_\n0.001 task_running 1\n"
        "0.100 task_suspended 1 on=sleep\n0.110 lost count=516769\n"
        "0.120 task_running 1\n0.130 lost count=8631\n"
        "0.140 task_suspended 1 on=sleep\n0.150 lost count=5\n";
    for (int i = 5; i <= 10; ++i)  // for the cursor, whose head would hide a count
        text += std::to_string(i / 10.0) + (i % 2 ? " task_running 1\n" : " task_suspended 1 on=sleep\n");
    checkTimeline("losses", text);
}

TEST_CASE("nothing at all") {
    checkTimeline("nothing", "");
}
