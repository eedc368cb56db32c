// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_view.hpp"

#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/trace_text.hpp"
#include "tests/ui/timeline/sample_traces.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr Nanoseconds ms = 1'000'000;

/// main waits for A and B; A runs from 100 to 300 ms and ends, B from 300 to 500 ms; main from 600 to 1000 ms.
const char* const family = R"(
0.000 loop_started name=main
0.000 task_created 1 name=main coro=main file=a.cpp line=3
0.000 task_running 1
0.050 task_created 2 name=A coro=work file=a.cpp line=9 parent=1
0.050 task_created 3 name=B coro=work file=a.cpp line=9 parent=1
0.060 task_suspended 1 on=gather object=9 file=a.cpp line=5
0.090 iteration n=1 ready=2 timers=0
0.100 task_running 2
0.300 task_done 2 state=finished
0.300 task_running 3
0.500 task_done 3 state=failed error=ValueError
0.510 task_ready 1 by=3
0.600 task_running 1
1.000 task_done 1 state=finished
)";

/// A shown timeline of a text, 1000 pixels wide. The cursor stands at the end, and nothing follows.
struct Shown {
    explicit Shown(const std::string& text, QSize size = {1000, 500}) : trace(text), timeline(view) {
        view.setFollowing(false);
        view.setGestureGap(0);
        timeline.resize(size);
        timeline.setTrace(&trace.trace);
        if (trace->event_count() > 0) view.setCursor(trace->event_count() - 1);
        timeline.show();
        (void)QTest::qWaitForWindowExposed(&timeline);
        paint();
    }
    QImage paint() { return timeline.grab().toImage(); }
    const TimelineFrame& frame() { return timeline.frame(); }
    double x(Nanoseconds time) { return frame().scale.x(Axis(trace.trace, timeline.axis()).ofTime(time)); }
    Nanoseconds timeAt(double at) { return Axis(trace.trace, timeline.axis()).timeAt(frame().scale.at(at)); }
    const TimelineFrame::RowItem& row(const QString& name) {
        for (const auto& item : frame().rows)
            if (item.name == name) return item;
        throw std::out_of_range("no row named " + name.toStdString());
    }
    /// Where a task's bars are at a time.
    QPoint at(const QString& name, Nanoseconds time) {
        return {static_cast<int>(x(time)), static_cast<int>(trackMeasures(frame().density, row(name).rect).centre)};
    }
    void click(QPoint point, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(&timeline, Qt::LeftButton, modifiers, point);
        paint();
    }
    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(&timeline, button, modifiers, from);
        move(from + (to - from) / 2, button, modifiers);
        move(to, button, modifiers);
        QTest::mouseRelease(&timeline, button, modifiers, to);
        paint();
    }
    void move(QPoint to, Qt::MouseButton button = Qt::NoButton, Qt::KeyboardModifiers modifiers = {}) {
        QMouseEvent event(QEvent::MouseMove, to, timeline.mapToGlobal(to), Qt::NoButton, button, modifiers);
        QApplication::sendEvent(&timeline, &event);
    }
    void wheel(QPoint at, int notches, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent event(at, timeline.mapToGlobal(at), {}, {0, notches * 120}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&timeline, &event);
        paint();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&timeline, key, modifiers);
        paint();
    }

    test::TextTrace trace;
    ViewState view;
    TimelineView timeline;
};

}  // namespace

TEST_CASE("a known span has the running colour, a known wait the ground of waiting") {
    const bool dark = GENERATE(true, false);
    Shown shown(family);
    shown.timeline.setTimelineStyle(dark ? TimelineStyle::dark() : TimelineStyle::light());
    const QImage image = shown.paint();
    const TimelineStyle& style = shown.timeline.timelineStyle();
    CHECK(image.pixelColor(shown.at("A", 200 * ms)) == style.running);
    CHECK(image.pixelColor(shown.at("B", 400 * ms)) == style.running);
    CHECK(image.pixelColor(shown.at("B", 200 * ms)) == style.ready);
    CHECK(image.pixelColor(shown.at("main", 450 * ms)) == style.wait_ground);
    CHECK(image.pixelColor(shown.at("A", 700 * ms)) == style.background);
}

