// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr const char* begin = R"(
0 task_created 1 name=main coro=main file=c.cpp line=3
0 task_running 1
0 task_created 2 name=stubborn coro=stubborn parent=1 file=c.cpp line=20
0 task_suspended 1 on=task object=2 file=c.cpp line=5
0 task_running 2
0 task_suspended 2 on=sleep file=c.cpp line=22
)";

/// A step of the stubborn task that ends in another sleep.
const std::string goes_on = "1 task_ready 2\n1 task_running 2\n1 task_suspended 2 on=sleep file=c.cpp line=22\n";

}  // namespace

TEST_CASE("a task that was asked to end, runs on and finishes has swallowed it") {
    const Found found(begin + std::string("1 task_cancel_requested 2 by=1\n") + goes_on +
                      "3 task_running 2\n3 task_done 2 state=finished\n");
    REQUIRE(found.kinds() == "swallowed-cancel");
    CHECK(found["swallowed-cancel"].what.english() ==
          "stubborn was asked to end, ran on for 2.000 s and ended as if it had not been.");
    CHECK(found.place("swallowed-cancel") == "c.cpp:22");
    CHECK(found["swallowed-cancel"].begin == 1'000'000'000);
}

TEST_CASE("a task that goes on a second after it was asked to end is told while it lives") {
    const std::string text = begin + std::string("1 task_cancel_requested 2 by=1\n") + goes_on + goes_on;
    CHECK(Found(text + "1.9 output text=soon\n").kinds().empty());
    const Found found(text + "2 output text=still\n");
    REQUIRE(found.kinds() == "swallowed-cancel");
    CHECK(found["swallowed-cancel"].end == open_end);
    CHECK(found["swallowed-cancel"].what.english() ==
          "stubborn was asked to end 1.000 s ago, has run 2 times since, and goes on.");
}

TEST_CASE("a task that cleans up for long after it was asked to end does not swallow it") {
    std::string text = begin + std::string("1 task_cancel_requested 2 by=1\n");
    for (const char* at : {"1", "4", "7"})
        text += std::string(at) + " task_ready 2\n" + at + " task_running 2\n" + at +
                " task_suspended 2 on=io file=c.cpp line=30\n";
    CHECK(Found(text + "9 output text=later\n").kinds().empty());
}

TEST_CASE("a task that ends cancelled, at once or after cleaning up, obeys") {
    CHECK(Found(begin + std::string("1 task_cancel_requested 2 by=1\n1 task_ready 2\n1 task_running 2\n"
                                    "1 task_done 2 state=cancelled\n"))
              .kinds()
              .empty());
    CHECK(Found(begin + std::string("1 task_cancel_requested 2 by=1\n") + goes_on +
                "9 task_running 2\n9 task_done 2 state=cancelled\n")
              .kinds()
              .empty());
    CHECK(Found(begin + std::string("1 task_cancel_requested 2 by=1\n") + goes_on +
                "9 task_running 2\n9 task_done 2 state=failed error=ValueError\n")
              .kinds()
              .empty());
}

TEST_CASE("a task that returns in the very step in which it is told has ended, as asked") {
    CHECK(Found(begin + std::string("1 task_cancel_requested 2 by=1\n1 task_ready 2\n1 task_running 2\n"
                                    "1 task_done 2 state=finished\n"))
              .kinds()
              .empty());
}

TEST_CASE("a timeout cancels its own task and takes it back, the task below, which it cancels too, does not") {
    const std::string timeout = R"(
0 task_created 1 name=main coro=main file=c.cpp line=3
0 task_running 1
0 task_created 2 name=inner coro=inner parent=1 file=c.cpp line=20
0 timer_set 1 handle=70 when=1
0 task_suspended 1 on=task object=2 file=c.cpp line=5
0 task_running 2
0 task_suspended 2 on=sleep file=c.cpp line=22
1 timer_fired handle=70
1 iteration n=4 ready=1 timers=0
1 task_cancel_requested 1
1 task_cancel_requested 2
1 callback_run handle=70 took=0
)";
    const std::string main_goes_on =
        "2 task_ready 1\n2 task_running 1\n2 task_suspended 1 on=sleep\n"
        "3 task_ready 1\n3 task_running 1\n3 task_done 1 state=finished\n";
    CHECK(Found(timeout + "1 task_running 2\n1 task_done 2 state=cancelled\n" + main_goes_on).kinds().empty());
    const Found found(timeout + goes_on + "2 task_running 2\n2 task_done 2 state=finished\n" + main_goes_on);
    REQUIRE(found.kinds() == "swallowed-cancel");
    CHECK(found.tasks("swallowed-cancel") == "inner");
}

