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
        CHECK(without_shutdown(told.steps()) == R"()");
    }
    CHECK(true);
}
