// SPDX-License-Identifier: GPL-3.0-or-later
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>

#include "tests/support/sample_traces.hpp"
#include "tests/ui/timeline/shown_timeline.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::family;
using awaitscope::test::ms;
using awaitscope::test::Shown;

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
    const QPoint mark = TimelinePainter::foldMark(shown.row("main"), shown.frame()).center();
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

TEST_CASE("processes and their loops are headings that fold, by the mouse and by keys") {
    Shown shown(test::two_processes());
    REQUIRE(shown.frame().rows.size() == 8);
    CHECK(shown.frame().rows[0].name == "web 4711");
    CHECK(shown.frame().rows[0].detail == "3 tasks");
    CHECK(shown.row("helper").row.depth == 1);
    CHECK(shown.row("worker 4712").detail == "1 task");
    const auto mark = [&](const QString& name) {
        return TimelinePainter::foldMark(shown.row(name), shown.frame()).center();
    };
    shown.click(mark("web 4711"));
    CHECK(shown.frame().rows.size() == 3);
    CHECK(shown.view.sight().folded_processes == std::set<std::uint32_t>{4711});
    shown.view.undo();
    shown.paint();
    CHECK(shown.frame().rows.size() == 8);
    shown.click(mark("helper"));
    CHECK(shown.frame().rows.size() == 7);
    shown.view.setSelectedTask(shown.trace.task("client"));
    shown.key(Qt::Key_Return, Qt::ShiftModifier);  // the loop of the selected task
    CHECK(shown.frame().rows.size() == 5);
    shown.key(Qt::Key_Return, Qt::ShiftModifier);
    CHECK(shown.frame().rows.size() == 7);
    shown.view.setSelectedTask(shown.trace.task("job"));
    shown.key(Qt::Key_Return, Qt::ShiftModifier);
    CHECK(shown.view.sight().folded_processes == std::set<std::uint32_t>{4712});
    shown.key(Qt::Key_Return);  // what hides it is what stands for it
    CHECK(shown.view.sight().folded_processes.empty());
}

