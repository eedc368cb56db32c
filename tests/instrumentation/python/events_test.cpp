// SPDX-License-Identifier: GPL-3.0-or-later
// What a Python program's events say, the same by every CPython.
#include <catch2/catch.hpp>

#include "tests/instrumentation/python/python_programs.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Without the tasks that asyncio.run() makes at the end; how many these are depends on the version.
std::string without_shutdown(std::string steps) {
    return steps.substr(0, steps.find("Task-2"));
}

}  // namespace

TEST_CASE("tasks of a Python program are told: who made them, what they wait for, where, and who wakes them") {
    if (pythons().empty()) WARN("no CPython of 3.8 or later is here");
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ToldProgram told = told_by(python, "tasks.py");
        CHECK(told.exit_code == 0);
        CHECK(told.output == "cancelled\n");
        CHECK(without_shutdown(told.steps()) == R"(Task-1: created
Task-1: running
Ann: created by Task-1
Bob: created by Task-1
Task-1: suspended on gather at 27
Ann: running
Ann: suspended on sleep at 8
Bob: running
Bob: suspended on lock at 7
Ann: ready
Ann: running
Bob: ready
Ann: finished
Bob: running
Bob: suspended on sleep at 8
Bob: ready
Bob: running
Bob: finished
Task-1: ready
Task-1: running
Task-1: suspended on yield at 28
Task-1: running
reader: created by Task-1
Task-1: suspended on yield at 32
reader: running
reader: suspended on future at 12
Task-1: running
reader: ready
Task-1: suspended on task at 34
reader: running
Task-1: ready
reader: finished
Task-1: running
waiter: created by Task-1
Task-1: suspended on yield at 38
waiter: running
waiter: suspended on event at 20
Task-1: running
waiter: cancel requested by Task-1
waiter: ready
Task-1: suspended on task at 41
waiter: running
Task-1: ready
waiter: cancelled
Task-1: running
failing: created by Task-1
Task-1: suspended on task at 47
failing: running
Task-1: ready
failing: failed
Task-1: running
Task-1: finished
)");
    }
    CHECK(true);
}
