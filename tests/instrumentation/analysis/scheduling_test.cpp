// SPDX-License-Identifier: GPL-3.0-or-later
// Tasks that come too late to their turn, timers that fire late, tasks that never wait.
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// One task is ready while others run for so many steps of 10 ms.
std::string crowded(int steps) {
    return "0 loop_started\n0 iteration n=1 ready=9 timers=0\n"
           "0 task_created 1 name=late coro=late file=s.cpp line=3\n" +
           repeat(steps, 0, 0.01,
                  "{t} task_created 10{} name=other coro=other\n{t} task_running 10{}\n"
                  "{t}9 task_suspended 10{} on=sleep") +
           std::to_string(steps * 0.01) + " task_running 1\n" + std::to_string(steps * 0.01) +
           " task_done 1 state=finished\n";
}

}  // namespace

TEST_CASE("a task that is ready for half a second while others run starves") {
    CHECK(Found(crowded(49)).kinds().empty());
    const Found found(crowded(60));
    REQUIRE(found.kinds() == "starvation");
    CHECK(found["starvation"].what.english() ==
          "late was ready and had to wait for its turn once, at worst (late) for 600 ms.");
    CHECK(found.place("starvation") == "s.cpp:3");
}

TEST_CASE("what a blocked loop costs the others is the blocked loop's finding alone") {
    CHECK(Found(R"(
0 loop_started
0 iteration n=1 ready=2 timers=0
0 task_created 1 name=late coro=late
0 task_created 2 name=blocks coro=blocks
0 task_running 2
3 task_suspended 2 on=sleep
3 task_running 1
3 task_done 1 state=finished
)")
              .kinds() == "blocked-loop");
}

TEST_CASE("a task that was made before its loop ran did not starve meanwhile") {
    CHECK(Found("0 task_created 1 name=main coro=main\n5 loop_started\n5 iteration n=1 ready=1 timers=0\n"
                "5 task_running 1\n5 task_done 1 state=finished\n")
              .kinds()
              .empty());
}

namespace {

std::string timers(int count, double late) {
    std::string text =
        "0 loop_started\n0 iteration n=1 ready=1 timers=0\n"
        "0 task_created 1 name=tick coro=tick file=s.cpp line=3\n0 task_running 1\n"
        "0 task_suspended 1 on=sleep file=s.cpp line=5\n";
    for (int i = 0; i < count; ++i)
        text += std::to_string(i * 1.0) + " timer_set 1 handle=5" + std::to_string(i) +
                " when=" + std::to_string(i + 0.5) + "\n" + std::to_string(i + 0.5 + late) + " timer_fired handle=5" +
                std::to_string(i) + "\n";
    return text;
}

}  // namespace

TEST_CASE("timers that fire late again and again are told") {
    CHECK(Found(timers(20, 0.049)).kinds().empty());
    CHECK(Found(timers(4, 0.08)).kinds().empty());
    const Found found(timers(6, 0.08));
    REQUIRE(found.kinds() == "late-timer");
    CHECK(found["late-timer"].what.english() ==
          "Timers of tick fired late 6 times, at worst by 80.0 ms, though no step blocked the loop.");
    CHECK(found.place("late-timer") == "s.cpp:5");
}

TEST_CASE("timers are late by a blocked loop's fault, or not at all when they were due as they were set") {
    std::string blocked = "0 loop_started\n0 iteration n=1 ready=1 timers=0\n0 task_created 1 name=tick coro=tick\n";
    blocked += repeat(8, 1, 1, "{t} timer_set 1 handle=5{} when={t}\n{t} task_running 1\n{t}9 output text={}");
    for (int i = 0; i < 8; ++i) {
        const std::string t = std::to_string(100 + i);
        blocked += t + " timer_set 1 handle=6" + std::to_string(i) + " when=" + t + ".1\n" + t + " task_running 1\n" +
                   t + ".5 task_suspended 1 on=sleep\n" + t + ".5 timer_fired handle=6" + std::to_string(i) + "\n";
    }
    FindingOptions options;
    CHECK(Found(blocked, options).kinds().find("late-timer") == std::string::npos);
    CHECK(Found("0 loop_started\n0 iteration n=1 ready=0 timers=0\n" +
                repeat(9, 10, 1, "{t} timer_set handle=5{} when=1\n{t} timer_fired handle=5{}"))
              .kinds()
              .empty());
}

TEST_CASE("timers of an idle loop that the machine wakes too late are not late by the loop's fault") {
    // Each is due after 10 ms; the selector was asked to wait that long.
    const auto overslept = [](double took, double more) {
        std::string text = "0 loop_started\n0 iteration n=1 ready=1 timers=0\n0 task_created 1 name=tick coro=tick\n";
        for (int i = 1; i <= 8; ++i) {
            const auto at = [&](double after) { return std::to_string(i + after); };
            text += at(0) + " timer_set 1 handle=5" + std::to_string(i) + " when=" + at(0.01) + "\n" + at(took) +
                    " poll timeout=0.01 took=" + std::to_string(took) + " ready=0\n" + at(took + more) +
                    " timer_fired handle=5" + std::to_string(i) + "\n";
        }
        return text;
    };
    CHECK(Found(overslept(0.131, 0)).kinds().empty());
    CHECK(Found(overslept(0.131, 0.049)).kinds().empty());
    // What came after the poll is the loop's own.
    CHECK(Found(overslept(0.131, 0.08)).kinds() == "late-timer");
    CHECK(Found(overslept(0.01, 0.08)).kinds() == "late-timer");
}

namespace {

std::string yields(int count, double step) {
    std::string text = "0 loop_started\n0 task_created 1 name=poll coro=poll file=s.cpp line=3\n";
    for (int i = 0; i < count; ++i) {
        const double begin = i * (step + 0.00001);
        text += std::to_string(begin) + " task_running 1\n" + std::to_string(begin + step) +
                " task_suspended 1 on=yield file=s.cpp line=5\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a task that yields a thousand times and does nothing in between is busy yielding") {
    CHECK(Found(yields(999, 0.000005)).kinds().empty());
    const Found found(yields(2500, 0.000005));
    REQUIRE(found.kinds() == "busy-yield");
    CHECK(found["busy-yield"].what.english() ==
          "poll gave way 2,000 times in a row, and did next to nothing in between.");
    CHECK(found.place("busy-yield") == "s.cpp:5");
}

TEST_CASE("a task that yields between parts of its work, or waits now and then, does as it should") {
    CHECK(Found(yields(2000, 0.0001)).kinds().empty());
    std::string text = yields(900, 0.000005);
    text += "0.02 task_running 1\n0.02 task_suspended 1 on=sleep\n0.03 task_ready 1\n";
    for (int i = 0; i < 900; ++i) text += "0.03 task_running 1\n0.03 task_suspended 1 on=yield\n";
    CHECK(Found(text).kinds().empty());
}
