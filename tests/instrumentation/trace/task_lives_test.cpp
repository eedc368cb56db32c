// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("a task is ready when created, runs, waits, is ready again and ends") {
    const TextTrace t(R"(
        0.000 task_created 1 name=main coro=main file=a.cpp line=3
        0.001 task_running 1
        0.002 task_suspended 1 on=sleep object=9 file=a.cpp line=4
        1.000 task_ready 1
        1.001 task_running 1
        1.500 task_done 1 state=finished
    )");
    CHECK(lives(t.trace) == "main: ready@0 running@0.001 waiting(sleep)@0.002 ready@1 running@1.001 finished@1.5\n");
    const Task& task = t->tasks()[0];
    CHECK(task.resumed == 2);
    CHECK(task.running_ns == 500'000'000);
    CHECK(task.ready_ns == 2'000'000);
    CHECK(task.waiting_ns == 998'000'000);
    CHECK(t.symbols->string(t.symbols->place(task.definition).function) == "main");
    CHECK(t.symbols->place(task.spans[2].place).line == 4);
    CHECK_FALSE(task.older);
}

TEST_CASE("a task that yields is ready at once, behind the others") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        1 task_running 1
        2 task_suspended 1 on=yield
    )");
    CHECK(lives(t.trace) == "A: ready@0 running@1 ready@2\nB: ready@0\n");
    CHECK(moment(t.trace, 3) == "ready: B A\n");
}

TEST_CASE("children know their parent, and the parent its children in order") {
    const TextTrace t(R"(
        0 task_created 1 name=main
        1 task_running 1
        1 task_created 2 name=A parent=1
        1 task_created 3 name=B parent=1
        1 task_created 4 name=C parent=3
    )");
    const auto tasks = t->tasks();
    CHECK(tasks[0].parent == no_task);
    CHECK(tasks[0].first_child == 1);
    CHECK(tasks[1].next_sibling == 2);
    CHECK(tasks[2].next_sibling == no_task);
    CHECK(tasks[3].parent == 2);
    CHECK(tasks[3].depth == 2);
}

TEST_CASE("what a snapshot tells of a task's state had begun before, what the task does later had not") {
    const TextTrace t(R"(
        5 snapshot_begin tasks=4
        5 task_alive 1 name=waits
        5 task_suspended 1 on=lock object=100
        5 task_alive 2 name=ready
        5 task_alive 3 name=runs
        5 task_ready 2
        5 task_running 3
        5 snapshot_end
        6 task_suspended 3 on=sleep
        6 task_running 2
        6 task_created 4 name=late
        6 task_suspended 2 on=sleep
        7 task_ready 1
        7 task_running 1
        8 task_suspended 1 on=lock object=100
    )");
    const auto before = [&](const char* name, EventIndex cursor) { return t->began_before(t.task(name), cursor); };
    CHECK_FALSE(before("waits", 0));
    CHECK(before("waits", 2));
    CHECK(before("waits", 11));
    CHECK_FALSE(before("waits", 12));
    CHECK_FALSE(before("waits", 13));
    CHECK_FALSE(before("waits", 14));
    CHECK(before("ready", 7));
    CHECK_FALSE(before("ready", 9));
    CHECK(before("runs", 7));
    CHECK_FALSE(before("runs", 8));
    CHECK_FALSE(before("late", 14));
}

TEST_CASE("a task that was never seen created is older than the recording") {
    const TextTrace t(R"(
        5 task_suspended 7 on=lock object=3
        6 task_ready 7
    )");
    CHECK(lives(t.trace) == "task 7: waiting(lock)@5 ready@6\n");
    CHECK(t->tasks()[0].older);
    CHECK(t->at(0, 0).state == TaskState::waiting);
    CHECK(t->at(0, no_event).state == TaskState::unborn);
}

TEST_CASE("a loop's turn ends no step that another loop runs of a task made in the first") {
    const TextTrace t(R"(
        0 task_created 1 name=A loop=1
        1 task_running 1 loop=2
        2 poll loop=1 took=0.5
        3 poll loop=2 took=0.5
    )");
    CHECK(lives(t.trace) == "A: ready@0 running@1 waiting(none)@3\n");
}

TEST_CASE("a task bears the name that it was given last") {
    const TextTrace t(R"(
        0 task_created 1 name=Task-1
        0 task_renamed 7 name=nobody
        1 task_renamed 1 name=Ann
        2 task_running 1
    )");
    CHECK(lives(t.trace) == "Ann: ready@0 running@2\n");
}
