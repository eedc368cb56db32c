// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr const char* begin = R"(
0.0 task_created 1 name=Ann coro=transfer file=d.cpp line=10
0.0 task_created 2 name=Bob coro=transfer file=d.cpp line=10
0.0 sync_created object=100 kind=lock name=red
0.0 sync_created object=101 kind=lock name=blue
0.0 sync_created object=102 kind=lock name=door
)";

/// One task takes two locks, one inside the other, and gives them back, and ends its step.
std::string takes(const char* time, int task, int first, int second) {
    const std::string t(time), by = " " + std::to_string(task) + " object=";
    const auto event = [&](const char* kind, int lock) {
        return t + " " + kind + by + std::to_string(lock) + " kind=lock\n";
    };
    return t + " task_running " + std::to_string(task) + "\n" + event("sync_acquired", first) +
           event("sync_acquired", second) + event("sync_released", second) + event("sync_released", first) + t +
           " task_suspended " + std::to_string(task) + " on=sleep file=d.cpp line=12\n";
}

}  // namespace

TEST_CASE("two locks taken in both orders by different tasks are told, though all went well") {
    const Found found(begin + takes("1", 1, 100, 101) + takes("2", 2, 101, 100));
    REQUIRE(found.kinds() == "lock-order");
    CHECK(found["lock-order"].what.english() ==
          "Bob took lock red inside lock blue; Ann had taken lock blue inside lock red at d.cpp:10.");
    CHECK(found.tasks("lock-order") == "Bob Ann");
    CHECK(found["lock-order"].begin == 1'000'000'000);
    CHECK(found["lock-order"].end == 2'000'000'000);
}

TEST_CASE("two locks taken always in one order are fine") {
    CHECK(Found(begin + takes("1", 1, 100, 101) + takes("2", 2, 100, 101)).kinds().empty());
}

TEST_CASE("one task alone may take locks in any order: it cannot meet itself") {
    CHECK(Found(begin + takes("1", 1, 100, 101) + takes("2", 1, 101, 100)).kinds().empty());
}

TEST_CASE("a third lock around both orders makes them safe") {
    const auto inside_door = [](const char* time, int task, int first, int second) {
        const std::string door =
            std::string(time) + " sync_acquired " + std::to_string(task) + " object=102 kind=lock\n";
        std::string text = takes(time, task, first, second);
        text.insert(text.find('\n') + 1, door);
        return text + time + " sync_released " + std::to_string(task) + " object=102 kind=lock\n";
    };
    CHECK(Found(begin + inside_door("1", 1, 100, 101) + inside_door("2", 2, 101, 100)).kinds().empty());
}

TEST_CASE("a task that ends with a lock that others wait for is told") {
    const Found found(std::string(begin) + R"(
1 task_running 1
1 sync_acquired 1 object=100 kind=lock
1 task_suspended 1 on=sleep file=d.cpp line=12
1 task_running 2
1 sync_wait 2 object=100 kind=lock
1 task_suspended 2 on=lock object=100 file=d.cpp line=11
2 task_running 1
2 task_done 1 state=failed error="ValueError: no"
)");
    REQUIRE(found.kinds() == "exit-holding-lock");
    CHECK(found["exit-holding-lock"].what.english() == "Ann ended without releasing lock red; 1 task waits for it.");
    CHECK(found.tasks("exit-holding-lock") == "Ann Bob");
    CHECK(found["exit-holding-lock"].begin == 2'000'000'000);
}

TEST_CASE("a lock that ends with its only user harms nobody, one that another task releases is fine") {
    CHECK(Found(std::string(begin) +
                "1 task_running 1\n1 sync_acquired 1 object=100 kind=lock\n1 task_done 1 state=finished\n")
              .kinds()
              .empty());
    CHECK(Found(std::string(begin) + R"(
1 task_running 2
1 sync_acquired 2 object=100 kind=lock
1 sync_released 2 object=100 kind=lock
1 task_suspended 2 on=sleep
1 task_running 1
1 sync_acquired 1 object=100 kind=lock
1 task_done 1 state=finished
2 task_running 2
2 sync_released 2 object=100 kind=lock
2 task_done 2 state=finished
)")
              .kinds()
              .empty());
}

namespace {

/// Three tasks that pass a lock around; each comes back to the end of the line, so that it is never free.
std::string convoy(int rounds, double step) {
    std::string text =
        begin + std::string("0 task_created 3 name=Cid coro=transfer\n0.5 sync_acquired 1 object=100 kind=lock\n") +
        "0.5 sync_wait 2 object=100 kind=lock\n0.5 sync_wait 3 object=100 kind=lock\n";
    for (int i = 0; i < rounds; ++i) {
        const std::string owner = std::to_string(1 + i % 3), next = std::to_string(1 + (i + 1) % 3);
        const std::string time = std::to_string(1 + i * step);
        text += time + " sync_released " + owner + " object=100 kind=lock\n" + time + " sync_wait " + owner +
                " object=100 kind=lock\n" + time + " sync_acquired " + next + " object=100 kind=lock\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a lock that goes round and is never free is a convoy") {
    const Found found(convoy(40, 0.01));
    REQUIRE(found.kinds() == "lock-convoy");
    CHECK(found["lock-convoy"].what.english() ==
          "lock red passed 40 times from one waiter to the next among 3 tasks, for 390 ms and up to 3 in line.");
}

TEST_CASE("a waiter that was cancelled stands in no line") {
    // The third task is cancelled while it waits, and sleeps. After that the lock is free between any two turns.
    std::string text = convoy(1, 0.01) + "2 task_suspended 3 on=sleep\n2 sync_released 2 object=100 kind=lock\n";
    for (int i = 0; i < 60; ++i) {
        const std::string time = std::to_string(3 + i);
        text += time + " sync_acquired 1 object=100 kind=lock\n" + time + " sync_wait 2 object=100 kind=lock\n" + time +
                " sync_released 1 object=100 kind=lock\n" + time + " sync_acquired 2 object=100 kind=lock\n" + time +
                " sync_released 2 object=100 kind=lock\n";
    }
    CHECK(Found(text).kinds().empty());
}

TEST_CASE("a lock passed on a few times, or in no time, or to each task once, is no convoy") {
    CHECK(Found(convoy(31, 0.01)).kinds().empty());
    CHECK(Found(convoy(40, 0.001)).kinds().empty());
    std::string line(begin);
    line += "0 sync_acquired 1 object=100 kind=lock\n";
    line += repeat(60, 1, 0, "{t} task_created 10{} coro=transfer\n{t} sync_wait 10{} object=100 kind=lock");
    line +=
        repeat(60, 2, 0.01, "{t} sync_released 1 object=100 kind=lock\n{t} sync_acquired 10{} object=100 kind=lock");
    CHECK(Found(line).kinds().empty());
}
