// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "tests/support/told_program.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const std::pair<std::string, std::string> with_adapter = {"NODE_OPTIONS",
                                                          "--require \"" NODE_ADAPTER "/awaitscope.js\""};

ToldProgram told_by(const std::string& program, std::vector<std::string> arguments = {}) {
    std::vector<std::string> command = {NODE, std::string(NODE_PROGRAMS) + "/" + program};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return ToldProgram(std::move(command), {with_adapter});
}

std::string steps(const std::string& what) {
    const ToldProgram told = told_by("waits.js", {what});
    CHECK(told.exit_code == 0);
    return told.steps();
}

}  // namespace

TEST_CASE("node: a timer") {
    CHECK(steps("sleeps") == R"(sleeps-1: created
sleeps-1: running
sleeps-1: suspended on sleep at 16
sleeps-1: ready
sleeps-1: running
sleeps-1: finished
)");
}

TEST_CASE("node: an async function that is called and awaited") {
    CHECK(steps("calls") == R"(calls-1: created
calls-1: running
inner-2: created by calls-1
inner-2: running
inner-2: suspended on sleep at 10
calls-1: suspended on task at 19
inner-2: ready
inner-2: running
calls-1: ready
inner-2: finished
calls-1: running
calls-1: finished
)");
}

TEST_CASE("node: all of several") {
    CHECK(steps("gathers") == R"(gathers-1: created
gathers-1: running
inner-2: created by gathers-1
inner-2: running
inner-2: suspended on sleep at 10
inner-3: created by gathers-1
inner-3: running
inner-3: suspended on sleep at 10
gathers-1: suspended on gather at 22
inner-2: ready
inner-2: running
inner-2: finished
inner-3: ready
inner-3: running
inner-3: finished
gathers-1: ready
gathers-1: running
gathers-1: finished
)");
}

TEST_CASE("node: what is no promise") {
    CHECK(steps("value") == R"(value-1: created
value-1: running
value-1: suspended on future at 25
value-1: ready
value-1: running
value-1: finished
)");
}

TEST_CASE("node: a file, which a thread reads") {
    CHECK(steps("reads") == R"(reads-1: created
reads-1: running
reads-1: suspended on thread at 28
reads-1: ready
reads-1: running
reads-1: finished
)");
}

TEST_CASE("node: what the threads do is told to its end, and what is done at once is no job of theirs") {
    const ToldProgram told = told_by("jobs.js");
    CHECK(told.exit_code == 0);
    CHECK(told.output == "done\n");
    CHECK(told.count("thread_submitted") == 4);  // who compresses writes, and then ends
    CHECK(told.count("thread_done") == 4);
    CHECK_THAT(told.steps(), Catch::Contains("random-2: suspended on thread at 9\n") &&
                                 Catch::Contains("derive-3: suspended on thread at 12\n") &&
                                 Catch::Contains("compress-4: suspended on thread at 15\n") &&
                                 Catch::Contains("alone-5: suspended on future at 24\n"));
}

TEST_CASE("node: a child process") {
    CHECK(steps("child") == R"(child-1: created
child-1: running
child-1: suspended on process at 31
child-1: ready
child-1: running
child-1: finished
)");
}

TEST_CASE("node: a promise that somebody else resolves") {
    CHECK(steps("future") == R"(future-1: created
future-1: running
future-1: suspended on future at 37
future-1: ready
future-1: running
future-1: finished
)");
}

TEST_CASE("node: an error") {
    CHECK(steps("fails") == R"(fails-1: created
fails-1: running
fails-1: suspended on future at 40
fails-1: ready
fails-1: running
fails-1: failed
)");
}

TEST_CASE("node: a promise that nobody resolves") {
    CHECK(steps("never") == R"(never-1: created
never-1: running
never-1: suspended on future at 44
)");
}

TEST_CASE("node: a task that is collected while it waits") {
    const ToldProgram told({NODE, "--expose-gc", std::string(NODE_PROGRAMS) + "/collected.js"}, {with_adapter});
    CHECK(told.exit_code == 0);
    CHECK_THAT(told.steps(), Catch::EndsWith("forgotten-1: cancelled\n"));
}

