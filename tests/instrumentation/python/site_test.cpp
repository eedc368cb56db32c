// SPDX-License-Identifier: GPL-3.0-or-later
// One variable suffices for a Python that knows the adapter.
#include <catch2/catch.hpp>
#include <filesystem>

#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/python_site.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/source/source_error.hpp"
#include "tests/instrumentation/python/python_programs.hpp"
#include "tests/support/session_files.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// The interpreter of a new virtual environment, whose packages are ours to change; empty where it makes none.
std::string interpreter_of_its_own(const Python& python) {
    const std::string folder = ring::session_folder() + "/venv-" + std::to_string(python.minor);
    const ShellRun made = shell("", python.path + " -c 'import sys, venv; venv.create(sys.argv[1])' " + folder);
    if (made.exit_code != 0) WARN(python.path << " makes no virtual environment: " << made.output);
    return made.exit_code == 0 ? folder + "/bin/python3" : "";
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "where the adapter is installed, AWAITSCOPE=1 alone makes a Python program visible") {
    const std::string without_path = "env -u PYTHONPATH AWAITSCOPE_LAUNCH=1 AWAITSCOPE=";
    const std::string sleep = " -c 'import asyncio, sys; asyncio.run(asyncio.sleep(0)); print(len(sys.path))'";
    for (const Python& python : pythons()) {
        INFO(python.path);
        const FreshFolder folder;
        const std::string own = interpreter_of_its_own(python);
        if (own.empty()) continue;
        const ShellRun before = shell(without_path + "1", own + sleep);
        CHECK(SessionDirectory().refresh().empty());

        const std::string path = install_in_python(own, PYTHON_ADAPTER);
        CHECK(path.ends_with("/site-packages/awaitscope.pth"));
        CHECK(std::filesystem::exists(path));
        CHECK(install_in_python(own, PYTHON_ADAPTER) == path);
        const ShellRun unasked =
            shell(without_path + "0", own + " -c 'import sys; print(\"awaitscope\" in sys.modules)'");
        CHECK(unasked.output == "False\n");
        CHECK(SessionDirectory().refresh().empty());
        const ShellRun asked = shell(without_path + "1", own + sleep);
        CHECK(asked.exit_code == 0);
        CHECK(asked.output != before.output);  // the folder, and no word of ours
        CHECK(asked.output.size() <= before.output.size() + 1);
        CHECK(SessionDirectory().refresh().size() == 1);
        // It begins once, though PYTHONPATH may name the adapter as well.
        const ShellRun twice = shell("AWAITSCOPE=1 AWAITSCOPE_LAUNCH=1 PYTHONPATH=" PYTHON_ADAPTER, own + sleep);
        CHECK(twice.exit_code == 0);
        CHECK(SessionDirectory().refresh().size() == 2);

        CHECK(uninstall_from_python(own) == path);
        CHECK(!std::filesystem::exists(path));
        CHECK(shell(without_path + "1", own + sleep).output == before.output);
        CHECK(SessionDirectory().refresh().size() == 2);
        CHECK_THROWS_WITH(uninstall_from_python(own), Catch::Contains("there is no awaitscope.pth in"));
    }
    CHECK(true);
}

TEST_CASE_METHOD(FreshFolder, "who shares from inside shares with what it starts, unless that is not wanted") {
    const std::string run = "import sys; sys.path.append(sys.argv[1]); import runpy; runpy.run_path(sys.argv[2])";
    const std::string wanted = "without: False\nFalse\nwith: True\nTrue\nafter: False\nFalse\nas it was: True\n";
    const std::string unwanted = "without: False\nFalse\nwith: False\nFalse\nafter: False\nFalse\nas it was: True\n";
    for (const Python& python : pythons()) {
        INFO(python.path);
        const std::string command =
            python.path + " -W ignore -c '" + run + "' " PYTHON_ADAPTER " " + program("children.py");
        CHECK(shell("env -u AWAITSCOPE", command).output == wanted);
        CHECK(shell("env -u AWAITSCOPE PYTHONPATH=/somewhere", command).output == wanted);
        CHECK(shell("AWAITSCOPE=0", command).output == unwanted);
    }
    CHECK(true);
}

TEST_CASE("what cannot be installed says why, and leaves nothing") {
    CHECK_THROWS_WITH(install_in_python("/no/such/python3", PYTHON_ADAPTER),
                      Catch::StartsWith("/no/such/python3 was not found; "));
    CHECK_THROWS_WITH(install_in_python("python3", ""), Catch::Contains("built without its adapter"));
    for (const Python& python : old_pythons())
        CHECK_THROWS_WITH(install_in_python(python.path, PYTHON_ADAPTER), Catch::Contains("CPython 3.8 and later"));
    if (pythons().empty()) return;
    const std::string own = interpreter_of_its_own(pythons().front());
    REQUIRE(!own.empty());
    CHECK_THROWS_WITH(install_in_python(own, "/no/such/folder"), Catch::Contains("cannot use the adapter"));
    CHECK_THROWS_WITH(uninstall_from_python(own), Catch::Contains("there is no awaitscope.pth in"));
}
