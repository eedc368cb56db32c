// SPDX-License-Identifier: GPL-3.0-or-later
// A Python program that was not prepared, and is attached to all the same.
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/python_injection.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "instrumentation/source/source_error.hpp"
#include "tests/instrumentation/python/python_programs.hpp"
#include "tests/instrumentation/python/running_program.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// A program without our path or variable, once it runs its loop.
struct Unprepared : RunningProgram {
    explicit Unprepared(const Python& python, std::vector<std::string> command = {program("still.py")},
                        std::pair<std::string, std::string> variable = {"AWAITSCOPE", "0"})
        : RunningProgram(with(python, std::move(command)), {{"AWAITSCOPE", "0"}, std::move(variable)}) {}
    /// One whose environment says nothing of AWAITSCOPE.
    Unprepared(const Python& python, const std::string& file)
        : RunningProgram({"/usr/bin/env", "-u", "AWAITSCOPE", python.path, program(file)}, {}) {}

  private:
    static std::vector<std::string> with(const Python& python, std::vector<std::string> command) {
        command.insert(command.begin(), python.path);
        return command;
    }
};

/// An interpreter that has sys.remote_exec() as 3.14 has it, for a target that is remote.py. Gives its path.
std::string interpreter_with_remote_exec(const Python& python, const std::string& script_file) {
    const std::string path = ring::session_folder() + "/python3-with-remote-exec";
    std::ofstream(path) << "#!/bin/sh\nexec " << python.path << R"( -c '
import os, signal, sys

def remote_exec(pid, script):
    with open(")" << script_file
                        << R"(", "w") as file:
        file.write(script)
    os.kill(pid, signal.SIGUSR1)

sys.remote_exec = remote_exec
exec(sys.argv[1])' "$4"
)";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
}

/// Those that have sys.remote_exec().
std::vector<Python> with_remote_exec() {
    std::vector<Python> found;
    for (const Python& python : pythons())
        if (python.minor >= 14) found.push_back(python);
    if (found.empty()) WARN("no CPython of 3.14 or later is here: not tried");
    return found;
}

const Python* debians() {
    for (const Python& python : pythons())
        if (python.path == "/usr/bin/python3") return &python;
    WARN("no /usr/bin/python3 is here: not tried");
    SUCCEED();
    return nullptr;
}

/// Makes it visible; false, with the reason told, where the system does not let us.
bool reached(Unprepared& target) {
    const auto found = find_python(target.pid());
    REQUIRE(found);
    try {
        make_visible(*found, PYTHON_ADAPTER);
    } catch (const SourceError& refused) {
        const std::string why = refused.what();
        INFO(why);
        const bool by_the_system = why.find("gdb is needed") == 0 || why.find("the system does not let") == 0;
        REQUIRE(by_the_system);
        WARN("not tried: " << why);
        return false;
    }
    return true;
}

}  // namespace

TEST_CASE("a running Python program that was not prepared is made visible") {
    const Python* const python = debians();
    if (!python) return;
    Unprepared target(*python);
    const auto found = find_python(target->pid());
    REQUIRE(found);
    CHECK(found->minor == python->minor);
    const std::string who = "process " + std::to_string(target->pid()) + ", still.py (python3.";
    CHECK(what_injection_does(*found).find("This runs code in " + who) == 0);
    if (!reached(target)) return;
    CHECK(look_at_session(find_session(target->pid()))->name.starts_with("still.py (python3"));
    const Seen seen(target->pid());
    CHECK(seen.trace.tasks_alive() == 2);
    CHECK(steps_of(seen.trace, *seen.symbols).find("Task-2: suspended on event at 10\n") != std::string::npos);
    CHECK(target->running());
}

TEST_CASE("a Python of 3.14 or later is made visible while it waits, while it never waits, and while it is locked") {
    const bool gdb = shell("", "command -v gdb").exit_code == 0;
    for (const Python& python : with_remote_exec()) {
        INFO(python.path);
        for (const char* const what : {"waits", "turns", "computes", "locked"}) {
            if (what == std::string("locked") && !gdb) continue;
            INFO(what);
            Unprepared target(python, {program("still.py"), what});
            const auto found = find_python(target->pid());
            REQUIRE(found);
            CHECK(found->minor == python.minor);
            CHECK(what_injection_does(*found).find("by the interpreter's own interface") != std::string::npos);
            make_visible(*found, PYTHON_ADAPTER);
            CHECK(target->running());
            const Seen seen(target->pid());
            CHECK(seen.trace.tasks_alive() == 2);
            CHECK(steps_of(seen.trace, *seen.symbols).find("Task-2: suspended on event at 10\n") != std::string::npos);
        }
    }
    CHECK(true);
}

