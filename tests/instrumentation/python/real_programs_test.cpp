// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that are not ours: aiohttp, on asyncio's loop and on uvloop's.
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <regex>
#include <thread>

#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/source/session_directory.hpp"
#include "tests/instrumentation/python/python_programs.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// An interpreter that has these modules; nullptr, after a word, when there is none.
const Python* python_with(const std::string& modules) {
    for (const Python& python : pythons())
        if (shell("", python.path + " -c 'import " + modules + "'").exit_code == 0) return &python;
    WARN("no Python here has " << modules << ": not tried");
    SUCCEED();
    return nullptr;
}

void check_served(const ToldProgram& told) {
    CHECK(told.exit_code == 0);
    CHECK(told.output == "19900\n");
    // Each of 200 requests is a task's step or more on both sides; nobody is lost or left.
    CHECK(told.count("task_created") > 20);
    CHECK(told.count("task_created") == told.count("task_done"));
    CHECK(told.count("task_running") == told.count("task_suspended") + told.count("task_done"));
    CHECK(told.count("task_alive") == 0);
    CHECK(told.steps().find("client 9: finished\n") != std::string::npos);
}

/// Of all events of that kind.
std::uint64_t bytes_in(const ToldProgram& told, const std::string& kind) {
    const std::string events = told.events();
    const std::regex line(" " + kind + " +fd=\\d+ bytes=(\\d+)");
    std::uint64_t bytes = 0;
    for (std::sregex_iterator it(events.begin(), events.end(), line), end; it != end; ++it)
        bytes += std::stoull((*it)[1].str());
    return bytes;
}

/// As a viewer sees it that attaches, and leaves again.
std::size_t tasks_alive_in(int pid) {
    LiveSource source(find_session(pid), LiveStart::now);
    auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    bool answered = false;
    while (!answered) {
        std::vector<Event> events;
        REQUIRE(source.read(*symbols, events, 1 << 16) != SourceState::ended);
        for (const Event& event : events) answered = answered || event.kind() == EventKind::snapshot_end;
        trace.append(events);
        if (events.empty()) std::this_thread::yield();
    }
    return trace.tasks_alive();
}

std::string read_line(int fd) {
    std::string line;
    for (char one = 0; read(fd, &one, 1) == 1 && one != '\n';) line += one;
    return line;
}

}  // namespace

TEST_CASE("aiohttp's server and client, under load, from their first event to their last") {
    const Python* const python = python_with("aiohttp");
    if (!python) return;
    const ToldProgram told = told_by(*python, "served.py");
    check_served(told);
    CHECK(told.count("io_read") > 100);
    CHECK(told.count("connection_made") >= 20);
}

TEST_CASE("aiohttp on uvloop, whose handles are its own") {
    const Python* const python = python_with("aiohttp, uvloop");
    if (!python) return;
    const ToldProgram told = told_by(*python, "served.py", {"uvloop"});
    check_served(told);
    // libuv's own: turns follow polls.
    CHECK(told.count("poll") > 10);
    CHECK(told.count("iteration") == told.count("poll"));
    // Both ends of each connection are in it: what goes out comes in.
    CHECK(told.count("connection_made") >= 20);
    CHECK(told.count("connection_made") == told.count("connection_lost"));
    CHECK(told.count("io_write") >= 400);
    CHECK(bytes_in(told, "io_write") == bytes_in(told, "io_read"));
}

TEST_CASE("on uvloop's loop, too, each byte in and out is told, and each child") {
    const Python* const python = python_with("uvloop");
    if (!python) return;
    const ToldProgram told = told_by(*python, "contended.py", {"uvloop"});
    INFO(told.events());
    CHECK(told.exit_code == 0);
    CHECK(told.count("connection_made") == 6);  // two of datagrams, two of a stream, and a child's two pipes
    CHECK(told.count("connection_lost") == 6);
    CHECK(bytes_in(told, "io_write") == 5 + 11 + 11 + 13);
    CHECK(bytes_in(told, "io_read") == 5 + 11 + 11 + 13);
    CHECK(told.count("process_started") == 1);
    CHECK(told.count("process_exited") == 1);
}

TEST_CASE("protocols of any kind are as they were on a loop of another make, and told where that is possible") {
    const Python* const python = python_with("uvloop");
    if (!python) return;
    const ToldProgram told = told_by(*python, "foreign_protocols.py");
    INFO(told.events());
    CHECK(told.exit_code == 0);
    CHECK(told.output == shell("AWAITSCOPE=0", python->path + " " + program("foreign_protocols.py")).output);
    // A class that lets nobody change it is left alone; one protocol of several connections cannot say which is lost.
    CHECK(told.count("connection_made") == 3 + 3);
    CHECK(told.count("connection_lost") == 3 + 2);
    CHECK(told.events().find("fd=-1") == std::string::npos);
    CHECK(bytes_in(told, "io_write") == 5 + 5 + 5);  // once, though the method of a base is called
    CHECK(bytes_in(told, "io_read") ==
          5 + 5 + 1);  // a property is no method; the loop has a byte of its own for the signal
    CHECK(told.count("signal") == 1);
}

TEST_CASE("a loop of uvloop's tells its turns, however often it runs, and ends as it would") {
    const Python* const python = python_with("uvloop");
    if (!python) return;
    const ToldProgram told = told_by(*python, "uvloop_runs.py");
    INFO(told.events());
    CHECK(told.exit_code == 0);
    CHECK(told.output == "done\n");
    CHECK(told.count("loop_started") == 31);
    CHECK(told.count("loop_stopped") == 31);
    CHECK(told.count("task_done") == 25);
    CHECK(told.count("iteration") == told.count("poll"));
    CHECK(told.count("poll") >= 6 * 3 * 2);  // a timer each
}

TEST_CASE("a loop of uvloop's tells its tasks to who attaches while it is idle") {
    const Python* const python = python_with("uvloop");
    if (!python) return;
    LaunchedProcess idle({.command = {python->path, program("still.py"), "uvloop"},
                          .environment = {with_adapter()},
                          .capture_output = true});
    CHECK(read_line(idle.output()) == "ready");
    CHECK(tasks_alive_in(idle.pid()) == 2);
    CHECK(idle.running());
    idle.terminate(SIGTERM);
    CHECK(idle.wait() == -SIGTERM);
}

TEST_CASE("aiohttp is attached to while it serves, and left again") {
    const Python* const python = python_with("aiohttp");
    if (!python) return;
    LaunchedProcess server({.command = {python->path, program("served.py"), "forever"},
                            .environment = {with_adapter()},
                            .capture_output = true});
    CHECK(read_line(server.output()) == "19900");
    CHECK(tasks_alive_in(server.pid()) > 10);  // the main task, ten clients, and aiohttp's own
    CHECK(server.running());
    server.terminate(SIGTERM);
    CHECK(server.wait() == -SIGTERM);
}
