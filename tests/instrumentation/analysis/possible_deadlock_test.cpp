// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// What a Python program says to who attaches when Ann and Bob have long taken a lock each, by hand, and want the
/// other's.
constexpr const char* attached = R"(
10.0 snapshot_begin tasks=3
10.0 task_alive 1 name=Task-1 coro=main file=d.py line=8
10.0 task_alive 2 name=Ann coro=transfer parent=1 file=d.py line=2
10.0 task_alive 3 name=Bob coro=transfer parent=1 file=d.py line=2
10.0 task_suspended 1 on=gather object=50 file=d.py line=10
10.0 sync_created object=101 kind=lock
10.0 sync_wait 2 object=101 kind=lock
10.0 task_suspended 2 on=lock object=101 file=d.py line=5
10.0 sync_created object=100 kind=lock
10.0 sync_wait 3 object=100 kind=lock
10.0 task_suspended 3 on=lock object=100 file=d.py line=5
10.0 snapshot_end
)";

std::string attached_and(std::string_view rest) {
    return attached + std::string(rest);
}

}  // namespace

TEST_CASE("locks taken by hand before the recording began, and a loop that stands still, may be a deadlock") {
    const Found found(attached_and("11.0 output text=listened"));
    REQUIRE(found.kinds() == "possible-deadlock");
    const Finding& finding = found["possible-deadlock"];
    CHECK(
        finding.what.english() ==
        "Ann waits at d.py:5 for lock 101 (d.py:5), Bob waits at d.py:5 for lock 100 (d.py:5). Who took these 2 locks, "
        "before the recording began, is not known. None of the loop's 3 tasks waits for time, input, a thread or a "
        "process: whoever holds what they need is one of them, or has ended.");
    CHECK(found.place("possible-deadlock") == "d.py:5");
    CHECK(found.tasks("possible-deadlock") == "Ann Bob");
    CHECK(finding.task_count == 2);
    CHECK(finding.objects == std::vector<Id>{101, 100});
    CHECK(found.text->event(finding.event).kind() == EventKind::task_suspended);
    CHECK(finding.begin == 10'000'000'000);
    CHECK(finding.end == open_end);
    CHECK(finding.severity == Severity::error);
    CHECK(finding.begun_before);
    CHECK_FALSE(finding.uncertain);
}

TEST_CASE("waits at the moment of attaching are no possible deadlock yet") {
    CHECK(Found(attached_and("10.9 output text=listened")).kinds().empty());
}

TEST_CASE("a lock that is given back was in good hands") {
    CHECK(Found(attached_and(R"(
10.2 task_running 1
10.2 sync_released 1 object=100 kind=lock
10.2 sync_released 1 object=101 kind=lock
10.2 task_suspended 1 on=sleep file=d.py line=11
99.0 output text=end
)"))
              .kinds()
              .empty());
}

TEST_CASE("while others go on, a lock with an unknown holder is told after five seconds, as a warning") {
    const std::string busy = attached_and(R"(
10.0 task_alive 4 name=ticks coro=ticks file=d.py line=20
10.0 task_suspended 4 on=sleep object=60 file=d.py line=21
)");
    CHECK(Found(busy + "14.9 output text=listened").kinds().empty());
    const Found found(busy + "15.5 output text=listened");
    REQUIRE(found.kinds() == "possible-deadlock");
    CHECK(found["possible-deadlock"].severity == Severity::warning);
    CHECK(
        found["possible-deadlock"].what.english() ==
        "Ann waits at d.py:5 for lock 101 (d.py:5), Bob waits at d.py:5 for lock 100 (d.py:5). Who took these 2 locks, "
        "before the recording began, is not known. It has been so for 5.500 s or longer: one of the loop's 2 other "
        "tasks may "
        "hold it; if none does, they wait for ever.");
}

TEST_CASE("one who waits for a thread, a process, input or a time may be who gives it back") {
    for (const std::string_view on : {"thread", "process", "io", "sleep", "timeout", "none"}) {
        const std::string text = attached_and("10.0 task_alive 4 name=other coro=other\n10.0 task_suspended 4 on=") +
                                 std::string(on) + "\n11.5 output text=listened";
        INFO(on);
        CHECK(Found(text).kinds().empty());
    }
    CHECK(Found(attached_and("10.0 task_alive 4 name=other coro=other\n10.0 task_running 4\n11.5 output text=x"))
              .kinds()
              .empty());
    for (const std::string_view on : {"future", "event", "condition", "semaphore", "barrier", "queue_get", "task"}) {
        const std::string text = attached_and("10.0 task_alive 4 name=other coro=other\n10.0 task_suspended 4 on=") +
                                 std::string(on) + "\n11.5 output text=listened";
        INFO(on);
        CHECK(Found(text).kinds() == "possible-deadlock");
    }
}

TEST_CASE("only the tasks of its own loop can hold a lock") {
    CHECK(Found(attached_and(R"(
10.0 task_alive 9 loop=2 name=elsewhere coro=serve
10.0 task_suspended 9 loop=2 on=sleep
11.5 output text=listened
)"))
              .kinds() == "possible-deadlock");
}

TEST_CASE("a lock whose holder is known is no suspicion") {
    std::string held = attached;
    const auto before_waits = held.find("10.0 sync_created");
    held.insert(before_waits, "10.0 sync_acquired 3 object=101 kind=lock\n10.0 sync_acquired 2 object=100 kind=lock\n");
    CHECK(Found(held + "19.0 output text=listened").kinds() == "deadlock");
    CHECK(Found(R"(
0.0 task_created 1 name=Ann coro=works
0.0 task_created 2 name=Bob coro=works
0.1 task_running 1
0.1 sync_acquired 1 object=100 kind=lock
0.1 task_suspended 1 on=event object=7
0.1 task_running 2
0.1 sync_wait 2 object=100 kind=lock
0.1 task_suspended 2 on=lock object=100
30.0 output text=listened
)")
              .kinds()
              .empty());
}

TEST_CASE("a task alone with a lock that is held took it itself, or its holder has ended") {
    const Found found(R"(
10.0 task_alive 1 name=Ann coro=twice file=d.py line=2
10.0 sync_created object=100 kind=lock
10.0 sync_wait 1 object=100 kind=lock
10.0 task_suspended 1 on=lock object=100 file=d.py line=4
12.0 output text=listened
)");
    REQUIRE(found.kinds() == "possible-deadlock");
    CHECK(found["possible-deadlock"].what.english() ==
          "Ann waits at d.py:4 for lock 100 (d.py:4). Who took it, before the recording began, is not known. The loop "
          "has "
          "no other task: it took the lock itself, or whoever did has ended.");
}

TEST_CASE("all who wait for such a lock are counted, and the first of each is named") {
    std::string text = attached_and("");
    text += repeat(20, 10.5, 0,
                   "{t} task_created 1{}9 name=late{} coro=late\n{t} sync_wait 1{}9 object=100 kind=lock\n"
                   "{t} task_suspended 1{}9 on=lock object=100 file=d.py line=30");
    const Found found(text + "12.0 output text=listened");
    REQUIRE(found.kinds() == "possible-deadlock");
    const Finding& finding = found["possible-deadlock"];
    CHECK(finding.task_count == 22);
    CHECK(finding.what.english().starts_with(
        "Ann waits at d.py:5 for lock 101 (d.py:5), Bob waits at d.py:5 for lock 100 "
        "(d.py:5); so do 20 more tasks. "));
}

TEST_CASE("where events were lost, somebody may have taken the lock in what was lost") {
    const Found found(attached_and("10.1 lost count=5\n12.0 output text=listened"));
    REQUIRE(found.kinds() == "possible-deadlock");
    CHECK(found["possible-deadlock"].uncertain);
    CHECK(found["possible-deadlock"].what.english().find("before the recording began, or in what was lost of it,") !=
          std::string::npos);
}

TEST_CASE("a possible deadlock that a cancellation broke is told with its end") {
    const Found found(attached_and(R"(
14.0 task_cancel_requested 1
14.0 task_ready 1
14.0 task_cancel_requested 2
14.0 task_running 2
14.0 sync_released 2 object=100 kind=lock
14.0 task_done 2 state=cancelled
14.0 task_running 3
14.0 sync_acquired 3 object=100 kind=lock
14.0 task_done 3 state=finished
14.0 sync_released object=101 kind=lock
14.0 task_running 1
14.0 task_done 1 state=cancelled
14.1 loop_stopped
)"));
    INFO(found["possible-deadlock"].what.english());
    CHECK(found["possible-deadlock"].severity == Severity::error);
    CHECK(found["possible-deadlock"].end == 14'000'000'000);
}
