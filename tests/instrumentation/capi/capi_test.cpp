// SPDX-License-Identifier: GPL-3.0-or-later
// Programs written in C against <awaitscope/awaitscope.h> alone, seen as a viewer sees them.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/ring/session_folder.hpp"
#include "tests/support/session_files.hpp"
#include "tests/support/told_program.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("a program in C says every event, and each arrives with its fields") {
    const ToldProgram told({CAPI_EVERY_EVENT});
    CHECK(told.exit_code == 0);
    CHECK(told.events() == R"(1 loop_started name="a loop in C"
1 poll timeout=none took=1.500 s ready=2
1 poll timeout=250 ms took=0 ns ready=0
1 iteration n=1 ready=2 timers=3
1 Task-7 task_created name="Task-7" coro=main app.c:10
1 Task-7 task_running
1 Task-7 task_renamed name="Task-7"
1 fetch é task_created name="fetch é" coro=worker app.c:20 parent=Task-7
1 Task-7 coroutine_entered coro=worker app.c:20 depth=1
1 Task-7 coroutine_left depth=1
1 Task-7 stack frame=0 coro=worker app.c:20 ran=150 ms
1 Task-7 future_created object=4
1 fetch é task_cancel_requested by=Task-7
1 Task-7 task_at app.c:24
1 Task-7 output text="in a task"
1 Task-7 task_suspended on=future object=4 app.c:24
1 mark text="in none"
1 fetch é task_running
1 fetch é future_done object=4 state=cancelled
1 Task-7 task_ready by=fetch é
1 fetch é task_done state=failed error="ValueError: no"
1 Task-7 callback_scheduled handle=901
1 callback_run handle=901 took=5.000 s
1 Task-7 callback_cancelled handle=902
1 Task-7 timer_set handle=903 when=9.000000000
1 timer_fired handle=903
1 Task-7 timer_cancelled handle=904
1 Task-7 io_wait fd=5 what=write
1 io_ready fd=5 what=read
1 io_unwatched fd=5 what=write
1 Task-7 io_read fd=5 bytes=5000000000
1 Task-7 io_write fd=5 bytes=12
1 Task-7 connection_made fd=5 peer="127.0.0.1:80"
1 Task-7 connection_lost fd=5
1 Task-7 sync_created object=905 kind=lock name="account"
1 Task-7 sync_wait object=905 kind=lock
1 Task-7 sync_acquired object=905 kind=lock
1 Task-7 sync_released object=905 kind=lock
1 Task-7 queue_put object=906 size=1 maxsize=3
1 Task-7 queue_get object=906 size=0 maxsize=3
1 Task-7 thread_submitted object=907
1 thread_done object=907 waited=3.000 s
1 Task-7 process_started pid=4711
1 process_exited pid=4711 code=-9
1 signal number=15
1 Task-7 warning kind=slow_callback text="slow"
1 warning kind=other
1 snapshot_begin tasks=1
1 Task-7 task_alive name="Task-7" coro=main every_event.c:89
1 Task-7 task_ready
1 snapshot_end
1 loop_stopped
)");
    for (const KindInfo& info : vocabulary()) {
        INFO(info.name);
        // What a reader or a recorder puts in, no program says.
        const bool is_a_readers =
            info.kind == EventKind::lost || info.kind == EventKind::recording_begins || info.kind == EventKind::silence;
        CHECK((told.count(info.name) > 0) != is_a_readers);
    }
}

TEST_CASE("a program in C that forks: parent and child have a session each") {
    const ToldProgram told({CAPI_FORK});
    CHECK(told.exit_code == 0);
    CHECK(told.events() == "0 mark text=\"parent\"\n0 mark text=\"parent again\"\n");
}

TEST_CASE_METHOD(FreshFolder, "a process that leaves by _exit() and says so before is no crash") {
    CHECK(std::system(CAPI_FORK) == 0);  // of no launch: of what ends well nothing is left
    CHECK(session_paths(ring::session_folder()).empty());
}
