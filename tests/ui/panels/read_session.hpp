// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::test {

/// main waits for Task A and Task B; A sleeps in line 11, B waits for a lock in line 15.
inline const char* const three_tasks = R"(
0.000 task_created 1 name=main coro=main_ file=/src/demo.cpp line=3
0.001 iteration n=1 ready=1 timers=0
0.001 task_running 1
0.002 task_created 2 name="Task A" parent=1 coro=worker file=/src/demo.cpp line=9
0.002 task_created 3 name="Task B" parent=1 coro=worker file=/src/demo.cpp line=9
0.003 task_suspended 1 on=gather object=50 file=/src/demo.cpp line=5
0.004 iteration n=2 ready=2 timers=0
0.004 task_running 2
0.005 output 2 text="A: one"
0.006 timer_set 2 handle=7 when=1
0.006 task_suspended 2 on=sleep object=7 file=/src/demo.cpp line=11
0.007 task_running 3
0.008 output 3 text="B: one"
0.009 task_suspended 3 on=sleep object=8 file=/src/demo.cpp line=11
0.010 io_wait fd=5 what=read
1.000 timer_fired handle=7
1.000 task_ready 2
1.001 task_running 2
1.002 task_done 2 state=failed error="ValueError: no"
)";
inline constexpr EventIndex three_tasks_count = 19;

/// A session that has read such a text to its end, and a view whose cursor stands before the first event.
struct ReadSession {
    explicit ReadSession(const char* text = three_tasks, EventIndex count = three_tasks_count)
        : session(text_source(text)) {
        REQUIRE(QTest::qWaitFor([&] { return session.ended() && session.trace()->event_count() == count; }));
        QCoreApplication::processEvents();
        view.setFollowing(false);
    }
    ui::TraceSession session;
    ui::ViewState view;
};

}  // namespace awaitscope::test
