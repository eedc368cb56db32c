// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Ann holds red and wants blue, Bob the other way round.
constexpr const char* two_locks = R"(
0.0 task_created 1 name=Ann coro=transfer file=d.cpp line=10
0.0 task_created 2 name=Bob coro=transfer file=d.cpp line=10
0.0 sync_created object=100 kind=lock name=red
0.0 sync_created object=101 kind=lock name=blue
0.1 task_running 1
0.1 sync_acquired 1 object=100 kind=lock
0.1 task_suspended 1 on=sleep file=d.cpp line=12
0.1 task_running 2
0.1 sync_acquired 2 object=101 kind=lock
0.1 task_suspended 2 on=sleep file=d.cpp line=12
0.2 task_ready 1
0.2 task_running 1
0.2 sync_wait 1 object=101 kind=lock
0.2 task_suspended 1 on=lock object=101 file=d.cpp line=13
0.2 task_ready 2
0.2 task_running 2
0.2 sync_wait 2 object=100 kind=lock
0.2 task_suspended 2 on=lock object=100 file=d.cpp line=14
)";

}  // namespace

TEST_CASE("two tasks that wait for each other's locks are a deadlock") {
    const Found found(two_locks);
    REQUIRE(found.kinds() == "deadlock");
    const Finding& finding = found["deadlock"];
    CHECK(finding.what.english() ==
          "Bob waits at d.cpp:14 for lock red, held by Ann, which waits at d.cpp:13 for lock blue, held by Bob.");
    CHECK(found.place("deadlock") == "d.cpp:14");
    CHECK(found.tasks("deadlock") == "Bob Ann");
    CHECK(finding.objects == std::vector<Id>{100, 101});
    CHECK(finding.begin == 200'000'000);
    CHECK(finding.end == open_end);
    CHECK(finding.severity == Severity::error);
    CHECK_FALSE(finding.begun_before);
}

TEST_CASE("locks without names are told by number and line") {
    std::string text = two_locks;
    for (const std::string_view name : {" name=red", " name=blue"}) text.erase(text.find(name), name.size());
    CHECK(
        Found(text)["deadlock"].what.english() ==
        "Bob waits at d.cpp:14 for lock 100 (d.cpp:14), held by Ann, which waits at d.cpp:13 for lock 101 (d.cpp:13), "
        "held by Bob.");
}

TEST_CASE("a deadlock that a cancellation broke is told with its end") {
    const Found found(std::string(two_locks) + R"(
5.0 task_cancel_requested 1
5.0 task_ready 1
5.0 task_running 1
5.0 sync_released 1 object=100 kind=lock
5.0 task_done 1 state=cancelled
5.1 task_running 2
5.1 sync_acquired 2 object=100 kind=lock
5.1 sync_released 2 object=100 kind=lock
5.1 sync_released 2 object=101 kind=lock
5.1 task_done 2 state=finished
)");
    REQUIRE(found.kinds() == "deadlock");
    CHECK(found["deadlock"].end == 5'000'000'000);
}

TEST_CASE("a chain of waits that ends is no deadlock") {
    CHECK(Found(R"(
0.0 task_created 1 name=Ann coro=transfer
0.0 task_created 2 name=Bob coro=transfer
0.0 sync_created object=100 kind=lock name=red
0.1 task_running 1
0.1 sync_acquired 1 object=100 kind=lock
0.1 task_suspended 1 on=sleep
0.1 task_running 2
0.1 sync_wait 2 object=100 kind=lock
0.1 task_suspended 2 on=lock object=100
9.0 output text=end
)")
              .kinds()
              .empty());
}

TEST_CASE("a lock passed on in time leaves no deadlock behind") {
    CHECK(Found(R"(
0.0 task_created 1 name=Ann coro=transfer
0.0 task_created 2 name=Bob coro=transfer
0.0 sync_created object=100 kind=lock name=red
0.1 task_running 1
0.1 sync_acquired 1 object=100 kind=lock
0.1 task_suspended 1 on=sleep
0.1 task_running 2
0.1 sync_wait 2 object=100 kind=lock
0.1 task_suspended 2 on=lock object=100
0.2 task_running 1
0.2 sync_released 1 object=100 kind=lock
0.2 task_ready 2
0.2 task_suspended 1 on=task object=2
0.3 task_running 2
0.3 sync_acquired 2 object=100 kind=lock
0.3 sync_released 2 object=100 kind=lock
0.3 task_done 2 state=finished
)")
              .kinds()
              .empty());
}

TEST_CASE("a task that takes its own lock again waits for itself") {
    const Found found(R"(
0.0 task_created 1 name=Ann coro=twice file=t.cpp line=3
0.0 sync_created object=100 kind=lock name=red
0.1 task_running 1
0.1 sync_acquired 1 object=100 kind=lock
0.1 sync_wait 1 object=100 kind=lock
0.1 task_suspended 1 on=lock object=100 file=t.cpp line=5
)");
    REQUIRE(found.kinds() == "self-deadlock");
    CHECK(found["self-deadlock"].what.english() == "Ann waits at t.cpp:5 for lock red, held by itself.");
    CHECK(found.place("self-deadlock") == "t.cpp:5");
}

TEST_CASE("tasks that await each other are a deadlock, through a gather too") {
    const Found tasks(R"(
0.0 task_created 1 name=A coro=a
0.0 task_created 2 name=B coro=b
0.1 task_running 1
0.1 task_suspended 1 on=task object=2
0.1 task_running 2
0.1 task_suspended 2 on=task object=1
)");
    CHECK(tasks.kinds() == "deadlock");
    CHECK(tasks["deadlock"].what.english() == "B waits for A, which waits for B.");
    const Found gather(R"(
0.0 task_created 1 name=main coro=main
0.1 task_running 1
0.1 task_created 2 name=first coro=first parent=1
0.1 task_created 3 name=second coro=second parent=1
0.1 task_suspended 1 on=gather object=50
0.1 task_running 2
0.1 task_suspended 2 on=sleep
0.1 task_running 3
0.1 task_suspended 3 on=task object=1
)");
    CHECK(gather.kinds() == "deadlock");
    CHECK(gather.tasks("deadlock") == "second main");
}

TEST_CASE("who holds a lock is not known any more once events were lost") {
    std::string text(two_locks);
    const std::size_t last_wait = text.rfind("0.2 task_suspended 2");
    text.insert(last_wait, "0.2 lost count=5\n");
    const Found found(text);
    for (const Finding& finding : found.findings) CHECK(finding.uncertain);
}
