// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/support/sample_traces.hpp"
#include "tests/ui/timeline/shown_timeline.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::family;
using awaitscope::test::ms;
using awaitscope::test::Shown;

TEST_CASE("a known span has the running colour, a known wait the ground of waiting") {
    const bool dark = GENERATE(true, false);
    Shown shown(family);
    shown.timeline.setTimelineStyle(dark ? TimelineStyle::dark() : TimelineStyle::light());
    const QImage image = shown.paint();
    const TimelineStyle& style = shown.timeline.timelineStyle();
    CHECK(image.pixelColor(shown.at("A", 200 * ms)) == style.running);
    CHECK(image.pixelColor(shown.at("B", 400 * ms)) == style.running);
    CHECK(image.pixelColor(shown.at("B", 200 * ms)) == style.ready);
    CHECK(image.pixelColor(shown.at("main", 450 * ms)) == style.waitGround(WaitClass::gather));
    CHECK(image.pixelColor(shown.at("A", 700 * ms)) == style.background);
}

TEST_CASE("selecting a task elsewhere brings its row into sight") {
    Shown shown(test::many_tasks(200, 3));
    const TaskIndex far = shown.trace.task("Task-190");
    shown.view.setSelectedTask(far);
    shown.paint();
    CHECK(shown.row("Task-190").selected);
}

TEST_CASE("a cursor that leaves the range takes it along") {
    Shown shown(family);
    shown.view.setCursor(6);
    shown.view.setRange({0, 200 * ms});
    shown.paint();
    shown.view.setCursor(12);
    shown.paint();
    CHECK(shown.view.range().begin <= 600 * ms);
    CHECK(shown.view.range().end > 600 * ms);
    CHECK(shown.view.range().length() == 200 * ms);
    CHECK(shown.frame().cursor_x > shown.frame().zones.tracks.left());
    CHECK(shown.frame().cursor_x < shown.frame().zones.tracks.right());
}

TEST_CASE("what comes after the cursor is dimmed") {
    Shown shown(family);
    const TimelineStyle& style = shown.timeline.timelineStyle();
    shown.view.setCursor(8);  // A is done, at 300 ms
    const QImage image = shown.paint();
    CHECK(image.pixelColor(shown.at("A", 200 * ms)) == style.running);
    CHECK(image.pixelColor(shown.at("B", 400 * ms)) != style.running);
    CHECK(image.pixelColor(shown.at("B", 400 * ms)) != style.background);
}

TEST_CASE("tasks that the search does not match step back") {
    Shown shown(family);
    shown.view.setSearch("a");
    shown.paint();
    CHECK_FALSE(shown.row("main").dimmed);
    CHECK_FALSE(shown.row("A").dimmed);
    CHECK(shown.row("B").dimmed);
    shown.view.setSearch("work");  // the coroutine
    shown.paint();
    CHECK(shown.row("main").dimmed);
    CHECK_FALSE(shown.row("B").dimmed);
}

TEST_CASE("the axis of steps tells apart what lies in one instant") {
    Shown shown(test::gather_factorial());
    const auto width = [&](const QString& name) {
        double widest = 0;
        const auto rect = shown.row(name).rect;
        for (const QRectF& bar : shown.frame().running)
            if (bar.center().y() > rect.top() && bar.center().y() < rect.bottom())
                widest = std::max(widest, bar.width());
        return widest;
    };
    CHECK(width("Task B") < 6);
    QSignalSpy changed(&shown.timeline, &TimelineView::axisChanged);
    shown.click(TimelinePainter::axisChoice(shown.frame().zones.corner, AxisKind::steps).center());
    CHECK(changed.size() == 1);
    CHECK(shown.timeline.axis() == AxisKind::steps);
    shown.key(Qt::Key_F);
    CHECK(width("Task B") > 20);
    shown.key(Qt::Key_X);
    CHECK(shown.timeline.axis() == AxisKind::time);
}

TEST_CASE("the step axis keeps its range when other views look at times") {
    Shown shown(test::gather_factorial());
    shown.timeline.setAxis(AxisKind::steps);
    shown.key(Qt::Key_F);
    shown.wheel({600, 200}, 4, Qt::ControlModifier);
    const Extent extent = shown.frame().scale.extent();
    shown.wheel({600, 200}, 1, Qt::ControlModifier);
    shown.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(static_cast<double>(shown.frame().scale.extent().begin) ==
          Approx(static_cast<double>(extent.begin)).margin(20));
    CHECK(static_cast<double>(shown.frame().scale.extent().end) == Approx(static_cast<double>(extent.end)).margin(20));
}

