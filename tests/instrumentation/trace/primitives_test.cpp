// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("a lock has an owner, and waiters in the order in which they came") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 task_created 3 name=C
        0 sync_created object=10 kind=lock name=printer
        1 task_running 1
        1 sync_acquired 1 object=10 kind=lock
        1 task_suspended 1 on=sleep object=20
        2 task_running 3
        2 sync_wait 3 object=10 kind=lock
        2 task_suspended 3 on=lock object=10
        3 task_running 2
        3 sync_wait 2 object=10 kind=lock
        3 task_suspended 2 on=future object=21
        4 task_running 1
        4 sync_released 1 object=10 kind=lock
        4 task_ready 3 by=1
    )");
    CHECK(moment(t.trace, 3) == "ready: A B C\nlock 10\n");
    CHECK(moment(t.trace, 8) == "running: C\nready: B\nlock 10 owner A\n");
    CHECK(moment(t.trace, 12) == "lock 10 owner A waiters C B\n");
    CHECK(moment(t.trace, 15) == "running: A\nready: C\nlock 10 waiters B\n");
    const auto printer = t->primitive_at(10, 12);
    REQUIRE(printer);
    CHECK(t.symbols->string(printer->name) == "printer");
    CHECK_FALSE(t->primitive_at(10, 2));
    CHECK_FALSE(t->primitive_at(11, 12));
}

TEST_CASE("a primitive is known by the line at which a task first waited for it") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 sync_created object=10 kind=lock
        1 sync_acquired 1 object=10 kind=lock
        1 task_suspended 1 on=sleep object=20 file=dead.py line=6
        2 sync_wait 2 object=10 kind=lock
        2 task_suspended 2 on=lock object=10 file=dead.py line=7
        3 task_suspended 1 on=lock object=10 file=dead.py line=9
        3 task_suspended 2 on=queue_get object=11
    )");
    CHECK(t.symbols->place(t->primitive_line(10)).line == 7);
    CHECK(t->primitive_at(10, 3)->line == t->primitive_line(10));
    CHECK(t->primitive_line(11) == 0);
    CHECK(t->primitive_line(12) == 0);
}

TEST_CASE("a queue's level, and who waits at which end") {
    const TextTrace t(R"(
        0 task_created 1 name=producer
        0 task_created 2 name=consumer
        0 sync_created object=10 kind=queue name=jobs
        1 task_suspended 2 on=queue_get object=10
        2 queue_put 1 object=10 size=1 maxsize=2
        2 task_ready 2 by=1
        2 queue_put 1 object=10 size=2 maxsize=2
        2 task_suspended 1 on=queue_put object=10
        3 queue_get 2 object=10 size=1 maxsize=2
    )");
    CHECK(moment(t.trace, 3) == "ready: producer\nqueue 10 waiters consumer level 0/0\n");
    CHECK(moment(t.trace, 7) == "ready: consumer\nqueue 10 waiters producer level 2/2\n");
    CHECK(moment(t.trace, 8) == "ready: consumer\nqueue 10 waiters producer level 1/2\n");
}

TEST_CASE("a lock that is waited for, and of which nobody was heard to get it, is held by somebody unknown") {
    const TextTrace t(R"(
        0 task_suspended 1 on=lock object=10
        1 sync_acquired 1 object=10 kind=lock
        2 sync_wait 2 object=10 kind=lock
        2 task_suspended 2 on=lock object=10
        3 sync_released 1 object=10 kind=lock
    )");
    const auto held = [&](EventIndex at) { return t->primitive_at(10, at)->held; };
    CHECK(held(0));
    CHECK_FALSE(t->primitive_at(10, 0)->owner);
    CHECK(held(1));
    CHECK(held(3));
    CHECK_FALSE(held(4));  // its waiter has not got it yet
}

TEST_CASE("a primitive never seen created is known by its use") {
    const TextTrace t(R"(
        0 task_suspended 1 on=semaphore object=10
        1 task_suspended 2 on=lock object=11
        1 task_running 3
        1 sync_acquired 3 object=12 kind=lock
    )");
    CHECK(moment(t.trace, 3) ==
          "running: task 3\nsemaphore 10 waiters task 1\nlock 11 waiters task 2\nlock 12 owner task 3\n");
}

TEST_CASE("a wait that was given up leaves the line") {
    const TextTrace t(R"(
        0 sync_created object=10 kind=lock
        1 task_running 1
        1 sync_wait 1 object=10 kind=lock
        1 task_suspended 1 on=lock object=10
        2 task_ready 1
        3 task_running 1
        3 task_suspended 1 on=sleep object=11
    )");
    CHECK(t->primitives_at(3)[0].waiters.size() == 1);
    CHECK(t->primitives_at(4)[0].waiters.empty());
    CHECK(t->primitives_at(6)[0].waiters.empty());
}

TEST_CASE("timers are told soonest first, and end when they fire or are cancelled") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        1 timer_set 1 handle=5 when=9
        1 timer_set 1 handle=6 when=4
        1 timer_set handle=7 when=9
        4 timer_fired handle=6
        5 timer_cancelled handle=5
        5 timer_cancelled handle=99
        6 timer_set handle=7 when=8
    )");
    CHECK(moment(t.trace, 3) == "ready: A\ntimer: 6 at 4 for A\ntimer: 5 at 9 for A\ntimer: 7 at 9 for none\n");
    CHECK(moment(t.trace, 6) == "ready: A\ntimer: 7 at 9 for none\n");
    CHECK(moment(t.trace, 7) == "ready: A\ntimer: 7 at 8 for none\n");
}

