// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/go_to.hpp"

#include <catch2/catch.hpp>

#include "tests/ui/model/loaded_session.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::LoadedSession;

namespace {

constexpr auto three_tasks = R"(
    1.0 iteration n=5 ready=2 timers=0
    1.0 task_created 1 name=Task-1
    1.0 task_created 2 name="Reader of lines"
    2.0 task_running 1
    2.5 task_suspended 1 on=yield
    3.0 iteration n=6 ready=1 timers=0
    3.0 task_running 2
    4.0 task_created 3 name=Task-10
)";

struct Typed {
    LoadedSession loaded{three_tasks};
    GoToTarget operator()(const char* text, EventIndex cursor = no_event) {
        return readGoTo(text, *loaded.session.trace(), cursor);
    }
};

}  // namespace

TEST_CASE("a time leads to the last event up to it") {
    Typed typed;
    CHECK(typed("2s").event == 3);
    CHECK(typed("2.9s").event == 4);
    CHECK(typed("2500 ms").event == 4);
    CHECK(typed("3").event == 6);
    CHECK(typed("4").event == 7);
    const GoToTarget before = typed("0.5s");
    CHECK(before.found);
    CHECK(before.event == no_event);
    CHECK_FALSE(typed("4.1s").found);
    CHECK(typed("4.1s").words == "The last event is at 4.000 s.");
}

TEST_CASE("a signed time is counted from the cursor") {
    Typed typed;
    CHECK(typed("+500ms", 3).event == 4);
    CHECK(typed("-1s", 6).event == 3);
    CHECK(typed("-10s", 6).event == no_event);
    CHECK_FALSE(typed("+3s", 3).found);
    CHECK_FALSE(typed("+292y", 3).found);
    CHECK_FALSE(typed("+2562047h", 3).found);
}

TEST_CASE("events count from 1, as the bar on top says, and turns by the loop's own number") {
    Typed typed;
    CHECK(typed("event 1").event == 0);
    CHECK(typed("#8").event == 7);
    CHECK(typed("Event 8").words == "4.000 s, event 8 of 8");
    CHECK_FALSE(typed("event 9").found);
    CHECK_FALSE(typed("event 99999999999999999999999").found);
    CHECK(typed("event 0").event == no_event);
    CHECK(typed("turn 6").event == 5);
    CHECK(typed("iteration 5").event == 0);
    CHECK(typed("turn 7").words == "No turn of a loop bears the number 7.");
    CHECK_FALSE(typed("turn 99999999999999999999999").found);
}

TEST_CASE("a task is found by its name or the name's beginning, at its first step or where it was created") {
    Typed typed;
    CHECK(typed("task Task-1").event == 3);
    CHECK(typed("task Task-1").task == 0);
    CHECK(typed("task reader").event == 6);
    CHECK(typed("reader").task == 1);
    CHECK(typed("task Task-10").event == 7);
    CHECK(typed("task Task-10").task == 2);
    CHECK(typed("task Writer").words == "No task's name begins with \"Writer\".");
    CHECK_FALSE(typed("task Writer").found);
}

TEST_CASE("nothing typed tells what can be") {
    Typed typed;
    CHECK_FALSE(typed("").found);
    CHECK(typed(" ").words.contains("event 1200"));
    CHECK_FALSE(typed("1 fortnight").found);
    LoadedSession empty("");
    CHECK_FALSE(readGoTo("1s", *empty.session.trace(), no_event).found);
}