TEST_CASE("node: an HTTP server and its clients, from the first event to the last") {
    const ToldProgram told = told_by("served.js");
    CHECK(told.exit_code == 0);
    CHECK(told.output == "2646700\n");
    CHECK(told.count("task_created") == 411);  // each request's two, ten clients, and who waits for these
    CHECK(told.count("task_done") == 411);
    CHECK(told.count("task_running") == told.count("task_suspended") + told.count("task_done"));
    CHECK(told.count("connection_made") == 20);  // both ends
    CHECK(told.count("connection_lost") >= 10);
    CHECK(told.count("io_read") >= 400);
    CHECK(told.count("io_write") >= 400);
    CHECK(told.count("poll") == told.count("iteration"));
}

#ifdef NPM
TEST_CASE("node: npm, which is not ours, installs from a registry that counts what npm tells") {
    const ToldProgram told({"python3", std::string(NODE_PROGRAMS) + "/npm_install.py", NPM}, {with_adapter});
    INFO(told.output);
    REQUIRE(told.exit_code == 0);
    unsigned connections = 0, requests = 0, came = 0, went = 0;
    REQUIRE(std::istringstream(told.output) >> connections >> requests >> came >> went);
    CHECK(told.count("lost") == 0);
    CHECK(told.count("connection_made") == connections);
    CHECK(told.sum("io_write", &Event::a) == came);
    CHECK(told.sum("io_read", &Event::a) == went);
    CHECK(told.tasks_of("doFetch") == requests);
    CHECK(told.count("task_created") > 1000);
    CHECK(told.count("task_created") == told.count("task_done"));
    CHECK(told.count("thread_submitted") > 500);  // files
    CHECK(told.count("thread_done") == told.count("thread_submitted"));
    // It does not wait for its last timeouts.
    CHECK(told.count("timer_set") >= told.count("timer_fired") + told.count("timer_cancelled"));
}
#endif

TEST_CASE("node: http-server, which is not ours, under a load tells what its clients have counted") {
    const std::string folder = std::string(NODE_PROGRAMS) + "/http_server";
    const std::string program = folder + "/node_modules/http-server/bin/http-server";
    if (!std::filesystem::exists(program)) {
        WARN("npm has not brought http-server: not tried");
        SUCCEED();
        return;
    }
    const ToldProgram told({"python3", folder + "/load.py", NODE, program}, {with_adapter});
    INFO(told.output);
    REQUIRE(told.exit_code == 0);
    unsigned connections = 0, requests = 0;
    std::uint64_t sent = 0, got = 0;
    REQUIRE(std::istringstream(told.output) >> connections >> requests >> sent >> got);
    CHECK(requests == connections * 40);
    CHECK(told.count("lost") == 0);
    CHECK(told.count("connection_made") == connections);
    CHECK(told.count("connection_lost") == connections);
    CHECK(told.sum("io_read", &Event::a) == sent);
    std::uint64_t written = 0;
    for (EventIndex i = 0; i < told.trace.event_count(); ++i)
        if (const Event event = told.trace.event(i); event.kind() == EventKind::io_write && event.b != STDOUT_FILENO)
            written += event.a;
    CHECK(written == got);
    CHECK(told.count("thread_done") > requests);  // it looks for each file, and reads it
    CHECK(told.count("thread_done") <= told.count("thread_submitted"));
}

TEST_CASE("node: who attaches to a program that is idle is told of its tasks") {
    const std::string alive = alive_in({NODE, std::string(NODE_PROGRAMS) + "/idle.js"}, {with_adapter}, "ready");
    CHECK_THAT(alive, Catch::Contains("waits-1 waiting task\n") && Catch::Contains("inner-2 waiting sleep\n"));
}

TEST_CASE("node: a worker's loop is another") {
    const ToldProgram told = told_by("workers.js");
    CHECK(told.exit_code == 0);
    CHECK(told.count("loop_started") == 3);
    CHECK(told.count("task_created") == 2);
    CHECK(told.count("task_done") == 2);
}