TEST_CASE("a descriptor is watched until its loop says that it is not, or that it is closed") {
    const TextTrace t(R"(
        0 io_wait fd=7 what=read
        1 io_wait fd=7 what=write
        2 io_ready fd=7 what=write
        3 io_unwatched fd=7 what=write
        4 io_wait fd=7 what=write
        5 connection_lost fd=7
    )");
    CHECK(moment(t.trace, 2) == "watch: 7 read\nwatch: 7 write\n");
    CHECK(moment(t.trace, 3) == "watch: 7 read\n");
    CHECK(moment(t.trace, 4) == moment(t.trace, 2));
    CHECK(moment(t.trace, 5) == "");
}

TEST_CASE("two processes' descriptors of the same number are two") {
    const TextTrace t(R"(
        0 connection_made loop=1 fd=7 peer=a
        0 connection_made loop=2 fd=7 peer=b
        1 io_wait loop=1 fd=7 what=read
        1 io_wait loop=2 fd=7 what=read
        2 io_read loop=2 fd=7 bytes=5
        3 connection_lost loop=1 fd=7
    )");
    CHECK(moment(t.trace, 3) == "watch: 7 read\nwatch: 7 read\n");
    CHECK(moment(t.trace, 5) == "watch: 7 read\n");
    REQUIRE(t->io_tracks().size() == 2);
    CHECK(t->io_tracks()[1].bytes_read == 5);
    CHECK(t->io_tracks()[0].closed == 3'000'000'000);
    CHECK(t->io_tracks()[1].closed == open_end);
}

TEST_CASE("a semaphore's value is known once a task has had to wait for it, also for the time before") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 sync_created object=10 kind=semaphore
        0 sync_created object=11 kind=bounded_semaphore
        1 sync_acquired 1 object=10 kind=semaphore
        2 sync_acquired 1 object=10 kind=semaphore
        3 sync_wait 1 object=10 kind=semaphore
        4 sync_released 1 object=10 kind=semaphore
        5 sync_released 1 object=10 kind=semaphore
        6 sync_acquired 1 object=11 kind=bounded_semaphore
    )");
    const auto value = [&](Id id, EventIndex cursor) { return t->primitive_at(id, cursor)->value; };
    CHECK(value(10, 1) == 2);
    CHECK(value(10, 3) == 1);
    CHECK(value(10, 5) == 0);
    CHECK(value(10, 6) == 1);
    CHECK(value(10, 7) == 2);
    CHECK_FALSE(value(11, 8));
}

TEST_CASE("what a semaphore's holder releases belongs to those in line, also before they run") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 sync_created object=10 kind=semaphore
        0 task_running 1
        1 sync_acquired 1 object=10 kind=semaphore
        2 task_suspended 1 on=sleep
        2 task_running 2
        3 sync_wait 2 object=10 kind=semaphore
        3 task_suspended 2 on=semaphore object=10
        4 task_ready 1
        4 task_running 1
        5 sync_released 1 object=10 kind=semaphore
        5 task_ready 2 by=1
        6 task_done 1 state=finished
        7 task_running 2
        7 sync_acquired 2 object=10 kind=semaphore
        8 sync_released 2 object=10 kind=semaphore
    )");
    const auto value = [&](EventIndex cursor) { return t->primitive_at(10, cursor)->value; };
    CHECK(value(3) == 1);
    CHECK(value(8) == 0);
    CHECK(value(11) == 0);  // as Python's: B has it, though it has not run yet
    CHECK(value(15) == 0);
    CHECK(value(16) == 1);
}

TEST_CASE("the most items a queue held in a stretch are found, however long that is") {
    std::string text = "0 sync_created object=10 kind=queue\n";
    std::vector<std::uint32_t> sizes{0};
    std::uint32_t size = 0;
    for (unsigned i = 1; i < 2000; ++i) {
        const bool put = size == 0 || (i * 7919 % 13 < 7 && size < 40);
        size = put ? size + 1 : size - 1;
        text += (put ? "0 queue_put object=10 size=" : "0 queue_get object=10 size=") + std::to_string(size) +
                " maxsize=40\n";
        sizes.push_back(size);
    }
    const TextTrace t(text);
    const EventIndex length = GENERATE(0, 1, 5, 63, 64, 65, 130, 700);
    for (EventIndex first = 1; first + length <= sizes.size(); first += 37) {
        const auto begin = sizes.begin() + static_cast<std::ptrdiff_t>(first) - 1;
        REQUIRE(t->greatest_size(10, first, first + length) ==
                *std::max_element(begin, begin + static_cast<std::ptrdiff_t>(length) + 1));
    }
    CHECK(t->greatest_size(10, 0, t->event_count()) == *std::ranges::max_element(sizes));
    CHECK(t->greatest_size(99, 0, 10) == 0);
    REQUIRE(t->primitive_events(10));
    CHECK(t->primitive_events(10)->size() == sizes.size() - 1);
    CHECK(t->primitive_events(99) == nullptr);
}
