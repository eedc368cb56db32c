// SPDX-License-Identifier: GPL-3.0-or-later
// The adapter never disturbs the program that it is in.
#include <catch2/catch.hpp>

#include "tests/instrumentation/python/python_programs.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("a Python older than the adapter goes says so, and runs its program") {
    for (const Python& python : old_pythons()) {
        INFO(python.path);
        const ShellRun run = shell("AWAITSCOPE=1 PYTHONPATH=" PYTHON_ADAPTER, python.path + " -c 'print(6 * 7)'");
        CHECK(run.exit_code == 0);
        CHECK(run.output.find("awaitscope: asyncio of CPython 3.8 and later can be shown; this is 3.") == 0);
        CHECK(run.output.find("\n42\n") != std::string::npos);
    }
    CHECK(true);
}
