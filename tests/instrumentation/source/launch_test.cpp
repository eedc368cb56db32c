// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/launch.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "instrumentation/source/session_directory.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const std::string target = AWAITSCOPE_SOURCE_TARGET;

LaunchOptions with(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), target);
    return {.command = arguments};
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a launched command's events are read from the first to the last") {
    {
        LaunchedProcess process{with({"mark=first", "events=1000", "mark=last"})};
        const auto source = process.open();
        CHECK(source->info().pid == process.pid());
        CHECK(source->info().command.find("mark=first") != std::string::npos);
        Symbols symbols;
        const auto events = read_to_end(*source, symbols);
        REQUIRE(events.size() == 1002);
        CHECK(text_of(events.front(), symbols) == "first");
        CHECK(text_of(events.back(), symbols) == "last");
        CHECK(source->note() == "process " + std::to_string(process.pid()) + " has exited");
        CHECK(process.wait() == 0);
        CHECK_FALSE(process.running());
    }
    CHECK(session_paths(ring::session_folder()).empty());
}

TEST_CASE_METHOD(FreshFolder, "how it ended is told") {
    const auto ending = [](const std::string& order) {
        LaunchedProcess process{with({"mark=x", order})};
        const auto source = process.open();
        Symbols symbols;
        CHECK(read_to_end(*source, symbols).size() == 1);
        const std::string note = source->note();
        const int code = process.wait();
        return std::pair{note.substr(note.find(' ', 8) + 1), code};
    };
    CHECK(ending("exit=3") == std::pair{std::string{"exited with code 3"}, 3});
    CHECK(ending("_exit=4") == std::pair{std::string{"left through _exit() with code 4; its last events are here"}, 4});
    const auto [note, code] = ending("signal=9");
    CHECK(note.find("was killed by signal 9 (Killed); its last events are here") == 0);
    CHECK(code == -SIGKILL);
}

TEST_CASE_METHOD(FreshFolder, "a command that shares nothing is an error that says so") {
    CHECK(error_of([] { LaunchedProcess{with({"silent"})}.open(); }) ==
          target + " ended with exit code 3: it started no instrumented loop");
    CHECK(error_of([] {
              LaunchedProcess{{.command = {"sh", "-c", "kill -9 $$"}}}.open();
          }).find("sh was killed by signal 9") == 0);
    CHECK(error_of([] { LaunchedProcess{{.command = {"/nonesuch"}}}; }).find("cannot start /nonesuch: No such file") ==
          0);
    CHECK(error_of([] { LaunchedProcess{{.command = {}}}; }) == "no command to start");
    HeldInput input;
    LaunchedProcess patient{{.command = {"cat"}}};
    CHECK_FALSE(patient.try_open());
    CHECK(error_of([&] { patient.open(std::chrono::milliseconds(5)); }).find("cat has started no instrumented loop") ==
          0);
    CHECK(patient.running());
    input.end();
    CHECK(patient.wait() == 0);
}

TEST_CASE_METHOD(FreshFolder, "a session left by an earlier process with the same pid is not taken for the command's") {
    WrittenSession earlier;
    HeldInput input;
    LaunchedProcess process{{.command = {"cat"}}};
    earlier.segment().header().pid = static_cast<std::uint32_t>(process.pid());
    earlier.crash();
    CHECK_FALSE(process.try_open());
    input.end();
    CHECK(process.wait() == 0);
}

TEST_CASE_METHOD(FreshFolder, "a command behind a shell is found, also when it has ended long since") {
    LaunchedProcess process{{.command = {"sh", "-c", target + " mark=x exit=0; true"}}};
    if (GENERATE(false, true)) CHECK(process.wait() == 0);
    const auto source = process.open();
    CHECK(source->info().pid != process.pid());
    Symbols symbols;
    CHECK(read_to_end(*source, symbols).size() == 1);
    CHECK(process.wait() == 0);
}

TEST_CASE_METHOD(FreshFolder, "a signal reaches what a shell has started, also when the shell is gone") {
    HeldInput input;
    const bool gone = GENERATE(false, true);
    LaunchedProcess process{{.command = {"sh", "-c", "exec 3<&0; (" + target + " mark=x wait <&3; true) & wait"}}};
    const auto source = process.open();
    Symbols symbols;
    std::vector<Event> events;
    read_until(*source, symbols, events, 1);
    if (gone) {
        kill(process.pid(), SIGKILL);
        process.wait();
    }
    process.terminate(SIGTERM);
    CHECK(read_to_end(*source, symbols).empty());
    CHECK(process.wait() == -(gone ? SIGKILL : SIGTERM));
    const auto left = list_sessions(std::chrono::milliseconds(1));
    REQUIRE(left.size() == 1);
    CHECK(left[0].status == SessionStatus::crashed);
}

TEST_CASE_METHOD(FreshFolder, "a command's output and environment are ours to choose") {
    LaunchOptions options = with({"mark=x", "say=hello"});
    options.capture_output = true;
    options.environment = {{"AWAITSCOPE_NAME", "renamed"}, {"AWAITSCOPE_RING", "256"}};
    LaunchedProcess process{options};
    const auto source = process.open();
    CHECK(source->info().name == "renamed");
    char bytes[64] = {};
    std::string said;
    for (ssize_t got = 0; (got = read(process.output(), bytes, sizeof bytes)) > 0;)
        said.append(bytes, static_cast<std::size_t>(got));
    CHECK(said == "hello\n");
    CHECK(process.wait() == 0);
}

TEST_CASE_METHOD(FreshFolder, "a running process answers who attaches with its tasks, and lives on when they leave") {
    HeldInput input;
    LaunchedProcess process{with({"mark=x", "snapshot", "wait"})};
    const auto starter = process.open();
    {
        LiveSource viewer{find_session(process.pid())};
        Symbols symbols;
        std::vector<Event> events;
        read_until(viewer, symbols, events, 4);
        REQUIRE(events.size() == 4);
        CHECK(events[1].kind() == EventKind::snapshot_begin);
        CHECK(events[2].kind() == EventKind::task_alive);
        CHECK(text_of(events[2], symbols) == "Task-3");
        CHECK(place_of(events[2], symbols).line == 42);
        CHECK(events[3].kind() == EventKind::snapshot_end);
    }
    CHECK(process.running());
    input.end();
    Symbols symbols;
    CHECK(read_to_end(*starter, symbols).size() == 4);
    CHECK(process.wait() == 0);
}

TEST_CASE_METHOD(FreshFolder, "a process that is killed leaves all it wrote to who watches, and to who comes later") {
    HeldInput input;
    LaunchedProcess process{with({"events=5000", "wait"})};
    const auto source = process.open();
    Symbols symbols;
    std::vector<Event> events;
    read_until(*source, symbols, events, 5000);
    process.terminate(SIGKILL);
    read_until(*source, symbols, events, ~std::size_t{0});
    CHECK(events.size() == 5000);
    CHECK(source->note().find("killed by signal 9") != std::string::npos);
    LiveSource later{find_session(process.pid())};
    Symbols later_symbols;
    CHECK(read_to_end(later, later_symbols).size() == 5000);
}
