// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("a loss ends the step that runs: what comes after it is not known") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        1 task_running 1
        2 lost count=7
        3 lost count=2
        4 task_running 1
        5 task_suspended 1 on=yield
    )");
    CHECK(lives(t.trace) == "A: ready@0 running@1 waiting(none)@2 running@4 ready@5\n");
    CHECK(t->lost_count() == 9);
    CHECK(t->losses().size() == 2);
    CHECK(t->running_at(2) == no_task);
}

TEST_CASE("a turn of the loop ends a step whose end was not seen, in that loop only") {
    const TextTrace t(R"(
        0 task_running 1
        0 task_running 2 loop=2
        1 iteration n=1 ready=0 timers=0
    )");
    CHECK(lives(t.trace) == "task 1: running@0 waiting(none)@1\ntask 2: running@0\n");
    CHECK(t->running_at(2) == 1);
    CHECK(t->running_at(1, 1) == 0);
    CHECK(t->running_at(2, 1) == no_task);
}

TEST_CASE("an eager task runs inside its creator's step, which goes on after it") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        1 task_running 1
        1 task_created 2 name=B parent=1
        2 task_running 2
        3 task_suspended 2 on=sleep object=5
        4 task_suspended 1 on=yield
    )");
    CHECK(t->running_at(3) == 1);
    CHECK(t->running_at(4) == 0);
    CHECK(t->running_at(5) == no_task);
}

TEST_CASE("a snapshot tells of tasks older than the recording") {
    const TextTrace t(R"(
        5 snapshot_begin tasks=2
        5 task_alive 3 name=old coro=serve file=s.cpp line=8
        5 task_suspended 3 on=future object=9
        5 task_alive 4 name=young parent=3
        5 snapshot_end
        6 task_running 4
    )");
    CHECK(lives(t.trace) == "old: ready@5 waiting(future)@5\nyoung: ready@5 running@6\n");
    CHECK(t->tasks()[0].older);
    CHECK(t->tasks()[1].parent == 0);
}

TEST_CASE("a snapshot of known tasks changes nothing, but fills in what was not known") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        1 task_running 1
        2 task_suspended 1 on=lock object=9
        3 task_running 2
        4 task_suspended 2 on=future object=8
        5 snapshot_begin tasks=2
        5 task_alive 1 name=A
        5 task_suspended 1 on=lock object=9
        5 task_alive 2 name=B coro=work file=w.cpp line=3 parent=1
        5 task_suspended 2 on=event object=7
        5 snapshot_end
    )");
    CHECK(lives(t.trace) ==
          "A: ready@0 running@1 waiting(lock)@2\n"
          "B: running@3 waiting(future)@4 waiting(event)@5\n");
    CHECK(t->tasks()[1].parent == 0);
    CHECK(t.symbols->place(t->tasks()[1].definition).line == 3);
}

TEST_CASE("after a loss, a whole snapshot ends the tasks it does not tell of") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 task_created 3 name=C loop=2
        1 lost count=100
        2 snapshot_begin tasks=1
        2 task_alive 1 name=A
        2 task_created 4 name=D
        2 snapshot_end
    )");
    CHECK(lives(t.trace) == "A: ready@0\nB: ready@0 finished@2\nC: ready@0\nD: ready@2\n");
    CHECK(t->tasks_alive() == 3);
}

TEST_CASE("a snapshot with a loss inside it, or without one before it, ends nobody") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        1 snapshot_begin tasks=1
        1 task_alive 1 name=A
        1 snapshot_end
        2 snapshot_begin tasks=2
        2 lost count=1
        2 snapshot_end
    )");
    CHECK(t->tasks_alive() == 2);
}

TEST_CASE("what comes for a task after its end is kept as an event, and changes nothing") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        1 task_done 1 state=cancelled
        2 task_running 1
        3 task_done 1 state=finished
    )");
    CHECK(lives(t.trace) == "A: ready@0 cancelled@1\n");
    CHECK(t->event_count() == 4);
    CHECK(t->at(0, 3).state == TaskState::cancelled);
}

TEST_CASE("a recording of a run's last part begins where all events are there, and tasks keep their own times") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        3 task_suspended 1 on=sleep
        9 recording_begins skipped=70
        10 task_ready 1
    )");
    CHECK(lives(t.trace) == "A: ready@0 waiting(sleep)@3 ready@10\n");
    CHECK(t->begin() == 9'000'000'000);
    CHECK(t->skipped() + 3 == 70);  // the event behind it was the run's 70th, from 0
    CHECK(t->end() == 10'000'000'000);
}
