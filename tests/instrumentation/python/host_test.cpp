// SPDX-License-Identifier: GPL-3.0-or-later
// The adapter never disturbs the program that it is in.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "instrumentation/ring/session_folder.hpp"
#include "tests/instrumentation/python/python_programs.hpp"
#include "tests/support/session_files.hpp"

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

TEST_CASE("what a program can see of its asyncio is what it was") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const std::string command = python.path + " " + program("looks.py");
        const ShellRun without = shell("AWAITSCOPE=0 PYTHONPATH=" PYTHON_ADAPTER, command);
        const ShellRun with = shell("AWAITSCOPE=1 PYTHONPATH=" PYTHON_ADAPTER, command);
        CHECK(without.exit_code == 0);
        CHECK(with.output == without.output);
        CHECK(with.exit_code == without.exit_code);
    }
    CHECK(true);
}

TEST_CASE("an error inside the adapter ends the sharing with one line, and not the program") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ShellRun run = shell("AWAITSCOPE=1 PYTHONPATH=" PYTHON_ADAPTER, python.path + " " + program("broken.py"));
        CHECK(run.exit_code == 0);
        CHECK(run.output ==
              "awaitscope: the adapter for Python shares no more events; the program runs on: "
              "ZeroDivisionError('not to be looked at')\n42\n");
    }
    CHECK(true);
}

TEST_CASE("a CPython without the stable ABI, as free-threaded ones are, says so and runs its program") {
    const std::string folder = ring::session_folder() + "/free";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/free.py") << R"(import _imp, runpy
_imp.extension_suffixes = lambda: ['.cpython-314t-x86_64-linux-gnu.so', '.so']
runpy.run_path(')" PYTHON_ADAPTER R"(/sitecustomize.py')
import asyncio, sys
print('awaitscope._core' in sys.modules)
)";
    for (const Python& python : pythons()) {
        INFO(python.path);
        // Isolated: its own sitecustomize would have been ours already.
        const ShellRun run = shell(
            "AWAITSCOPE=1", python.path + " -c 'import sys; sys.path[:0] = [\"" PYTHON_ADAPTER "\"]; exec(open(\"" +
                                folder + "/free.py\").read())'");
        CHECK(run.exit_code == 0);
        CHECK(run.output ==
              "awaitscope: this CPython takes no extension of the stable ABI (free-threaded ones do not): it "
              "cannot be shown\nFalse\n");
    }
    CHECK(true);
}

TEST_CASE("the sitecustomize that would have run runs, and a program without a loop shares nothing") {
    const std::string sessions = ring::session_folder() + "/quiet";
    REQUIRE(mkdir(sessions.c_str(), 0700) == 0);
    const std::string folder = ring::session_folder() + "/site";
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/sitecustomize.py")
        << "import sys\nprint('customized', __name__, 'sitecustomize' in sys.modules)\n";
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ShellRun run =
            shell("AWAITSCOPE=1 AWAITSCOPE_DIR=" + sessions + " PYTHONPATH=" PYTHON_ADAPTER ":" + folder,
                  python.path + " -c 'import asyncio; print(42)'");
        CHECK(run.output == "customized sitecustomize True\n42\n");
    }
    CHECK(session_paths(sessions).empty());
}

namespace {

/// Every fourth topic of the conformance suite, from the `part`th on.
void check_watched_twins(std::size_t part) {
    const Python* newest = nullptr;
    for (const Python& python : pythons())
        if (python.minor >= 11 && (!newest || python.minor > newest->minor)) newest = &python;
    if (!newest) {
        WARN("no CPython of 3.11 or later is here");
        SUCCEED();
        return;
    }
    constexpr std::size_t parts = 4;
    const auto recorded = session_paths(AWAITSCOPE_SOURCE_DIR "/tests/conformance/recorded");
    std::string topics;
    for (std::size_t i = part; i < recorded.size(); i += parts)
        topics += " " + std::filesystem::path(recorded[i]).stem().string();
    REQUIRE(!topics.empty());
    // With a launch number the last sessions stay: they show that the twins were watched.
    const std::string environment = "AWAITSCOPE=1 AWAITSCOPE_LAUNCH=1 AWAITSCOPE_RING=256 PYTHONPATH=" PYTHON_ADAPTER;
    const ShellRun run =
        shell(environment, newest->path + " " AWAITSCOPE_SOURCE_DIR "/tests/conformance/twin.py --check" + topics);
    INFO(run.output);
    CHECK(run.exit_code == 0);
    CHECK(run.output.find("awaitscope:") == std::string::npos);
    CHECK(!session_paths(ring::session_folder()).empty());
}

}  // namespace

TEST_CASE("the twins of the conformance suite print the same when they are watched, first quarter") {
    check_watched_twins(0);
}
TEST_CASE("the twins of the conformance suite print the same when they are watched, second quarter") {
    check_watched_twins(1);
}
TEST_CASE("the twins of the conformance suite print the same when they are watched, third quarter") {
    check_watched_twins(2);
}
TEST_CASE("the twins of the conformance suite print the same when they are watched, fourth quarter") {
    check_watched_twins(3);
}