TEST_CASE("the wheel with Ctrl zooms around the pointer") {
    Shown shown(family);
    const int notches = GENERATE(1, 3, -1);
    shown.wheel(shown.at("A", 500 * ms), 4, Qt::ControlModifier);
    const QPoint pointer = shown.at("A", 450 * ms);
    const Nanoseconds under = shown.timeAt(pointer.x());
    const double length = static_cast<double>(shown.view.range().length());
    shown.wheel(pointer, notches, Qt::ControlModifier);
    CHECK(static_cast<double>(shown.timeAt(pointer.x())) == Approx(static_cast<double>(under)).margin(ms / 10));
    CHECK(static_cast<double>(shown.view.range().length()) == Approx(length / std::pow(1.2, notches)).epsilon(1e-3));
}

TEST_CASE("a click selects the task and puts the cursor there") {
    Shown shown(family);
    shown.click(shown.at("B", 400 * ms));
    CHECK(shown.view.selectedTask() == shown.trace.task("B"));
    CHECK(shown.trace->time_at(shown.view.cursor()) == 300 * ms);
    CHECK(shown.row("B").selected);
    shown.click(shown.at("A", 200 * ms));
    CHECK(shown.view.selectedTask() == shown.trace.task("A"));
    CHECK_FALSE(shown.row("B").selected);
}

TEST_CASE("a step too short for the eye is hit where it is drawn") {
    Shown shown(test::gather_factorial());
    // A second after the start, a step of 3 µs is drawn three pixels wide.
    const TaskIndex b = shown.trace.task("Task B");
    const Task& task = shown.trace->tasks()[b];
    std::size_t step = 0;
    while (task.spans[step].state != TaskState::running || task.spans[step].begin < 900 * ms) ++step;
    QPoint point = shown.at("Task B", task.spans[step].begin);
    point.rx() += 1;
    shown.click(point);
    CHECK(shown.view.cursor() == task.spans.event_of(step));
    CHECK(shown.view.selectedTask() == b);
}

TEST_CASE("a click on a name selects without moving the cursor") {
    Shown shown(family);
    const EventIndex before = shown.view.cursor();
    shown.click(shown.row("A").rect.topLeft() + QPoint(60, 20));
    CHECK(shown.view.selectedTask() == shown.trace.task("A"));
    CHECK(shown.view.cursor() == before);
}

TEST_CASE("dragging pans, and is no click") {
    Shown shown(family);
    shown.wheel(shown.at("A", 500 * ms), 5, Qt::ControlModifier);
    const EventIndex cursor = shown.view.cursor();
    const TimeRange range = shown.view.range();
    const double pixels_per_ns = shown.frame().scale.pixelsPerUnit();
    const QPoint from(600, shown.row("A").rect.center().y());
    shown.drag(from, from - QPoint(100, 0));
    CHECK(static_cast<double>(shown.view.range().begin - range.begin) == Approx(100 / pixels_per_ns).epsilon(1e-3));
    CHECK(shown.view.range().length() == range.length());
    CHECK(shown.view.cursor() == cursor);
    CHECK(shown.view.selectedTask() == no_task);
}

TEST_CASE("a drag with Shift, or with the right button, zooms to what it spans") {
    Shown shown(family);
    const bool right = GENERATE(true, false);
    const QPoint from = shown.at("A", 200 * ms), to = shown.at("A", 400 * ms);
    const Nanoseconds begin = shown.timeAt(from.x()), end = shown.timeAt(to.x());
    shown.drag(from, to, right ? Qt::RightButton : Qt::LeftButton, right ? Qt::NoModifier : Qt::ShiftModifier);
    CHECK(shown.view.range().begin == begin);
    CHECK(shown.view.range().end == end);
    SECTION("and can be taken back") {
        shown.key(Qt::Key_Z, Qt::ControlModifier);
        CHECK(shown.view.range().length() != end - begin);
        shown.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        CHECK(shown.view.range().begin == begin);
    }
}

