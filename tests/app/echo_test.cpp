// SPDX-License-Identifier: GPL-3.0-or-later
// From end to end: a server in one process, a client that is not ours in another, a recorder in a third; and the
// recording tells exactly what moved.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <regex>

#include "tests/app/child.hpp"
#include "tests/app/dumped_events.hpp"

using namespace awaitscope::test;

namespace {

/// An echo server of our own that runs.
struct Server {
    std::string pid() const { return pid_text; }
    Child child{{echo_server_binary}};
    std::string port = child.wait_for_line("listening on 127.0.0.1:");
    std::string pid_text = std::to_string(child.pid());
};

/// Records a server; from when it is made the server's events go into `file`.
struct Recorder {
    explicit Recorder(const Server& server, const std::string& name)
        : file(private_file(name)), child({awaitscope_binary, "record", server.pid(), "-o", file}) {
        child.wait_for_error_line("recording ");
    }
    std::string file;
    Child child;
};

Finished run_client(const Server& server, Child::Arguments plans) {
    plans.insert(plans.begin(), {"python3", AWAITSCOPE_SOURCE_DIR "/tests/app/clients/echo_client.py", server.port});
    return run(plans);
}

/// Each reader measures the clock's rate for itself, so times differ in their last digits.
std::string without_times(const std::string& json_lines) {
    static const std::regex time(R"re("(t|took|timeout|when)":[0-9.]+)re");
    return std::regex_replace(json_lines, time, "\"$1\":_");
}

const Traffic first = {"r1", "w1", "r10", "w10", "r1000", "w1000", "end", "lost"};
const Traffic second = {"r3", "w3", "r333", "w333", "end", "lost"};

}  // namespace

TEST_CASE("a recording of the echo server holds exactly the client's reads and writes") {
    Server server;
    Recorder recorder(server, "echo.awaitscope");

    const Finished client = run_client(server, {"1,10,1000", "3,333"});
    INFO(client.err);
    REQUIRE(client.out == "all echoed\n");
    server.child.send_signal(SIGTERM);
    const Finished served = server.child.wait();
    CHECK(served.exit_code == 0);
    CHECK_THAT(served.out, Catch::EndsWith("stopped\n"));

    const Finished recorded = recorder.child.wait();  // the server's end is the recording's end
    INFO(recorded.err);
    CHECK(recorded.exit_code == 0);
    const auto connections = traffic(dumped_events(recorder.file));
    REQUIRE(connections.size() == 2);
    CHECK(connections[0] == first);
    CHECK(connections[1] == second);
}

TEST_CASE("a server runs on when its recorder is told to stop, and when it is killed") {
    Server server;
    {
        Recorder recorder(server, "stopped.awaitscope");
        REQUIRE(run_client(server, {"5"}).out == "all echoed\n");
        recorder.child.send_signal(SIGINT);
        CHECK(recorder.child.wait().exit_code == 0);
        const auto connections = traffic(dumped_events(recorder.file));
        REQUIRE(connections.size() == 1);
        CHECK(std::ranges::equal(Traffic(connections[0].begin(), connections[0].begin() + 2), Traffic{"r5", "w5"}));
    }
    {
        Recorder recorder(server, "killed.awaitscope");
        recorder.child.send_signal(SIGKILL);
        CHECK(recorder.child.wait().signal == SIGKILL);
    }
    CHECK(run_client(server, {"6"}).out == "all echoed\n");
}

TEST_CASE("a recorder that is told to end leaves a whole recording, up to the last event before") {
    const int signal = GENERATE(SIGINT, SIGTERM);
    const bool window = GENERATE(false, true);
    Server server;
    REQUIRE(run_client(server, {"5"}).out == "all echoed\n");
    const std::string file = private_file("ended-" + std::to_string(signal) + (window ? "-window" : ""));
    const Child::Arguments alone = {awaitscope_binary, "record", server.pid(), "-o", file};
    const Child::Arguments beside_the_window = {awaitscope_binary, "attach", server.pid(), "--record", file};
    Child recorder(window ? beside_the_window : alone,
                   {"QT_QPA_PLATFORM=offscreen", "XDG_CONFIG_HOME=" + private_file("config")});
    // It has begun when something of the recording can be read, which is before the window stands.
    const auto recorded_so_far = [&] { return run_awaitscope({"dump", file}).out.size(); };
    while (recorded_so_far() < 100) CHECK(kill(recorder.pid(), 0) == 0);
    REQUIRE(run_client(server, {"7"}).out == "all echoed\n");
    recorder.send_signal(signal);
    const Finished ended = recorder.wait();
    INFO(ended.err);
    CHECK(ended.exit_code == 0);

    const Finished dumped = run_awaitscope({"dump", file});
    CHECK(dumped.exit_code == 0);
    CHECK(dumped.err == "");  // or it would say that the recording was not ended
    const auto connections = traffic(dumped_events(file));
    REQUIRE(connections.size() == 2);
    CHECK(std::ranges::equal(Traffic(connections[1].begin(), connections[1].begin() + 2), Traffic{"r7", "w7"}));
    CHECK(run_client(server, {"6"}).out == "all echoed\n");
}