TEST_CASE("loops of one name are told apart by their numbers") {
    Shown shown(
        "0 loop_started loop=1 name=app\n0 loop_started loop=2 name=app\n0 task_created 1 loop=1 name=a\n"
        "1 task_created 2 loop=2 name=b\n");
    CHECK(shown.frame().rows[0].name == "app, loop 1");
    CHECK(shown.frame().rows[2].name == "app, loop 2");
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

TEST_CASE("the pointer rests, and the span under it is told in full") {
    Shown shown(family);
    const auto tip = [&](QPoint at) {
        QHelpEvent event(QEvent::ToolTip, at, shown.timeline.mapToGlobal(at));
        QApplication::sendEvent(&shown.timeline, &event);
        return QToolTip::text();
    };
    const QString running = tip(shown.at("B", 400 * ms));
    CHECK(running.contains("B · running"));
    CHECK(running.contains("0.300 s"));
    CHECK(running.contains("0.500 s"));
    CHECK(running.contains("200 ms"));
    const QString waiting = tip(shown.at("main", 400 * ms));
    CHECK(waiting.contains("waiting: gather of 2"));
    CHECK(waiting.contains("a.cpp:5"));
    const QString ready = tip(shown.at("main", 550 * ms));
    CHECK(ready.contains("ready"));
    CHECK(ready.contains("B</td>"));
    const QString name = tip(shown.row("B").rect.topLeft() + QPoint(60, 20));
    CHECK(name.contains("B · work()"));
    CHECK(name.contains("ValueError"));
    CHECK(tip({static_cast<int>(shown.x(250 * ms)), shown.frame().zones.ruler.center().y()}).startsWith("0.2"));
}

TEST_CASE("a connection's traffic is told to the byte") {
    Shown shown(test::echo_traffic(2, 5));
    REQUIRE_FALSE(shown.frame().writes.empty());
    const QPointF at = shown.frame().writes.front().center();
    QHelpEvent event(QEvent::ToolTip, at.toPoint(), shown.timeline.mapToGlobal(at.toPoint()));
    QApplication::sendEvent(&shown.timeline, &event);
    CHECK(QToolTip::text().contains("127.0.0.1:512"));
    CHECK(QToolTip::text().contains("written"));
    CHECK(QToolTip::text().contains("bytes at"));
}

TEST_CASE("a drag with Ctrl measures: the range stays, and Escape or a press takes the measure away") {
    Shown shown(family);
    const TimeRange before = shown.view.range();
    const EventIndex cursor = shown.view.cursor();
    CHECK(shown.timeline.measuredText().isEmpty());
    const auto measure = [&] {
        shown.drag(shown.at("A", 70 * ms), shown.at("A", 350 * ms), Qt::LeftButton, Qt::ControlModifier);
    };
    measure();
    const QString text = shown.timeline.measuredText();
    INFO(text.toStdString());
    CHECK(text.endsWith(", 4 events"));
    const double length = text.section(' ', 0, 0).toDouble();
    CHECK(length == Approx(280).margin(3));
    CHECK(shown.view.range() == before);
    CHECK(shown.view.cursor() == cursor);
    shown.view.setSelectedTask(shown.trace.task("A"));
    shown.key(Qt::Key_Escape);
    CHECK(shown.timeline.measuredText().isEmpty());
    CHECK(shown.view.selectedTask() == shown.trace.task("A"));
    measure();
    shown.click(shown.at("B", 400 * ms));
    CHECK(shown.timeline.measuredText().isEmpty());
}

TEST_CASE("each gesture that is told of does something") {
    const auto drag = [](Shown& shown, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
        const QPoint from = shown.at("A", 200 * ms), to = from + QPoint(90, 0);
        QTest::mousePress(&shown.timeline, button, modifiers, from);
        QMouseEvent move(QEvent::MouseMove, QPointF(to), shown.timeline.mapToGlobal(QPointF(to)), Qt::NoButton, button,
                         modifiers);
        QApplication::sendEvent(&shown.timeline, &move);
        QTest::mouseRelease(&shown.timeline, button, modifiers, to);
    };
    struct Menus : QWidget {
        int asked = 0;
        void contextMenuEvent(QContextMenuEvent*) override { ++asked; }
    };
    const std::map<QString, std::function<bool(Shown&)>> does{
        {"Click",
         [](Shown& it) {
             it.click(it.at("A", 200 * ms));
             return it.view.selectedTask() == it.trace.task("A");
         }},
        {"Drag",
         [&](Shown& it) {
             const TimeRange before = it.view.range();
             drag(it, Qt::LeftButton, {});
             return it.view.range() != before && it.view.range().length() == before.length();
         }},
        {"Shift Drag",
         [&](Shown& it) {
             const Nanoseconds before = it.view.range().length();
             drag(it, Qt::LeftButton, Qt::ShiftModifier);
             return it.view.range().length() < before / 2;
         }},
        {"Ctrl Drag",
         [&](Shown& it) {
             drag(it, Qt::LeftButton, Qt::ControlModifier);
             return !it.timeline.measuredText().isEmpty();
         }},
        {"Right-click",
         [&](Shown& it) {
             Menus around;
             it.timeline.setParent(&around);
             QTest::mouseClick(&it.timeline, Qt::RightButton, {}, it.at("A", 200 * ms));
             it.timeline.setParent(nullptr);
             return around.asked == 1;
         }},
        {"Double-click",
         [](Shown& it) {
             const Nanoseconds before = it.view.range().length();
             QTest::mouseDClick(&it.timeline, Qt::LeftButton, {}, it.at("A", 200 * ms));
             return it.view.range().length() < before / 2;
         }},
        {"Wheel",
         [](Shown& it) {
             auto* bar = it.timeline.findChild<QScrollBar*>();
             it.wheel(it.at("A", 200 * ms), -2, {});
             return bar && bar->value() > 0;
         }},
        {"Shift Wheel",
         [](Shown& it) {
             const TimeRange before = it.view.range();
             it.wheel(it.at("A", 200 * ms), 2, Qt::ShiftModifier);
             return it.view.range() != before && it.view.range().length() == before.length();
         }},
        {"Ctrl Wheel",
         [](Shown& it) {
             const Nanoseconds before = it.view.range().length();
             it.wheel(it.at("A", 200 * ms), 2, Qt::ControlModifier);
             return it.view.range().length() < before;
         }},
    };
    for (const Gesture& gesture : TimelineView::gestures()) {
        INFO(gesture.how.toStdString());
        REQUIRE(does.contains(gesture.how));
        Shown shown(family, gesture.how == "Wheel" ? QSize(1000, 200) : QSize(1000, 500));
        shown.view.setRange({50 * ms, 900 * ms});
        shown.paint();
        CHECK(does.at(gesture.how)(shown));
    }
    CHECK(does.size() == TimelineView::gestures().size());
}

TEST_CASE("the overview of many tasks shows how busy the loop was, and a blocked stretch as full") {
    // Twenty tasks that do next to nothing; one that keeps the loop from 200 to 600 ms.
    std::string text = "0.000 loop_started name=main\n";
    for (int i = 1; i <= 20; ++i)
        text += "0.001 task_created " + std::to_string(i) + " name=t coro=t file=a.cpp line=1\n";
    for (int i = 1; i <= 20; ++i)
        text += "0.01" + std::to_string(100 + i) + " task_running " + std::to_string(i) + "\n0.01" +
                std::to_string(100 + i) + "5 task_suspended " + std::to_string(i) + " on=sleep object=1\n";
    text += "0.200 task_running 1\n0.600 task_suspended 1 on=sleep object=1\n1.000 task_done 1 state=finished\n";
    Shown shown(text);
    const QRect zone = shown.frame().zones.overview;
    const auto heightAt = [&](double share) {
        double most = 0;
        const double x = zone.left() + 2 + share * (zone.width() - 4);
        for (const QRectF& rect : shown.frame().overview_running)
            if (rect.left() <= x && x < rect.right()) most = std::max(most, rect.height());
        return most;
    };
    CHECK(heightAt(0.4) >= zone.height() - 10);
    CHECK(heightAt(0.8) == 0);
}