TEST_CASE("a sleep whose time was over before does not make a cancellation the task's own") {
    const Found found(begin +
                      std::string("0 timer_set 2 handle=70 when=0.5\n0.5 timer_fired handle=70\n"
                                  "0.5 iteration n=2 ready=1 timers=0\n0.5 task_ready 2\n"
                                  "0.5 task_running 2\n0.5 task_suspended 2 on=sleep file=c.cpp line=22\n"
                                  "1 iteration n=3 ready=1 timers=0\n1 task_cancel_requested 2\n") +
                      goes_on + "3 task_running 2\n3 task_done 2 state=finished\n");
    CHECK(found.kinds() == "swallowed-cancel");
}

TEST_CASE("a task group cancels its own task when a child fails, and takes it back") {
    CHECK(Found(R"(
0 task_created 1 name=main coro=main
0 task_running 1
0 task_created 2 name=child coro=child parent=1
0 task_suspended 1 on=group object=50
1 task_running 2
1 callback_scheduled 2 handle=71
1 task_done 2 state=failed error=ValueError
1 task_cancel_requested 1
1 callback_run handle=71 took=0
1 task_ready 1
1 task_running 1
1 task_suspended 1 on=sleep
2 task_ready 1
2 task_running 1
2 task_suspended 1 on=sleep
9 task_ready 1
9 task_running 1
9 task_done 1 state=finished
)")
              .kinds()
              .empty());
}

TEST_CASE("a task asked to end ten times, and alive, is a storm") {
    const auto asked = [](int times) {
        return begin +
               repeat(times, 1, 0.01,
                      "{t} task_cancel_requested 2 by=1\n{t} task_ready 2\n{t} task_running 2\n"
                      "{t} task_suspended 2 on=sleep file=c.cpp line=22") +
               "2 task_running 2\n2 task_done 2 state=cancelled\n";
    };
    CHECK(Found(asked(9)).kinds().empty());
    const Found found(asked(12));
    REQUIRE(found.kinds() == "cancel-storm");
    CHECK(found["cancel-storm"].what.english() == "stubborn was asked to end 12 times.");
}

TEST_CASE("hundreds of cancellations second after second are a storm, all at the end of a program are none") {
    const auto second = [](int at, int count) {
        const std::string base = std::to_string(at) + "00";
        return repeat(count, at, 0,
                      "{t} task_created " + base +
                          "{} coro=ask file=c.cpp line=40\n"
                          "{t} task_cancel_requested " +
                          base +
                          "{} by=1\n"
                          "{t} task_running " +
                          base + "{}\n{t} task_done " + base + "{} state=cancelled");
    };
    CHECK(Found(begin + second(1, 500)).kinds().empty());
    CHECK(Found(begin + second(1, 99) + second(2, 99) + second(3, 99)).kinds().empty());
    const Found found(begin + second(1, 100) + second(2, 150) + second(3, 100));
    REQUIRE(found.kinds() == "cancel-storm");
    CHECK(found["cancel-storm"].what.english() == "100 or more tasks of ask were cancelled in each of 3 seconds.");
    CHECK(found.place("cancel-storm") == "c.cpp:40");
}
