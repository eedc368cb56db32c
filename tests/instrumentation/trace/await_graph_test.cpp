// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string names(const TextTrace& t, const std::vector<TaskIndex>& tasks) {
    std::string text;
    for (TaskIndex task : tasks) text += (text.empty() ? "" : " ") + name_of(t.trace, task);
    return text;
}

}  // namespace

TEST_CASE("a task's id as the awaited object is that task") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        1 task_suspended 1 on=task object=2
        2 task_suspended 2 on=sleep object=9
        3 task_done 2 state=finished
    )");
    CHECK(chain(t.trace, 0, 1) == "A");
    CHECK(chain(t.trace, 0, 2) == "A task > B");
    CHECK(chain(t.trace, 0, 3) == "A task > B sleep");
    CHECK(chain(t.trace, 0, 4) == "A task");
    CHECK(names(t, t->awaited_by(1, 3)) == "A");
    CHECK(names(t, t->awaited_by(0, 3)) == "");
    CHECK(names(t, t->awaited_by(1, 1)) == "");
    CHECK(names(t, t->awaited_by(1, no_event)) == "");
}

TEST_CASE("a gather waits for the children made in its step, while they live") {
    const TextTrace t(R"(
        0 task_created 1 name=main
        1 task_running 1
        1 task_created 2 name=stray parent=1
        1 task_suspended 1 on=yield
        2 task_running 1
        2 task_created 3 name=A parent=1
        2 task_created 4 name=B parent=1
        2 task_suspended 1 on=gather object=50
        3 task_done 3 state=finished
    )");
    CHECK(names(t, t->awaits(0, 7)) == "A B");
    CHECK(names(t, t->awaits(0, 8)) == "B");
    CHECK(names(t, t->gathered(0, 8)) == "A B");
    CHECK(names(t, t->awaited_by(3, 8)) == "main");
    CHECK(names(t, t->awaited_by(1, 8)) == "");
    CHECK(chain(t.trace, 0, 8) == "main gather > B");
}

TEST_CASE("a gather that a snapshot tells of waits for the children told before it, of this task and not of others") {
    const TextTrace t(R"(
        0 snapshot_begin tasks=5
        0 task_alive 1 name=main
        0 task_alive 3 name=A parent=1
        0 task_alive 4 name=B parent=1
        0 task_alive 5 name=other
        0 task_suspended 1 on=gather object=50
        0 task_alive 2 name=stray parent=1
        0 task_suspended 2 on=sleep
        0 snapshot_end
        1 task_done 4 state=finished
        2 task_ready 1
        2 task_running 1
        2 task_suspended 1 on=gather object=51
    )");
    CHECK(names(t, t->gathered(0, 8)) == "A B");
    CHECK(names(t, t->awaits(0, 8)) == "A B");
    CHECK(names(t, t->awaits(0, 9)) == "A");
    CHECK(names(t, t->gathered(0, 12)) == "");
}

TEST_CASE("a task group waits for all living children") {
    const TextTrace t(R"(
        0 task_created 1 name=main
        1 task_running 1
        1 task_created 2 name=A parent=1
        2 task_suspended 1 on=yield
        2 task_running 1
        2 task_created 3 name=B parent=1
        2 task_suspended 1 on=group object=50
        3 task_done 2 state=finished
    )");
    CHECK(names(t, t->awaits(0, 6)) == "A B");
    CHECK(names(t, t->awaits(0, 7)) == "B");
}

TEST_CASE("behind a lock stands its owner, and a cycle closes with the task that began it") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 task_created 3 name=C
        0 sync_created object=10 kind=lock
        0 sync_created object=11 kind=lock
        1 sync_acquired 1 object=10 kind=lock
        1 sync_acquired 2 object=11 kind=lock
        2 task_suspended 1 on=lock object=11
        3 task_suspended 2 on=lock object=10
        4 task_suspended 3 on=task object=1
    )");
    CHECK(chain(t.trace, 0, 7) == "A lock > B");
    CHECK(chain(t.trace, 0, 8) == "A lock > B lock > A lock");
    CHECK(chain(t.trace, 2, 9) == "C task > A lock > B lock > A lock");
    CHECK(names(t, t->awaited_by(0, 9)) == "B C");
}

TEST_CASE("a task that waits for its own lock is the shortest cycle") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 sync_acquired 1 object=10 kind=lock
        1 task_suspended 1 on=lock object=10
    )");
    CHECK(chain(t.trace, 0, 2) == "A lock > A lock");
}

TEST_CASE("a chain ten thousand tasks long is followed to its end") {
    std::string text = "0 task_created 1 name=first\n";
    for (int i = 2; i <= 10'000; ++i) text += "0 task_created " + std::to_string(i) + "\n";
    for (int i = 1; i < 10'000; ++i)
        text += "1 task_suspended " + std::to_string(i) + " on=task object=" + std::to_string(i + 1) + "\n";
    const TextTrace t(text);
    CHECK(t->await_chain(0, t->event_count() - 1).size() == 10'000);
}
