// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings through real pipes, from one awaitscope to another.
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <string>

#include "tests/app/child.hpp"
#include "tests/app/dumped_events.hpp"

using namespace awaitscope::test;

namespace {

Finished shell(const std::string& script) {
    return run({"sh", "-c", script}, {std::string("A=") + awaitscope_binary});
}

/// An echo server of our own that runs, for pipelines of a shell's in which $A is awaitscope and $PID the server.
struct Server {
    Child child{{echo_server_binary, "--port", "0"}};
    std::string port = child.wait_for_line("listening on 127.0.0.1:");

    Child::Arguments environment() const {
        return {std::string("A=") + awaitscope_binary, "PID=" + std::to_string(child.pid())};
    }
    void echo(const std::string& plan) const {
        REQUIRE(run({"python3", AWAITSCOPE_SOURCE_DIR "/tests/app/clients/echo_client.py", port, plan}).out ==
                "all echoed\n");
    }
};

/// Records the server into a pipe, from which `reader` reads. It has begun.
struct Pipeline {
    Pipeline(const Server& server, const std::string& reader)
        : child({"bash", "-c", "set -o pipefail; \"$A\" record $PID -o - | " + reader}, server.environment()) {
        child.wait_for_error_line("recording ");
    }
    Child child;
};

/// The event of a kind, one a line and without its time, as they come.
std::string events_of(const std::string& kind) {
    return "\"$A\" dump - | grep --line-buffered -o '" + kind + " .*'";
}

}  // namespace

TEST_CASE("a process recorded into a pipe is dumped at its other end as from a file") {
    const std::string file = private_file("run.awaitscope");
    REQUIRE(run_awaitscope({"scenario", "lock", "--headless", "-o", file}).exit_code == 0);
    const Finished piped = shell("\"$A\" record -o - -- \"$A\" scenario lock --headless | \"$A\" dump -");
    CHECK(piped.exit_code == 0);
    CHECK(piped.out == run_awaitscope({"dump", file}).out);
    // What the program says itself does not get into the recording's way.
    CHECK_THAT(piped.err, Catch::Contains("into standard output"));
}

TEST_CASE("a recording goes through a pipe as a file, too") {
    const std::string file = private_file("run.awaitscope");
    REQUIRE(run_awaitscope({"scenario", "lock", "--headless", "-o", file}).exit_code == 0);
    const Finished whole = shell("\"$A\" dump - < " + file);
    CHECK(whole.exit_code == 0);
    CHECK(whole.out == run_awaitscope({"dump", file}).out);
    CHECK(whole.err.empty());
    const Finished cut = shell("head -c 900 " + file + " | \"$A\" dump -");
    CHECK(cut.exit_code == 0);
    CHECK_THAT(cut.err, Catch::StartsWith("note: standard input ends in mid-chunk"));
    CHECK_THAT(shell("echo hello | \"$A\" dump -").err,
               Catch::Contains("awaitscope: standard input is not a recording of awaitscope"));
}

TEST_CASE("a running process is read through a pipe as it goes, to its end") {
    const Server server;
    Pipeline pipeline(server, "tee " + private_file("live.awaitscope") + " | " + events_of("io_read"));
    server.echo("7");
    CHECK_THAT(pipeline.child.wait_for_line("io_read"), Catch::Contains("bytes=7"));  // it has come while both run
    server.echo("88");
    server.child.send_signal(SIGTERM);
    const Finished ended = pipeline.child.wait();
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    CHECK_THAT(ended.out, Catch::Contains("bytes=88\n"));
    const auto connections = traffic(dumped_events(private_file("live.awaitscope")));
    REQUIRE(connections.size() == 2);
    CHECK(connections[0] == Traffic{"r7", "w7", "end", "lost"});
    CHECK(connections[1] == Traffic{"r88", "w88", "end", "lost"});
}

TEST_CASE("each reader of a pipe tells what it tells of the file") {
    const std::string reader =
        GENERATE(as<std::string>(), "dump", "dump --json", "tasks", "report", "report --json",
                 "export --format csv -o -", "export --format chrome -o -", "export --format otlp -o -");
    INFO(reader);
    const Server server;
    const std::string file = private_file("read.awaitscope");
    const auto cut = reader.find(' ');
    const auto with_target = [&](const std::string& target) {
        return "\"$A\" " + reader.substr(0, cut) + " " + target + (cut == reader.npos ? "" : reader.substr(cut));
    };
    Pipeline pipeline(server, "tee " + file + " | " + with_target("-"));
    server.echo("1,10");
    server.child.send_signal(SIGTERM);
    const Finished piped = pipeline.child.wait();
    INFO(piped.err);
    CHECK(piped.exit_code == 0);
    const Finished of_file = shell(with_target(file));
    CHECK(of_file.out.size() > 50);
    // It says of what it tells.
    const auto named = [&](std::string text) {
        for (std::size_t at = 0; (at = text.find(file)) != text.npos;) text.replace(at, file.size(), "-");
        return text;
    };
    CHECK(named(piped.out) == named(of_file.out));
}

TEST_CASE("a process that is killed while it is read through a pipe has told all, and how it ended") {
    const Server server;
    Pipeline pipeline(server, events_of("io_write"));
    server.echo("7");
    pipeline.child.wait_for_line("io_write");
    server.echo("99");
    server.child.send_signal(SIGKILL);
    const Finished ended = pipeline.child.wait();
    CHECK(ended.exit_code == 0);
    CHECK_THAT(ended.out, Catch::Contains("bytes=99\n"));
    CHECK_THAT(ended.err, Catch::Contains("kill"));
}

TEST_CASE("a reader that is killed ends its recorder, and the process runs on") {
    const Server server;
    const std::string pid_file = private_file("reader");
    Pipeline pipeline(server, "(echo $BASHPID > " + pid_file + "; exec \"$A\" dump -)");
    pipeline.child.wait_for_line("");  // something has come
    kill(std::stoi(read_file(pid_file)), SIGKILL);
    server.echo("7");  // what is told next finds nobody
    const Finished ended = pipeline.child.wait();
    INFO(ended.err);
    CHECK(ended.exit_code == 128 + SIGKILL);  // the reader's; the recorder has none of its own to tell
    CHECK_THAT(ended.err, !Catch::Contains("awaitscope:"));
    server.echo("8");
}

TEST_CASE("a recorder that is killed leaves its reader with all that has come, and a word") {
    const Server server;
    Pipeline pipeline(server, events_of("io_read"));
    server.echo("7");
    pipeline.child.wait_for_line("io_read");
    kill(std::stoi(run({"pgrep", "-P", std::to_string(pipeline.child.pid()), "-f", "record"}).out), SIGKILL);
    const Finished ended = pipeline.child.wait();
    CHECK(ended.exit_code == 128 + SIGKILL);
    CHECK_THAT(ended.out, Catch::StartsWith("io_read"));
    CHECK_THAT(ended.err, Catch::Contains("note: standard input"));
    server.echo("8");
}
