// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/task_lines.hpp"

#include <catch2/catch.hpp>

#include "tests/ui/panels/read_session.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

std::uint32_t lineNumber(const Trace& trace, TaskIndex task, EventIndex cursor) {
    return trace.symbols().place(lineOf(trace, task, cursor)).line;
}

}  // namespace

TEST_CASE("A task stands at the await it waits in, or came from, or at its coroutine's beginning") {
    const test::TextTrace trace(test::three_tasks);
    CHECK(lineNumber(trace.trace, 1, 0) == 0);
    CHECK(lineNumber(trace.trace, 1, 4) == 9);
    CHECK(lineNumber(trace.trace, 1, 7) == 9);
    CHECK(lineNumber(trace.trace, 1, 10) == 11);
    CHECK(lineNumber(trace.trace, 1, 17) == 11);
    CHECK(lineNumber(trace.trace, 1, 18) == 0);
}

TEST_CASE("The current task is the selected one, else the one that runs, else the last that ran") {
    const test::TextTrace trace(test::three_tasks);
    CHECK(currentTask(trace.trace, no_task, no_event) == no_task);
    CHECK(currentTask(trace.trace, no_task, 0) == no_task);
    CHECK(currentTask(trace.trace, no_task, 3) == 0);
    CHECK(currentTask(trace.trace, no_task, 8) == 1);
    CHECK(currentTask(trace.trace, no_task, 14) == 2);
    CHECK(currentTask(trace.trace, 0, 14) == 0);
}

TEST_CASE("The current task that has ended has the line where it did so") {
    const test::TextTrace one(R"(
0.0 task_created 1 name=main coro=main file=/src/demo.cpp line=5
0.1 task_running 1
0.2 task_at 1 file=/src/demo.cpp line=7
0.2 output 1 text=bye
0.3 task_done 1 state=finished
)");
    const auto ended = taskLines(one.trace, 0, 4);
    REQUIRE(ended.size() == 1);
    CHECK(ended[0].ended);
    CHECK(ended[0].current);
    CHECK(one->symbols().place(ended[0].place).line == 7);
    CHECK(ended[0].tasks == std::vector<TaskIndex>{0});
    CHECK(taskLines(one.trace, no_task, 4).empty());
    const test::TextTrace trace(test::three_tasks);
    REQUIRE(is_done(trace->at(1, 18).state));
    for (const TaskLine& line : taskLines(trace.trace, 1, 18))
        CHECK_FALSE((line.ended || line.current));  // it told none
}

TEST_CASE("Tasks at one line are told together, the current one's line first") {
    const test::TextTrace trace(test::three_tasks);
    const auto lines = taskLines(trace.trace, 2, 14);
    REQUIRE(lines.size() == 2);
    CHECK(trace->symbols().place(lines[0].place).line == 11);
    CHECK(lines[0].tasks == std::vector<TaskIndex>{1, 2});
    CHECK(lines[0].current);
    CHECK(lines[0].waiting);
    CHECK(trace->symbols().place(lines[1].place).line == 5);
    CHECK_FALSE(lines[1].current);
    CHECK_FALSE(taskLines(trace.trace, 1, 16)[0].waiting);
    CHECK(taskLines(trace.trace, no_task, no_event).empty());
}
