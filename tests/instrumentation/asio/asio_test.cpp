// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/told_program.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string steps(const std::string& what) {
    const ToldProgram told({ASIO_WAITS, what});
    CHECK(told.exit_code == 0);
    return told.steps();
}

}  // namespace

TEST_CASE("asio: a coroutine's steps, and those of one that it awaits") {
    CHECK(steps("posts") == R"(posts-1: created
posts-1: running
posts-1: suspended on yield at 22
posts-1: ready
posts-1: running
posts-1: suspended on yield at 17
posts-1: ready
posts-1: running
posts-1: suspended on yield at 24
posts-1: ready
posts-1: running
posts-1: finished
)");
}

TEST_CASE("asio: a timer") {
    CHECK(steps("sleeps") == R"(sleeps-1: created
sleeps-1: running
sleeps-1: suspended on sleep at 29
sleeps-1: ready
sleeps-1: running
sleeps-1: finished
)");
}

TEST_CASE("asio: a coroutine that is spawned and awaited") {
    CHECK(steps("task") == R"(waits_for_a_task-1: created
waits_for_a_task-1: running
inner-2: created by waits_for_a_task-1
waits_for_a_task-1: suspended on task at 33
inner-2: running
inner-2: suspended on yield at 17
inner-2: ready
inner-2: running
inner-2: finished
waits_for_a_task-1: ready
waits_for_a_task-1: running
waits_for_a_task-1: finished
)");
}

TEST_CASE("asio: the two ends of a channel") {
    CHECK(steps("channel") == R"(receives-1: created
sends-2: created
receives-1: running
receives-1: suspended on queue_get at 37
sends-2: running
sends-2: suspended on queue_put at 41
receives-1: ready
receives-1: suspended on yield at 37
receives-1: ready
sends-2: ready
sends-2: suspended on yield at 41
sends-2: ready
receives-1: running
receives-1: finished
sends-2: running
sends-2: finished
)");
}

TEST_CASE("asio: an exception") {
    CHECK(steps("fails") == R"(fails-1: created
fails-1: running
fails-1: suspended on yield at 45
fails-1: ready
fails-1: running
fails-1: failed
)");
}

TEST_CASE("asio: the first of two, and the other cancelled") {
    CHECK(steps("times-out") == R"(times_out-1: created
times_out-1: running
async_wait-2: created by times_out-1
times_out-1: suspended on gather at 51
async_wait-2: running
async_wait-2: suspended on sleep at 51
inner-3: created by times_out-1
inner-3: running
inner-3: suspended on yield at 17
inner-3: ready
inner-3: running
inner-3: finished
async_wait-2: ready
async_wait-2: running
async_wait-2: cancelled
times_out-1: ready
times_out-1: running
times_out-1: finished
)");
}

TEST_CASE("asio: an operation that is none of Asio's") {
    CHECK(steps("another") == R"(of_another_making-1: created
of_another_making-1: running
of_another_making-1: suspended on future at 56
of_another_making-1: ready
of_another_making-1: running
of_another_making-1: finished
)");
}

TEST_CASE("asio: a coroutine that goes with its io_context") {
    CHECK(steps("left") == R"(left_behind-1: created
left_behind-1: running
left_behind-1: suspended on sleep at 60
left_behind-1: cancelled
)");
}

TEST_CASE("asio: a lambda") {
    CHECK(steps("lambda") == R"(<lambda>-1: created
<lambda>-1: running
<lambda>-1: suspended on yield at 17
<lambda>-1: ready
<lambda>-1: running
<lambda>-1: finished
)");
}

TEST_CASE("asio: coroutines that go from thread to thread") {
    const ToldProgram told({ASIO_THREADS});
    CHECK(told.exit_code == 0);
    CHECK(told.output == "2000\n");
    CHECK(told.count("task_created") == 1021);
    CHECK(told.count("task_done") == 1021);
    // Each end of a channel is brought to its executor when the other is there: a wait without a step between.
    constexpr unsigned ends = 40;
    CHECK(told.count("task_running") + ends == told.count("task_suspended") + told.count("task_done"));
}

TEST_CASE("asio: who attaches to a server that is idle is told of its tasks") {
    CHECK(alive_in({ASIO_CHAT}, {}, "asio_chat: port ") == "stop_on_signal-2 waiting event\nserve-1 waiting io\n");
}

TEST_CASE("asio: a chat with its clients, from the first event to the last") {
    const ToldProgram told({ASIO_CHAT, "--clients", "5", "--lines", "4"});
    CHECK(told.exit_code == 0);
    CHECK(told.output.find("5 clients came, 0 failed\n") != std::string::npos);
    CHECK(told.count("task_created") == told.count("task_done"));
    CHECK(told.count("connection_made") == 10);
    CHECK(told.count("timer_set") >= 20);
    CHECK(told.count("io_read") >= 20);
}
