// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// A worker takes the only item of a queue while main waits in join().
constexpr const char* join = R"(
0 task_created 1 name=main coro=main file=q.cpp line=3
0 task_created 2 name=worker coro=worker file=q.cpp line=20
0 sync_created object=100 kind=queue name=jobs
0 task_running 1
0 queue_put 1 object=100 size=1 maxsize=0
0 sync_wait 1 object=100 kind=queue
0 sync_created 1 object=101 kind=event
0 sync_wait 1 object=101 kind=event
0 task_suspended 1 on=event object=101 file=q.cpp line=9
0 task_running 2
0 queue_get 2 object=100 size=0 maxsize=0
)";

}  // namespace

TEST_CASE("a join() on an empty queue whose workers are idle waits for a task_done() that was missed") {
    const std::string text = join + std::string(
                                        "0 sync_wait 2 object=100 kind=queue\n"
                                        "0 task_suspended 2 on=queue_get object=100 file=q.cpp line=22\n");
    CHECK(Found(text + "0.9 output text=soon\n").kinds().empty());
    const Found found(text + "1 output text=later\n");
    REQUIRE(found.kinds() == "missed-task-done");
    CHECK(found["missed-task-done"].what.english() ==
          "main waits in join() of queue jobs, which is empty, and none of those who "
          "took from it has an item any more.");
    CHECK(found.place("missed-task-done") == "q.cpp:9");
    CHECK(found.tasks("missed-task-done") == "main worker");
}

TEST_CASE("a join() waits rightly while a worker is at work on an item, or items are left") {
    CHECK(Found(join + std::string("0 task_suspended 2 on=sleep file=q.cpp line=23\n9 output text=later\n"))
              .kinds()
              .empty());
    CHECK(Found(join + std::string("0 queue_put 2 object=100 size=1 maxsize=0\n"
                                   "0 task_done 2 state=finished\n9 output text=later\n"))
              .kinds()
              .empty());
}

TEST_CASE("a join() waits rightly while a task that the taker made is at work on the item") {
    const std::string idle =
        "0 sync_wait 2 object=100 kind=queue\n0 task_suspended 2 on=queue_get object=100 file=q.cpp line=22\n";
    const std::string child = "0 task_created 3 name=item parent=2\n" + idle +
                              "0 task_running 3\n0 task_suspended 3 on=io file=q.cpp line=40\n";
    CHECK(Found(join + child + "9 output text=later\n").kinds().empty());
    CHECK(Found(join + child + "2 task_running 3\n2 task_done 3 state=finished\n9 output text=later\n").kinds() ==
          "missed-task-done");
}

TEST_CASE("a worker that ended with its item unreported is as bad, a join() that returns in time is fine") {
    CHECK(Found(join + std::string("0 task_done 2 state=failed error=ValueError\n9 output text=later\n")).kinds() ==
          "missed-task-done");
    CHECK(Found(join +
                std::string("0 sync_released 2 object=101 kind=event\n0 task_ready 1\n0 task_done 2 state=finished\n"
                            "0 task_running 1\n0 task_done 1 state=finished\n9 output text=later\n"))
              .kinds()
              .empty());
}

namespace {

/// A producer that puts ten a second and waits each time, while the queue has so many items.
std::string bounded(int rounds, int size) {
    const std::string level = std::to_string(size);
    return "0 task_created 1 name=producer coro=produce file=q.cpp line=3\n0 sync_created object=100 kind=queue "
           "name=jobs\n" +
           repeat(rounds, 0, 0.1,
                  "{t} queue_put 1 object=100 size=" + level +
                      " maxsize=4\n{t} task_running 1\n"
                      "{t} task_suspended 1 on=queue_put object=100 file=q.cpp line=6\n{t} task_ready 1");
}

}  // namespace

TEST_CASE("a bounded queue that is full all the time while its producer waits is a hint") {
    const Found found(bounded(150, 4));
    REQUIRE(found.kinds() == "queue-full");
    CHECK(found["queue-full"].severity == Severity::hint);
    CHECK(found.place("queue-full") == "q.cpp:6");
    CHECK_THAT(found["queue-full"].what.english(), Catch::StartsWith("queue jobs was full for "));
}

TEST_CASE("a queue full for a short time, or with room, is fine") {
    CHECK(Found(bounded(90, 4)).kinds().empty());
    CHECK(Found(bounded(150, 3)).kinds().empty());
}

namespace {

std::string grows(int to, double step) {
    std::string text =
        "0 task_created 1 name=producer coro=produce file=q.cpp line=3\n0 task_running 1\n"
        "0 sync_created object=100 kind=queue name=jobs\n";
    for (int size = 1; size <= to; ++size)
        text += std::to_string(size * step) + " queue_put 1 object=100 size=" + std::to_string(size) + " maxsize=0\n";
    return text + std::to_string(to * step) + " task_suspended 1 on=sleep file=q.cpp line=6\n";
}

FindingOptions patient() {
    FindingOptions options;
    options.blocked_loop = open_end;  // the texts have it all in one step
    return options;
}

}  // namespace

TEST_CASE("a queue without a bound that only grows is told") {
    const Found found(grows(1500, 0.01), patient());
    REQUIRE(found.kinds() == "queue-growth");
    CHECK(found["queue-growth"].what.english() ==
          "queue jobs holds 1,500 items: it grew from 256 in 7.680 s and has no bound.");
}

TEST_CASE("a queue that is filled at once, stays small, or is emptied again is fine") {
    CHECK(Found(grows(1500, 0.0001), patient()).kinds().empty());
    CHECK(Found(grows(1000, 0.01), patient()).kinds().empty());
    CHECK(Found(grows(1500, 0.01) + "20 queue_get 1 object=100 size=100 maxsize=0\n", patient()).kinds().empty());
}
