// SPDX-License-Identifier: GPL-3.0-or-later
// What a process starts comes with it, on the command line as in the window.
#include <signal.h>

#include <catch2/catch.hpp>
#include <string>

#include "tests/app/child.hpp"

using namespace awaitscope::test;

namespace {

/// How often `text` stands in `all`.
std::size_t count(const std::string& all, const std::string& text) {
    std::size_t found = 0;
    for (std::size_t at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) ++found;
    return found;
}

/// A shell's program that starts our echo server as often as it is told to.
std::string servers(const std::string& script) {
    return "E='" + std::string(echo_server_binary) + "'; " + script;
}

/// Until so many share events.
void wait_for_servers(std::size_t many) {
    while (count(run_awaitscope({"list"}).out, " echo_server ") < many) continue;
}

/// Each has one main task.
std::size_t programs_in(const std::string& file) {
    return count(run_awaitscope({"dump", file}).out, " task_created           name=\"Task-1\" ");
}

}  // namespace

TEST_CASE("record takes all that the launched command starts, together and one after the other") {
    const std::string file = private_file("children.awaitscope");
    const std::string one = "'" + std::string(awaitscope_binary) + "' scenario hello-world --headless --clock real";
    const Finished recorded =
        run_awaitscope({"record", "-o", file, "--", "sh", "-c", one + " & " + one + " & wait; " + one});
    INFO(recorded.err);
    CHECK(recorded.exit_code == 0);
    CHECK(programs_in(file) == 3);
}

TEST_CASE("what a launched command leaves behind is told to end with it when the time is over") {
    const std::string file = private_file("left.awaitscope");
    Child recording(
        {awaitscope_binary, "record", "-o", file, "--", "sh", "-c", servers("\"$E\" --port 0 & \"$E\" --port 0")});
    wait_for_servers(2);
    recording.wait_for_error_line("recording ");
    recording.send_signal(SIGINT);
    const Finished finished = recording.wait();
    INFO(finished.err);
    CHECK(finished.exit_code == 0);
    CHECK(programs_in(file) == 2);
}

TEST_CASE("a process is recorded with its children, each in its own loop") {
    // A shell that becomes a server has the other one as its child.
    Child parent({"sh", "-c", servers("\"$E\" --port 0 & echo child $!; exec \"$E\" --port 0")});
    const int child = std::stoi(parent.wait_for_line("child "));
    wait_for_servers(2);
    const std::string file = private_file("process.awaitscope");
    Child recording({awaitscope_binary, "record", std::to_string(parent.pid()), "-o", file});
    recording.wait_for_error_line("recording ");
    // At any moment the file is a good recording of what was there half a second ago.
    std::string events;
    while (count(events, " name=\"echo_server ") < 2) events = run_awaitscope({"dump", file}).out;
    CHECK_THAT(events, Catch::Contains("echo_server " + std::to_string(parent.pid())));
    parent.send_signal(SIGTERM);
    kill(child, SIGTERM);
    recording.send_signal(SIGINT);
    const Finished finished = recording.wait();
    INFO(finished.err);
    CHECK(finished.exit_code == 0);
}