TEST_CASE("after kill -9 of the server the recording has everything, and says what happened") {
    Server server;
    Recorder recorder(server, "killed-server.awaitscope");
    REQUIRE(run_client(server, {"1,10,1000", "3,333"}).out == "all echoed\n");
    server.child.send_signal(SIGKILL);
    CHECK(server.child.wait().signal == SIGKILL);

    const Finished recorded = recorder.child.wait();
    CHECK(recorded.exit_code == 0);
    CHECK_THAT(recorded.err, Catch::Contains(server.pid()) && Catch::Contains("kill"));
    const auto connections = traffic(dumped_events(recorder.file));
    REQUIRE(connections.size() == 2);
    // Whether the loop came to see the end of the last connection before it was killed is open.
    for (const auto& [got, wanted] : {std::pair{connections[0], first}, std::pair{connections[1], second}}) {
        REQUIRE(got.size() >= wanted.size() - 2);
        CHECK(std::equal(wanted.begin(), wanted.end() - 2, got.begin()));
    }
}

TEST_CASE("a server that was killed, and that nobody watched, can still be read") {
    Server server;
    REQUIRE(run_client(server, {"7,77"}).out == "all echoed\n");
    server.child.send_signal(SIGKILL);
    server.child.wait();

    const auto connections = traffic(dumped_events(server.pid()));
    REQUIRE(connections.size() == 1);
    REQUIRE(connections[0].size() >= 4);
    CHECK(std::equal(connections[0].begin(), connections[0].begin() + 4, Traffic{"r7", "w7", "r77", "w77"}.begin()));
}

TEST_CASE("a live dump and the dump of a recording made meanwhile tell the same") {
    Server server;
    Recorder recorder(server, "same.awaitscope");
    Child live({awaitscope_binary, "dump", server.pid(), "--json"});
    live.wait_for_line("{");  // it is attached
    REQUIRE(run_client(server, {"1,10", "3"}).out == "all echoed\n");
    server.child.send_signal(SIGTERM);
    server.child.wait();

    const Finished dumped_live = live.wait();
    CHECK(dumped_live.exit_code == 0);
    REQUIRE(recorder.child.wait().exit_code == 0);
    const Finished dumped_file = run_awaitscope({"dump", recorder.file, "--json"});
    CHECK(dumped_file.exit_code == 0);
    CHECK(dumped_live.out.size() > 1000);
    CHECK((without_times(dumped_live.out) == without_times(dumped_file.out)));
}

TEST_CASE("list shows the server while it runs, and no longer") {
    const auto listed = [] { return run_awaitscope({"list", "--json"}).out; };
    std::string pid;
    {
        Server server;
        pid = "\"pid\":" + server.pid() + ",";
        const std::string all = listed();
        const std::string line = all.substr(std::min(all.find("{" + pid), all.size()));
        CHECK_THAT(line.substr(0, line.find('\n')), Catch::Contains("\"name\":\"echo_server\"") &&
                                                        Catch::Contains("\"status\":\"running\"") &&
                                                        Catch::Contains("\"loops\":1"));
        server.child.send_signal(SIGINT);
        CHECK(server.child.wait().exit_code == 0);
    }
    CHECK_THAT(listed(), !Catch::Contains(pid));
}

TEST_CASE("list says what to do when there is nothing to list") {
    const Finished listed = run_awaitscope({"list"}, {"AWAITSCOPE_DIR=" + private_file("nobody-here")});
    CHECK(listed.exit_code == 0);
    CHECK(listed.out.empty());
    CHECK_THAT(listed.err, Catch::Contains("AWAITSCOPE=1"));
}

TEST_CASE("tasks tells what the server's tasks wait for") {
    Server server;
    const Finished tasks = run_awaitscope({"tasks", server.pid()});
    CHECK(tasks.exit_code == 0);
    CHECK_THAT(tasks.out, Catch::Contains("Task-1") && Catch::Contains("event") && Catch::Contains("echo_server.cpp"));
}

