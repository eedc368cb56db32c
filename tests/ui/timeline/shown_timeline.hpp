// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QImage>
#include <QTest>
#include <QWheelEvent>
#include <stdexcept>
#include <string>

#include "tests/support/trace_text.hpp"
#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::test {

using namespace ui;

inline constexpr Nanoseconds ms = 1'000'000;

/// main waits for A and B; A runs from 100 to 300 ms and ends, B from 300 to 500 ms; main from 600 to 1000 ms.
inline const char* const family = R"(
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
        return {static_cast<int>(x(time)), static_cast<int>(trackMeasures(frame(), row(name).rect).centre)};
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

    TextTrace trace;
    ViewState view;
    TimelineView timeline;
};

}  // namespace awaitscope::test