TEST_CASE("an arrow leads from who made the selected task ready") {
    Shown shown(family);
    CHECK(shown.frame().arrows.size() <= 1);
    shown.view.setSelectedTask(shown.trace.task("main"));
    shown.paint();
    REQUIRE_FALSE(shown.frame().arrows.empty());
    const auto& arrow = shown.frame().arrows.back();
    CHECK_FALSE(arrow.by_loop);
    CHECK(shown.row("B").rect.contains(QPoint(shown.row("B").rect.left(), static_cast<int>(arrow.from.y()))));
    CHECK(shown.row("main").rect.contains(QPoint(0, static_cast<int>(arrow.to.y()))));
    CHECK(arrow.from.x() == Approx(shown.x(510 * ms)).margin(1));
    CHECK(arrow.to.x() == Approx(shown.x(600 * ms)).margin(1));
}

TEST_CASE("each end has its mark") {
    Shown shown(test::all_kinds());
    std::set<TaskState> ends;
    for (const auto& mark : shown.frame().end_marks) ends.insert(mark.state);
    CHECK(ends == std::set{TaskState::finished, TaskState::cancelled, TaskState::failed});
}

TEST_CASE("lost events are seen as a band with their number") {
    Shown shown(test::echo_traffic(4, 20));
    REQUIRE(shown.frame().losses.size() == 1);
    CHECK(shown.frame().losses[0].count == 1204);
    CHECK(shown.frame().losses[0].end - shown.frame().losses[0].begin >= 3);
    CHECK(shown.frame().overview_losses.size() == 1);
}

TEST_CASE("reads go down, writes go up, and a connection's life is a line") {
    Shown shown(test::echo_traffic(2, 5));
    const auto& row = shown.row("fd 7");
    const int middle = row.rect.center().y();
    const auto inRow = [&](const QRectF& rect) { return row.rect.contains(rect.center().toPoint()); };
    int reads = 0, writes = 0;
    for (const QRectF& rect : shown.frame().reads)
        if (inRow(rect)) {
            ++reads;
            CHECK(rect.top() >= middle);
        }
    for (const QRectF& rect : shown.frame().writes)
        if (inRow(rect)) {
            ++writes;
            CHECK(rect.bottom() <= middle + 1);
        }
    CHECK(reads > 0);
    CHECK(writes > 0);
    CHECK(shown.frame().connection_lines.size() == 2);
}

TEST_CASE("a waiting span says what it waits for") {
    Shown shown(test::gather_factorial());
    QStringList texts;
    for (const FrameLabel& label : shown.frame().labels) texts << label.text;
    CHECK(texts.contains("gather of 3"));
    CHECK(texts.contains("sleep 1 s"));
    CHECK(texts.contains("Task B: factorial(3) = 6"));
}

TEST_CASE("a sleep behind which the loop was kept tells how late it ended, and shows it") {
    Shown shown(
        "0 task_created 1 name=victim\n0 task_created 2 name=culprit\n0 task_running 1\n"
        "0 timer_set 1 handle=7 when=1\n0 task_suspended 1 on=sleep object=7\n0.5 task_running 2\n"
        "4 task_suspended 2 on=sleep object=8\n4 timer_fired handle=7\n4 task_ready 1\n4 task_running 1\n"
        "4 timer_set 1 handle=9 when=6\n4 task_suspended 1 on=sleep object=9\n6 timer_fired handle=9\n"
        "6.0004 task_ready 1\n8 mark text=end\n");
    QStringList texts;
    for (const FrameLabel& label : shown.frame().labels) texts << label.text;
    CHECK(texts.contains("sleep 1 s, 3 s late"));
    CHECK(texts.contains("sleep 2 s"));
    constexpr Nanoseconds second = 1'000'000'000;
    REQUIRE(shown.frame().overdue.size() == 1);
    CHECK(shown.frame().overdue[0].left() == Approx(shown.x(second)).margin(1));
    CHECK(shown.frame().overdue[0].right() == Approx(shown.x(4 * second)).margin(1));
}

TEST_CASE("few tasks take the room there is") {
    Shown shown("0 task_created 1 name=a\n0 task_running 1\n0 task_created 2 name=b\n1 task_done 1 state=finished\n");
    CHECK(shown.frame().rows[0].rect.height() > 70);
}

TEST_CASE("labels of waiting are left out where they do not fit") {
    Shown shown(test::many_tasks(30, 20));
    for (const FrameLabel& label : shown.frame().labels) {
        if (label.mono) continue;
        CHECK(QFontMetrics(shown.timeline.timelineStyle().small_font).horizontalAdvance(label.text) <=
              label.rect.width() + 1);
    }
    CHECK_FALSE(shown.frame().labels.empty());
}

TEST_CASE("the work of a paint follows the pixels, not the events") {
    std::string text = "0.0 task_created 1 name=a\n";
    Shown shown(text);
    // A million spans more, in one task.
    std::vector<Event> events;
    std::uint64_t time = 1000;
    const auto say = [&](EventKind kind, std::uint32_t c = 0) {
        events.push_back({Event::pack(kind, 1, 1), time += 300, 0, 0, c});
    };
    for (int i = 0; i < 334'000; ++i) {
        say(EventKind::task_running);
        say(EventKind::task_suspended, static_cast<std::uint32_t>(WaitKind::sleep));
        say(EventKind::task_ready);
    }
    shown.trace.trace.append(events);
    REQUIRE(shown.trace->tasks()[0].spans.size() > 1'000'000);
    for (const int notches : {0, 20, 20, 20, -30}) {
        shown.wheel({600, 120}, notches, Qt::ControlModifier);
        CHECK(shown.frame().rectangleCount() > 0);
        CHECK(shown.frame().rectangleCount() < 2 * 1000);
        CHECK(shown.timeline.spansLookedAt() < 6 * 1000);
    }
}