TEST_CASE("record starts a program, records it from its first event, and ends with it") {
    const std::string file = private_file("started.awaitscope");
    Child recorder({awaitscope_binary, "record", "-o", file, "--", echo_server_binary});
    const std::string line = recorder.wait_for_error_line("recording ");
    recorder.wait_for_line("listening on ");
    kill(static_cast<pid_t>(std::stol(line)), SIGTERM);
    const Finished recorded = recorder.wait();
    INFO(recorded.err);
    CHECK(recorded.exit_code == 0);
    const auto events = dumped_events(file);
    REQUIRE_FALSE(events.empty());
    CHECK(events.front().kind == "task_created");
    CHECK(events.back().kind == "loop_stopped");
}

TEST_CASE("two servers are recorded into one file, each with its loop") {
    Server one, other;
    const std::string file = private_file("two.awaitscope");
    Child recorder({awaitscope_binary, "record", one.pid(), other.pid(), "-o", file});
    recorder.wait_for_error_line("recording 2 processes");
    REQUIRE(run_client(one, {"1"}).out == "all echoed\n");
    REQUIRE(run_client(other, {"22"}).out == "all echoed\n");
    one.child.send_signal(SIGTERM);
    other.child.send_signal(SIGTERM);
    CHECK(recorder.wait().exit_code == 0);
    const std::string events = run_awaitscope({"dump", file}).out;
    CHECK_THAT(events, Catch::Contains("echo_server " + one.pid()) && Catch::Contains("echo_server " + other.pid()));
    const auto connections = traffic(dumped_events(file));
    CHECK(connections.size() == 2);
}

TEST_CASE("several that are no processes cannot be taken together") {
    const Finished dumped = run_awaitscope({"dump", "1", "a.awaitscope"});
    CHECK(dumped.exit_code == 1);
    CHECK(dumped.err == "awaitscope: of several, each must be the number of a process; a.awaitscope is none\n");
}

TEST_CASE("a recorder into a pipe ends quietly when nobody reads it") {
    const std::string command = std::string("set -o pipefail; ") + awaitscope_binary + " record -o - -- " +
                                awaitscope_binary + " scenario queue-workers --headless | :";
    const Finished finished = run({"bash", "-c", command});
    CHECK(finished.exit_code == 0);
    CHECK_THAT(finished.err, !Catch::Contains("awaitscope:"));
}

TEST_CASE("record --for ends by itself, and the server runs on") {
    Server server;
    const std::string file = private_file("short.awaitscope");
    const Finished recorded = run_awaitscope({"record", server.pid(), "-o", file, "--for", "50ms"});
    CHECK(recorded.exit_code == 0);
    CHECK_FALSE(dumped_events(file).empty());
    CHECK(run_client(server, {"6"}).out == "all echoed\n");
}

TEST_CASE("a recorder whose disk is full says so in a line, and the server runs on") {
    const std::string folder = private_file("small");
    // A file system of the recorder's own, where the system lets users have one.
    const std::string mounted = "mkdir -p " + folder + " && mount -t tmpfs -o size=32k small " + folder;
    if (run({"unshare", "-Urm", "sh", "-c", mounted}).exit_code != 0) {
        WARN("no user may mount a file system of his own here: not tried");
        SUCCEED();
        return;
    }
    Server server;
    Child recorder({"unshare", "-Urm", "sh", "-c",
                    mounted + " && exec " + awaitscope_binary + " record " + server.pid() + " -o " + folder + "/full"});
    recorder.wait_for_error_line("recording ");
    std::string plan = "1";
    for (int i = 0; i < 5000; ++i) plan += ",1";
    REQUIRE(run_client(server, {plan}).out == "all echoed\n");
    const Finished recorded = recorder.wait();
    CHECK(recorded.exit_code == 1);
    CHECK_THAT(recorded.err,
               Catch::Contains("awaitscope: cannot write " + folder + "/full: No space left on device; "));
    CHECK(std::ranges::count(recorded.err, '\n') == 2);
    CHECK(run_client(server, {"6"}).out == "all echoed\n");
}

TEST_CASE("dump ends quietly when nobody reads on") {
    const std::string file = private_file("pipe.awaitscope");
    REQUIRE(run_awaitscope({"scenario", "queue-workers", "-o", file}).exit_code == 0);
    const std::string command = std::string("set -o pipefail; ") + awaitscope_binary + " dump " + file + " | head -n 1";
    const Finished finished = run({"bash", "-c", command});
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    CHECK(std::ranges::count(finished.out, '\n') == 1);
}
