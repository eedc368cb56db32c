// SPDX-License-Identifier: GPL-3.0-or-later
// How a recorder ends the command it has started: by signals, and by ctrl-C on a terminal.
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <stdexcept>

#include "tests/app/child.hpp"
#include "tests/app/dumped_events.hpp"

using namespace awaitscope::test;

namespace {

/// A recorder of a shell's program, in which $E is our echo server.
Child::Arguments recorded(const std::string& file, const std::string& script) {
    return {awaitscope_binary,
            "record",
            "-o",
            file,
            "--",
            "sh",
            "-c",
            "E='" + std::string(echo_server_binary) + "'; " + script};
}

/// It tells which signals it gets, and runs a server in front of it; that takes some time to clean up.
const std::string telling_shell =
    "trap 'echo interrupted' INT; trap 'echo terminated' TERM; \"$E\" --port 0; echo over";

/// A process with a terminal of its own.
class OnTerminal {
  public:
    explicit OnTerminal(Child::Arguments arguments) {
        std::vector<char*> words;
        for (std::string& word : arguments) words.push_back(word.data());
        words.push_back(nullptr);
        pid_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
        if (pid_ < 0) throw std::runtime_error("no terminal");
        if (pid_ > 0) return;
        execv(words[0], words.data());
        _exit(127);
    }
    ~OnTerminal() {
        close(terminal_);
        if (pid_ <= 0) return;
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    OnTerminal(const OnTerminal&) = delete;
    OnTerminal& operator=(const OnTerminal&) = delete;

    void wait_for(const std::string& text) {
        while (said_.find(text) == said_.npos)
            if (!read_some()) throw std::runtime_error("it has ended, and said: " + said_);
    }
    void press_ctrl_c() const {
        if (write(terminal_, "\x03", 1) != 1) throw std::runtime_error("the terminal is gone");
    }
    /// All it has said.
    std::string wait() {
        while (read_some()) continue;
        waitpid(pid_, &status_, 0);
        pid_ = -1;
        return said_;
    }
    /// As waitpid() gives it.
    int status() const { return status_; }

  private:
    bool read_some() {
        char bytes[256];
        const ssize_t size = read(terminal_, bytes, sizeof bytes);  // an error when nobody has it open any more
        if (size > 0) said_.append(bytes, static_cast<std::size_t>(size));
        return size > 0 || (size < 0 && errno == EINTR);
    }

    int terminal_ = -1, status_ = -1;
    pid_t pid_ = -1;
    std::string said_;
};

std::size_t count(const std::string& all, const std::string& text) {
    std::size_t found = 0;
    for (std::size_t at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_CASE("what ends a recorder ends what it has started, a shell's server as well, by the same signal") {
    const int signal = GENERATE(SIGINT, SIGTERM);
    const std::string file = private_file("shell-" + std::to_string(signal) + ".awaitscope");
    Child recorder(recorded(file, telling_shell));
    recorder.wait_for_error_line("recording ");
    recorder.wait_for_line("listening on ");
    recorder.send_signal(signal);
    const Finished finished = recorder.wait();
    INFO(finished.err);
    CHECK(finished.exit_code == 0);
    CHECK_THAT(finished.out, Catch::EndsWith(signal == SIGINT ? "interrupted\nover\n" : "terminated\nover\n"));
    REQUIRE_FALSE(dumped_events(file).empty());
    CHECK(dumped_events(file).back().kind == "loop_stopped");
}

TEST_CASE("ctrl-C reaches a recorded command once, and what it does then is recorded to its end") {
    const std::string file = private_file("ctrl-c.awaitscope");
    OnTerminal recorder(recorded(file, telling_shell));
    recorder.wait_for("listening on ");
    recorder.wait_for("recording ");
    recorder.press_ctrl_c();
    const std::string said = recorder.wait();
    INFO(said);
    CHECK(recorder.status() == 0);
    CHECK(count(said, "interrupted") == 1);
    CHECK(count(said, "terminated") == 0);
    CHECK(count(said, "over\r\n") == 1);
    REQUIRE_FALSE(dumped_events(file).empty());
    CHECK(dumped_events(file).back().kind == "loop_stopped");
}

TEST_CASE("a shell's server in the background, which takes no notice of ctrl-C, is told to end after its shell") {
    const std::string file = private_file("background.awaitscope");
    OnTerminal recorder(recorded(file, "\"$E\" --port 0 & \"$E\" --port 0"));
    recorder.wait_for("listening on ");
    recorder.wait_for("recording ");
    while (count(run_awaitscope({"list"}).out, " echo_server ") < 2) continue;
    recorder.press_ctrl_c();
    INFO(recorder.wait());
    CHECK(recorder.status() == 0);
    // Each has run its loop three times: for itself, and twice for what asyncio::run() cleans up.
    CHECK(count(run_awaitscope({"dump", file}).out, " loop_stopped") == 6);
}

TEST_CASE("a second ctrl-C kills a recorded command that goes on, and its recording is whole") {
    const std::string file = private_file("killed.awaitscope");
    OnTerminal recorder(recorded(file, "trap 'echo no' INT; while :; do setsid \"$E\" --port 0; done"));
    recorder.wait_for("listening on ");
    recorder.wait_for("recording ");
    recorder.press_ctrl_c();
    recorder.wait_for("ctrl-C kills it");
    recorder.press_ctrl_c();
    INFO(recorder.wait());
    CHECK(recorder.status() == 0);
    const Finished dumped = run_awaitscope({"dump", file});
    CHECK(dumped.exit_code == 0);
    CHECK_THAT(dumped.out, Catch::Contains(" task_created "));
}

TEST_CASE("a command that is interrupted before it shares an event is waited for") {
    const std::string script = "trap 'sleep 0.1; echo hung up; exit' HUP; echo ready; while :; do sleep 0.01; done";
    Child recorder({awaitscope_binary, "record", "-o", private_file("early.awaitscope"), "--", "sh", "-c", script});
    recorder.wait_for_line("ready");
    recorder.send_signal(SIGHUP);
    const Finished stopped = recorder.wait();
    CHECK(stopped.exit_code == 1);
    CHECK_THAT(stopped.out, Catch::Contains("hung up\n"));
    CHECK_THAT(stopped.err, Catch::Contains("interrupted before the command shared an event"));
}