TEST_CASE("on a screen of twice the pixels rectangles lie on half pixels of ours") {
    const test::TextTrace trace(test::many_tasks(20, 20));
    QImage image(QSize(1000, 500) * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    RowLayout layout;
    layout.rebuild(trace.trace, {}, 400);
    FrameRequest request;
    request.size = {1000, 500};
    request.pixel_ratio = 2;
    FrameBuilder builder(TimelineStyle::dark());
    const TimelineFrame frame = builder.build(trace.trace, layout, request);
    REQUIRE_FALSE(frame.running.empty());
    bool half = false;
    for (const QRectF& rect : frame.running) {
        CHECK(rect.left() * 2 == std::round(rect.left() * 2));
        half = half || rect.left() != std::round(rect.left());
    }
    CHECK(half);
}

TEST_CASE("an empty timeline says what would fill it") {
    ViewState view;
    TimelineView timeline(view);
    timeline.resize(600, 300);
    timeline.setEmptyText("Nothing yet");
    timeline.grab();
    CHECK(timeline.frame().empty == "Nothing yet");
    CHECK(timeline.description() == "The timeline is empty.");
    QTest::keyClick(&timeline, Qt::Key_F);
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, {300, 150});
    timeline.grab();
    CHECK(view.cursor() == no_event);
    CHECK(view.range() == TimeRange{});
}

TEST_CASE("the picture is told in words") {
    Shown shown(family);
    shown.view.setCursor(7);
    shown.view.setSelectedTask(shown.trace.task("main"));
    const QString words = shown.timeline.description();
    CHECK(words.contains("3 tasks, 14 events"));
    CHECK(words.contains("Cursor at 0.100 s, after event 7: A runs."));
    CHECK(words.contains("Selected: main, main(), waits: gather of 2, at a.cpp:5."));
}

TEST_CASE("paints are timed") {
    Shown shown(family);
    const std::size_t before = shown.timeline.frameTimes().size();
    REQUIRE(before > 0);
    for (int i = 0; i < 300; ++i) shown.timeline.grab();
    CHECK(shown.timeline.frameTimes().size() == 240);
    CHECK(shown.timeline.frameTimes().back() > 0);
}

TEST_CASE("the same picture is painted elsewhere, at another size") {
    Shown shown(family);
    shown.view.setRange({100 * ms, 500 * ms});
    QImage image(1600, 700, QImage::Format_RGB32);
    QPainter painter(&image);
    shown.timeline.renderTo(&painter, image.size());
    painter.end();
    int running = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 300; x < image.width(); ++x)
            running += image.pixelColor(x, y) == shown.timeline.timelineStyle().running;
    CHECK(running > 20 * 600);  // two steps that fill half of the width each
}

TEST_CASE("the legend gives its room to the tracks when it stands elsewhere") {
    Shown shown(family);
    const int top = shown.frame().zones.tracks.top();
    shown.timeline.setLegendVisible(false);
    shown.paint();
    CHECK(shown.frame().zones.legend.height() == 0);
    CHECK(shown.frame().zones.tracks.top() < top);
}

TEST_CASE("no pixel of an earlier picture stays: the last one of a walk is what a new view paints") {
    const std::string text = GENERATE(test::many_tasks(200, 20), test::many_tasks(12, 400), test::all_kinds());
    Shown walked(text);
    for (const Qt::Key key : {Qt::Key_W, Qt::Key_W, Qt::Key_D, Qt::Key_W, Qt::Key_A, Qt::Key_S, Qt::Key_W})
        walked.key(key);
    for (const int notches : {-3, -5, 2}) walked.wheel({500, 300}, notches, Qt::ShiftModifier);
    for (const int notches : {2, 3, -1}) walked.wheel({500, 300}, notches, Qt::ControlModifier);
    walked.view.setSelectedTask(1);

    Shown fresh(text);
    fresh.view.setCursor(walked.view.cursor());
    fresh.view.setRange(walked.view.range());
    fresh.view.setSelectedTask(1);
    const auto bar = [](Shown& shown) { return shown.timeline.findChild<QScrollBar*>(); };
    bar(walked)->setValue(bar(walked)->maximum() / 3);
    fresh.paint();
    bar(fresh)->setValue(bar(fresh)->maximum() / 3);
    for (Shown* each : {&walked, &fresh}) each->timeline.clearFocus();  // only one of them can have it
    CHECK(walked.paint() == fresh.paint());
}