TEST_CASE(
    "a Python program that is made visible is seen as if it had been so from the first, and so is what it starts") {
    std::vector<Python> tried = with_remote_exec();
    if (const Python* const debian = debians()) tried.push_back(*debian);
    for (const Python& python : tried) {
        INFO(python.path);
        const RunningProgram watched({python.path, program("begun_before.py")}, {with_adapter(), {"AWAITSCOPE", "1"}});
        // Whoever says something of AWAITSCOPE has decided for what it starts, too.
        Unprepared target(python, "begun_before.py");
        if (!reached(target)) continue;
        CHECK(picture_of(Seen(target.pid()).trace) == picture_of(Seen(watched.pid()).trace));
        kill(target.pid(), SIGUSR1);
        CHECK(target.line() == "True");
    }
    CHECK(true);
}

TEST_CASE("a Python program that looks for its folder elsewhere is told ours, or says where its session is") {
    const std::string elsewhere = ring::session_folder() + "/elsewhere";
    const Python& python = pythons().back();
    const auto reach = [&](Unprepared& target) {
        const std::string script_file = ring::session_folder() + "/script";
        make_visible({.pid = target->pid(), .program = interpreter_with_remote_exec(python, script_file), .minor = 14},
                     PYTHON_ADAPTER);
    };
    const std::vector<std::string> remote = {program("remote.py"), ring::session_folder() + "/script"};
    {
        Unprepared target(python, remote, {"AWAITSCOPE_DIR", elsewhere});
        reach(target);
        CHECK(Seen(target->pid()).trace.tasks_alive() == 2);
        CHECK(!std::filesystem::exists(elsewhere));
    }
    std::vector<std::string> seen = {"-c",
                                     "import sys; sys.path.append(sys.argv.pop(1)); import awaitscope\n"
                                     "awaitscope.enable(); del sys.argv[0]; exec(open(sys.argv[0]).read())",
                                     PYTHON_ADAPTER};
    seen.insert(seen.end(), remote.begin(), remote.end());
    Unprepared target(python, seen, {"AWAITSCOPE_DIR", elsewhere});
    const std::string why = "not in " + ring::session_folder() + ", but in " + elsewhere +
                            ": set AWAITSCOPE_DIR=" + elsewhere + " for awaitscope, too";
    CHECK_THROWS_WITH(reach(target), "process " + std::to_string(target->pid()) + " shares its events " + why);
    CHECK_THROWS_WITH(find_session(target->pid()), Catch::Contains("shares no events: " + why));
}

TEST_CASE("who asks for a Python program that was not prepared is told how to reach it") {
    const Unprepared target(pythons().back());
    const std::string pid = std::to_string(target.pid());
    CHECK_THROWS_WITH(find_session(target.pid()),
                      Catch::StartsWith("process " + pid + " shares no events: it is a Python program that was not " +
                                        "started to be seen; `awaitscope attach --inject " + pid + "`") &&
                          Catch::Contains("still.py` from its beginning (as AWAITSCOPE=1 does, after `awaitscope "
                                          "python install`)"));
}

TEST_CASE("a Python of 3.14 or later that does not want to be reached says so") {
    for (const Python& python : with_remote_exec()) {
        INFO(python.path);
        Unprepared target(python, {program("still.py")}, {"PYTHON_DISABLE_REMOTE_DEBUG", "1"});
        const auto found = find_python(target->pid());
        REQUIRE(found);
        CHECK_THROWS_WITH(make_visible(*found, PYTHON_ADAPTER),
                          Catch::StartsWith("sys.remote_exec was refused: RuntimeError: Remote debugging is not "
                                            "enabled in the remote process"));
        CHECK(target->running());
    }
    CHECK(true);
}

TEST_CASE("an interpreter without sys.remote_exec() is made visible by one that has it") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const std::string script_file = ring::session_folder() + "/script-" + std::to_string(python.minor);
        Unprepared target(python, {program("remote.py"), script_file});
        make_visible({.pid = target->pid(), .program = interpreter_with_remote_exec(python, script_file), .minor = 14},
                     PYTHON_ADAPTER);
        CHECK(Seen(target->pid()).trace.tasks_alive() == 2);
        CHECK(target->running());
        if (python.minor < 14)
            CHECK_THROWS_WITH(make_visible({.pid = target->pid(), .program = python.path, .minor = 14}, PYTHON_ADAPTER),
                              Catch::StartsWith("sys.remote_exec was refused: AttributeError"));
    }
    CHECK(true);
}

TEST_CASE("what is no Python, or none that can be shown, is left alone") {
    CHECK(!find_python(getpid()));
    CHECK(!find_python(999'999'999));
    CHECK_THROWS_WITH(make_visible({.pid = getpid(), .program = "/usr/bin/python3", .minor = 7}, PYTHON_ADAPTER),
                      Catch::Contains("those from 3.8 on can be shown"));
    CHECK_THROWS_WITH(make_visible({.pid = getpid(), .program = "/usr/bin/python3", .minor = 11}, ""),
                      Catch::Contains("built without its adapter"));
    CHECK_THROWS_WITH(make_visible({.pid = getpid(), .program = "/usr/bin/python3", .minor = 11}, "/it's"),
                      Catch::Contains("cannot be handed over"));
}
