// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/window_actions.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::test {

/// Two tasks: main waits for Task A, which prints, sleeps for a second, prints again and is done.
inline const char* const two_tasks = R"(
0.000 task_created 1 name=main coro=main_ file=/src/demo.cpp line=3
0.000 loop_started name=demo
0.001 iteration n=1 ready=1 timers=0
0.001 task_running 1
0.002 task_created 2 name="Task A" parent=1 coro=worker file=/src/demo.cpp line=9
0.003 task_suspended 1 on=task object=2 file=/src/demo.cpp line=5
0.004 iteration n=2 ready=1 timers=0
0.004 task_running 2
0.005 output 2 text="A: one"
0.006 timer_set 2 handle=7 when=1
0.006 task_suspended 2 on=sleep object=7 file=/src/demo.cpp line=11
1.000 timer_fired handle=7
1.000 task_ready 2
1.001 iteration n=3 ready=1 timers=0
1.001 task_running 2
1.002 output 2 text="A: two"
1.003 task_done 2 state=finished
1.003 task_ready 1 by=2
1.004 iteration n=4 ready=1 timers=0
1.004 task_running 1
1.005 task_done 1 state=finished
)";
inline constexpr EventIndex two_tasks_count = 21;

/// A window on a trace that has been read to its end, its cursor before the first event.
struct OpenWindow {
    explicit OpenWindow(ui::WindowServices services = {}, ui::SourceDescription description = {}) {
        QSettings().clear();
        ui::ThemeSwitch::instance().apply(ui::ThemeSwitch::Choice::light);
        window = std::make_unique<ui::MainWindow>(std::move(services));
        window->resize(1600, 900);
        window->show();
        if (description.name.isEmpty()) description.name = "demo";
        window->open(text_source(two_tasks), std::move(description));
        REQUIRE(QTest::qWaitFor([&] { return session().ended() && view().cursor() + 1 == two_tasks_count; }));
        view().setFollowing(false);
        view().setCursor(no_event);
        QCoreApplication::processEvents();
    }

    ui::Workspace& workspace() { return *window->workspace(); }
    ui::ViewState& view() { return workspace().view(); }
    ui::TraceSession& session() { return workspace().session(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(workspace().timeline(), key, modifiers);
        QCoreApplication::processEvents();
    }

    std::unique_ptr<ui::MainWindow> window;
};

}  // namespace awaitscope::test
