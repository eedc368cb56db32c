// SPDX-License-Identifier: GPL-3.0-or-later
// A loop that stands still: the line is told while it lasts, by a program that was prepared and by one that was not.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
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

/// stalls.py, from when it stands still until it is let go.
class Stalled {
  public:
    Stalled(const Python& python, const std::string& how, bool prepared)
        : file_(ring::session_folder() + "/stall-" + std::to_string(python.minor) + how),
          process_({.command = {python.path, program("stalls.py"), how, made(file_)},
                    .environment = environment(prepared),
                    .capture_output = true}) {
        std::string line;
        for (char one = 0; read(process_.output(), &one, 1) == 1 && one != '\n';) line += one;
        if (line != "ready") throw std::runtime_error("it says " + line);
    }
    ~Stalled() {
        process_.terminate(SIGKILL);
        process_.wait();
    }
    int let_go() {
        std::ofstream(file_ + ".go").flush();
        const int pipe = open(file_.c_str(), O_WRONLY | O_NONBLOCK);
        if (pipe >= 0) close(pipe);
        return process_.wait();
    }
    int pid() const { return process_.pid(); }

  private:
    static const std::string& made(const std::string& file) {
        std::filesystem::remove(file);
        std::filesystem::remove(file + ".go");
        if (mkfifo(file.c_str(), 0600) != 0) throw std::runtime_error("no pipe");
        return file;
    }
    static std::vector<std::pair<std::string, std::string>> environment(bool prepared) {
        if (!prepared) return {{"AWAITSCOPE", "0"}};
        return {with_adapter(), {"PYTHONDONTWRITEBYTECODE", "1"}};
    }

    std::string file_;
    LaunchedProcess process_;
};

struct Seen {
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace{symbols};
    LiveSource source;

    explicit Seen(int pid) : source(find_session(pid), LiveStart::now) {}

    void take() {
        std::vector<Event> events;
        REQUIRE(source.read(*symbols, events, 1 << 16) != SourceState::ended);
        trace.append(events);
        if (events.empty()) std::this_thread::yield();
    }
    EventIndex first(EventKind kind) const {
        for (EventIndex i = 0; i < trace.event_count(); ++i)
            if (trace.event(i).kind() == kind) return i;
        return no_event;
    }
    /// Of the first stack, once it is whole (another has begun): "block stalls.py:16 < pick stalls.py:22".
    std::string stack() {
        for (;;) {
            std::string text;
            unsigned stacks = 0;
            for (EventIndex i = 0; i < trace.event_count(); ++i) {
                const Event event = trace.event(i);
                if (event.kind() != EventKind::stack) continue;
                stacks += event.c == 0;
                if (stacks > 1) return text;
                const Place place = symbols->place(event.b);
                const std::string_view file = symbols->string(place.file);
                text += (event.c == 0 ? "" : " < ") + std::string(symbols->string(place.function)) + " ";
                text += std::string(file.substr(file.rfind('/') + 1)) + ":" + std::to_string(place.line);
            }
            take();
        }
    }
};

}  // namespace

TEST_CASE("what keeps a loop is told while it lasts, frame by frame") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        {
            Stalled target(python, "block", true);
            Seen seen(target.pid());
            CHECK(seen.stack() == "block stalls.py:16 < pick stalls.py:22 < stall stalls.py:27");
            CHECK(target.let_go() == 0);
        }
        {
            Stalled target(python, "compute", true);
            Seen seen(target.pid());
            const std::string stack = seen.stack();
            INFO(stack);
            CHECK(stack.find("compute stalls.py:1") != std::string::npos);
            CHECK(stack.ends_with(" < pick stalls.py:22 < stall stalls.py:27"));
            CHECK(target.let_go() == 0);
        }
        {
            Stalled target(python, "callback", true);
            Seen seen(target.pid());
            CHECK(seen.stack() == "block stalls.py:16 < pick stalls.py:22");
            CHECK(seen.trace.event(seen.first(EventKind::stack)).task() == 0);
            CHECK(target.let_go() == 0);
        }
    }
    CHECK(true);
}

TEST_CASE("the thread that looks for stalls shows nowhere: not in threading, not at a fork, not after disable()") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        const ShellRun run =
            shell("AWAITSCOPE=1 PYTHONPATH=" PYTHON_ADAPTER, python.path + " " + program("watched.py"));
        CHECK(run.output.empty());
        CHECK(run.exit_code == 0);
    }
    CHECK(true);
}

TEST_CASE("a viewer that attaches while the loop stands still is told the tasks at once, and who runs") {
    for (const Python& python : pythons()) {
        INFO(python.path);
        Stalled target(python, "block", true);
        Seen seen(target.pid());
        while (seen.first(EventKind::snapshot_end) == no_event) seen.take();
        CHECK(seen.trace.tasks_alive() == 3);
        const TaskIndex runs = seen.trace.running_at(seen.trace.event_count() - 1, 1);
        REQUIRE(runs != no_task);
        CHECK(seen.symbols->string(seen.symbols->place(seen.trace.tasks()[runs].definition).function) == "stall");
        CHECK(target.let_go() == 0);
    }
    CHECK(true);
}

TEST_CASE("a program that was not prepared, and stands still, is told of all the same") {
    for (const Python& python : pythons()) {
        if (python.path != "/usr/bin/python3") continue;
        for (const std::string how : {"block", "compute", "callback"}) {
            INFO(how);
            Stalled target(python, how, false);
            try {
                make_visible(find_python(target.pid()).value(), PYTHON_ADAPTER);
            } catch (const SourceError& refused) {
                WARN("not tried: " << refused.what());
                SUCCEED();
                return;
            }
            Seen seen(target.pid());
            const std::string stack = seen.stack();
            INFO(stack);
            CHECK(stack.find(how == "compute" ? "compute stalls.py:1" : "block stalls.py:16") != std::string::npos);
            while (seen.first(EventKind::snapshot_end) == no_event) seen.take();
            CHECK(seen.trace.tasks_alive() == (how == "callback" ? 2 : 3));
            CHECK(target.let_go() == 0);
        }
    }
    CHECK(true);
}