TEST_CASE("a double click zooms to the span under it, on a name to the task's life") {
    Shown shown(family);
    SECTION("span") {
        QTest::mouseDClick(&shown.timeline, Qt::LeftButton, {}, shown.at("B", 400 * ms));
        CHECK(shown.view.range().begin < 300 * ms);
        CHECK(shown.view.range().begin > 250 * ms);
        CHECK(shown.view.range().end > 500 * ms);
        CHECK(shown.view.range().end < 550 * ms);
    }
    SECTION("life") {
        QTest::mouseDClick(&shown.timeline, Qt::LeftButton, {}, shown.row("A").rect.topLeft() + QPoint(60, 20));
        CHECK(shown.view.range().begin < 50 * ms);
        CHECK(shown.view.range().begin > 20 * ms);
        CHECK(shown.view.range().end < 330 * ms);
        CHECK(shown.view.range().end > 300 * ms);
    }
}

TEST_CASE("the ruler scrubs the cursor") {
    Shown shown(family);
    const int y = shown.frame().zones.ruler.center().y();
    const TimeRange range = shown.view.range();
    shown.drag({static_cast<int>(shown.x(20 * ms)), y}, {static_cast<int>(shown.x(405 * ms)), y});
    CHECK(shown.trace->time_at(shown.view.cursor()) == 300 * ms);
    CHECK(shown.view.range() == range);
}

TEST_CASE("the overview's window can be dragged, and taken by its ends") {
    Shown shown(family);
    shown.wheel(shown.at("A", 300 * ms), 8, Qt::ControlModifier);
    const TimeRange range = shown.view.range();
    const QRectF window = shown.frame().overview_window;
    const int y = shown.frame().zones.overview.center().y();
    SECTION("moved") {
        shown.drag({static_cast<int>(window.center().x()), y}, {static_cast<int>(window.center().x()) + 80, y});
        CHECK(shown.view.range().begin > range.begin);
        CHECK(shown.view.range().length() == range.length());
        CHECK(shown.frame().overview_window.left() == Approx(window.left() + 80).margin(2));
    }
    SECTION("by its begin") {
        shown.drag({static_cast<int>(window.left()), y}, {static_cast<int>(window.left()) - 40, y});
        CHECK(shown.view.range().begin < range.begin);
        CHECK(shown.view.range().end == range.end);
    }
    SECTION("by its end") {
        shown.drag({static_cast<int>(window.right()), y}, {static_cast<int>(window.right()) + 40, y});
        CHECK(shown.view.range().begin == range.begin);
        CHECK(shown.view.range().end > range.end);
    }
    SECTION("a press beside it brings it there") {
        shown.click({shown.frame().zones.overview.right() - 60, y});
        CHECK(shown.view.range().begin > range.begin);
        CHECK(shown.view.range().length() == range.length());
    }
}

TEST_CASE("a folded task hides its children until it is unfolded") {
    Shown shown(family);
    REQUIRE(shown.frame().rows.size() == 3);
    const QPoint mark = TimelinePainter::foldMark(shown.row("main"), shown.frame().density).center();
    shown.click(mark);
    CHECK(shown.frame().rows.size() == 1);
    CHECK(shown.frame().rows[0].row.folded);
    CHECK(shown.view.selectedTask() == no_task);
    shown.click(mark);
    CHECK(shown.frame().rows.size() == 3);
    SECTION("by key") {
        shown.view.setSelectedTask(shown.trace.task("main"));
        shown.key(Qt::Key_Return);
        CHECK(shown.frame().rows.size() == 1);
    }
}

TEST_CASE("the plain wheel scrolls the rows") {
    Shown shown(test::many_tasks(200, 3));
    const QString first = shown.frame().rows.front().name;
    const TimeRange range = shown.view.range();
    shown.wheel({500, 300}, -5);
    CHECK(shown.frame().rows.front().name != first);
    CHECK(shown.view.range() == range);
    shown.wheel({500, 300}, 50);
    CHECK(shown.frame().rows.front().name == first);
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
