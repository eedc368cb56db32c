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

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// A program without our path or variable, once it runs its loop.
class Unprepared {
  public:
    explicit Unprepared(const Python& python, std::vector<std::string> command = {program("idle.py")})
        : process_({.command = with(python, std::move(command)),
                    .environment = {{"AWAITSCOPE", "0"}},
                    .capture_output = true}) {
        std::string line;
        for (char one = 0; read(process_.output(), &one, 1) == 1 && one != '\n';) line += one;
        if (line != "ready") throw std::runtime_error("it says " + line);
    }
    ~Unprepared() {
        process_.terminate(SIGKILL);
        process_.wait();
    }
    LaunchedProcess& operator*() { return process_; }
    LaunchedProcess* operator->() { return &process_; }

  private:
    static std::vector<std::string> with(const Python& python, std::vector<std::string> command) {
        command.insert(command.begin(), python.path);
        return command;
    }

    LaunchedProcess process_;
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
exec(sys.argv[1])' "$2"
)";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
}

/// Reads until the target has told its tasks.
void wait_for_snapshot(LiveSource& source, Symbols& symbols, Trace& trace) {
    bool answered = false;
    while (!answered) {
        std::vector<Event> events;
        REQUIRE(source.read(symbols, events, 1 << 16) != SourceState::ended);
        for (const Event& event : events) answered = answered || event.kind() == EventKind::snapshot_end;
        trace.append(events);
        if (events.empty()) std::this_thread::yield();
    }
}

const Python* debians() {
    for (const Python& python : pythons())
        if (python.path == "/usr/bin/python3") return &python;
    WARN("no /usr/bin/python3 is here: not tried");
    SUCCEED();
    return nullptr;
}

}  // namespace

TEST_CASE("a running Python program that was not prepared is made visible") {
    const Python* const python = debians();
    if (!python) return;
    Unprepared target(*python);
    const auto found = find_python(target->pid());
    REQUIRE(found);
    CHECK(found->minor == python->minor);
    CHECK(what_injection_does(*found).find("This runs code in process " + std::to_string(target->pid())) == 0);
    try {
        make_visible(*found, PYTHON_ADAPTER);
    } catch (const SourceError& refused) {
        const std::string why = refused.what();
        INFO(why);
        const bool by_the_system = why.find("gdb is needed") == 0 || why.find("the system does not let") == 0;
        REQUIRE(by_the_system);
        WARN("not tried: " << why);
        return;
    }
    LiveSource source(find_session(target->pid()), LiveStart::now);
    auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    wait_for_snapshot(source, *symbols, trace);
    CHECK(trace.tasks_alive() == 2);
    CHECK(steps_of(trace, *symbols).find("Task-2: suspended on sleep at 8\n") != std::string::npos);
    CHECK(target->running());
}

TEST_CASE("from 3.14 on the interpreter itself is asked") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const std::string script_file = ring::session_folder() + "/script-" + std::to_string(python.minor);
        Unprepared target(python, {program("remote.py"), script_file});
        make_visible({.pid = target->pid(), .program = interpreter_with_remote_exec(python, script_file), .minor = 14},
                     PYTHON_ADAPTER);
        LiveSource source(find_session(target->pid()), LiveStart::now);
        auto symbols = std::make_shared<Symbols>();
        Trace trace(symbols);
        wait_for_snapshot(source, *symbols, trace);
        CHECK(trace.tasks_alive() == 2);
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
