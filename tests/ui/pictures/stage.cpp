// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pictures/stage.hpp"

#include <QPainter>
#include <QSettings>
#include <QTest>
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/story_panel.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/panel_picture.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::test {

const char* const bakery = R"(
0.000000 loop_started name=bakery
0.000010 task_created 1 name=main coro=main_ file=bakery.cpp line=88
0.000020 iteration n=1 ready=1 timers=0
0.000020 task_running 1
0.001 sync_created object=100 kind=queue name=shelf
0.001 sync_created object=101 kind=lock name=oven
0.001 sync_created object=102 kind=lock name=till
0.001 sync_created object=103 kind=semaphore name=trolleys
0.002 task_created 2 name=baker coro=bake file=bakery.cpp line=12 parent=1
0.003 task_created 3 name=Ann coro=serve file=bakery.cpp line=31 parent=1
0.004 task_created 4 name=Bob coro=serve file=bakery.cpp line=31 parent=1
0.005 task_created 5 name=door coro=accept file=bakery.cpp line=52 parent=1
0.006 task_created 6 name=clock coro=tick file=bakery.cpp line=70 parent=1
0.007 output 1 text="the bakery opens"
0.008 task_suspended 1 on=group object=50 file=bakery.cpp line=93
0.009 iteration n=2 ready=5 timers=0
0.009 task_running 2
0.020 queue_put 2 object=100 size=1 maxsize=2
0.030 queue_put 2 object=100 size=2 maxsize=2
0.031 output 2 text="baker: two loaves are on the shelf"
0.032 task_suspended 2 on=queue_put object=100 file=bakery.cpp line=17
0.033 task_running 3
0.034 sync_acquired 3 object=101 kind=lock
0.060 timer_set 3 handle=70 when=0.160
0.061 task_suspended 3 on=sleep object=70 file=bakery.cpp line=34
0.062 task_running 4
0.063 sync_acquired 4 object=102 kind=lock
0.080 timer_set 4 handle=71 when=0.180
0.081 task_suspended 4 on=sleep object=71 file=bakery.cpp line=34
0.082 task_running 5
0.083 io_wait 5 fd=7 what=read
0.084 task_suspended 5 on=io object=7 file=bakery.cpp line=55
0.085 task_running 6
0.086 timer_set 6 handle=72 when=0.5
0.087 task_suspended 6 on=sleep object=72 file=bakery.cpp line=73
0.088 poll timeout=0.07 took=0.031 ready=1
0.120 iteration n=3 ready=1 timers=3
0.120 connection_made fd=8 peer=127.0.0.1:51200
0.121 io_read fd=8 bytes=2048
0.122 task_ready 5
0.123 task_running 5
0.124 task_created 7 name=client-1 coro=handle file=bakery.cpp line=61 parent=5
0.125 task_suspended 5 on=io object=7 file=bakery.cpp line=55
0.126 iteration n=4 ready=1 timers=3
0.126 task_running 7
0.140 queue_get 7 object=100 size=1 maxsize=2
0.141 output 7 text="client-1: one loaf, please"
0.142 task_ready 2 by=7
0.143 io_write fd=8 bytes=512
0.144 task_suspended 7 on=io object=8 file=bakery.cpp line=64
0.145 iteration n=5 ready=1 timers=3
0.145 task_running 2
0.155 queue_put 2 object=100 size=2 maxsize=2
0.156 task_suspended 2 on=queue_put object=100 file=bakery.cpp line=17
0.160 timer_fired handle=70
0.160 task_ready 3
0.161 iteration n=6 ready=1 timers=2
0.161 task_running 3
0.300 output 3 text="Ann: kneads by hand, and nobody else gets to work"
0.301 sync_wait 3 object=102 kind=lock
0.302 task_suspended 3 on=lock object=102 file=bakery.cpp line=37
0.303 timer_fired handle=71
0.303 task_ready 4
0.304 iteration n=7 ready=1 timers=1
0.304 task_running 4
0.310 sync_wait 4 object=101 kind=lock
0.311 task_suspended 4 on=lock object=101 file=bakery.cpp line=37
0.320 poll timeout=0.18 took=0.040 ready=1
0.360 iteration n=8 ready=1 timers=1
0.360 connection_made fd=9 peer=127.0.0.1:51202
0.361 task_ready 5
0.362 task_running 5
0.363 task_created 8 name=client-2 coro=handle file=bakery.cpp line=61 parent=5
0.364 task_suspended 5 on=io object=7 file=bakery.cpp line=55
0.365 iteration n=9 ready=1 timers=1
0.365 task_running 8
0.370 io_read fd=9 bytes=16
0.380 task_done 8 state=failed error="ValueError: no such loaf"
0.381 connection_lost fd=9
0.390 poll timeout=0.11 took=0.110 ready=0
0.500 timer_fired handle=72
0.500 task_ready 6
0.501 iteration n=10 ready=1 timers=0
0.501 task_running 6
0.502 output 6 text="clock: half past"
0.503 timer_set 6 handle=73 when=1.0
0.504 task_suspended 6 on=sleep object=73 file=bakery.cpp line=73
0.505 sync_wait 3 object=103 kind=semaphore
0.520 io_read fd=8 bytes=900
0.521 task_ready 7
)";

Stage::Stage(ui::ThemeSwitch::Choice theme, const std::string& text, ui::SourceDescription description) {
    QSettings().clear();
    ui::course_progress::setShowsAll(true);  // no story holds back what is to be pictured
    ui::ThemeSwitch::instance().apply(theme);
    window = std::make_unique<ui::MainWindow>(ui::WindowServices{});
    window->resize(1280, 720);
    window->show();
    if (description.name.isEmpty()) description.name = "bakery.awaitscope";
    window->open(text_source(text), std::move(description));
    REQUIRE(QTest::qWaitFor([&] { return workspace().session().ended(); }));
    workspace().view().setFollowing(false);
}

void Stage::at(Nanoseconds time, const std::string& selected) {
    EventIndex cursor = no_event;
    TaskIndex task = no_task;
    {
        const auto trace = workspace().session().trace();
        cursor = trace->first_at_or_after(time + 1) - 1;
        for (TaskIndex i = 0; i < trace->tasks().size(); ++i)
            if (name_of(*trace, i) == selected) task = i;
    }
    workspace().view().setCursor(cursor);
    if (auto* story = workspace().story()) story->showCardAt(cursor);
    workspace().view().setSelectedTask(task);
}

QImage Stage::panel(const QString& key, QSize size) {
    ui::PanelDock* dock = workspace().dock(key);
    REQUIRE(dock);
    ui::standAlone(*dock, size);
    workspace().finish();
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    ui::paintPanel(painter, *dock->panel());
    return image;
}

QImage painted(QWidget& widget, QSize size) {
    widget.resize(size);
    widget.show();
    for (int round = 0; round < 4; ++round) QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents, 50);
    QImage image(widget.size(), QImage::Format_RGB32);
    image.fill(widget.palette().color(QPalette::Window));
    widget.render(&image);
    return image;
}

}  // namespace awaitscope::test
