// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// Tasks that are made one after the other and wait for something.
std::string many(int count, double step, const char* on, const char* then = "") {
    return repeat(count, 0, step,
                  std::string("{t} task_created 10{} name=refresh coro=refresh file=l.cpp line=3\n"
                              "{t} task_running 10{}\n{t} task_suspended 10{} on=") +
                      on + " file=l.cpp line=5\n" + then);
}

}  // namespace

TEST_CASE("ever more tasks of one coroutine, none of which ends, leak") {
    const Found found(many(160, 0.1, "event"));
    REQUIRE(found.kinds() == "task-leak");
    CHECK(found["task-leak"].what.english() ==
          "160 tasks of refresh are alive: 96 more than 9.600 s ago, and none has ended meanwhile.");
    CHECK(found.place("task-leak") == "l.cpp:5");
}

TEST_CASE("tasks made at once, few of them, those that wait for time or a descriptor, and those that end do not leak") {
    CHECK(Found(many(500, 0.0001, "event")).kinds().empty());
    CHECK(Found(many(100, 0.1, "event")).kinds().empty());
    CHECK(Found(many(500, 0.1, "io")).kinds().empty());
    CHECK(Found(many(500, 0.1, "sleep")).kinds().empty());
    CHECK(Found(many(300, 0.1, "event", "{t} task_running 10{}\n{t} task_done 10{} state=finished")).kinds().empty());
}

TEST_CASE("a task that waits on and on where its like ended long ago leaks") {
    const std::string others =
        "0 task_created 1 name=lost coro=refresh file=l.cpp line=3\n0 task_running 1\n"
        "0 task_suspended 1 on=future object=77 file=l.cpp line=8\n" +
        many(20, 0.1, "event", "{t} task_running 10{}\n{t} task_done 10{} state=finished");
    CHECK(Found(others + "59 output text=later\n").kinds().empty());
    const Found found(others + "61 output text=later\n");
    REQUIRE(found.kinds() == "task-leak");
    CHECK(found.tasks("task-leak") == "lost");
    CHECK(found.place("task-leak") == "l.cpp:8");
}

TEST_CASE("a task that waits long among others that live long does not leak") {
    std::string text = "0 task_created 1 name=slow coro=serve\n0 task_running 1\n0 task_suspended 1 on=event\n";
    text +=
        repeat(20, 0, 0.1, "{t} task_created 10{} coro=serve\n{t} task_running 10{}\n{t} task_suspended 10{} on=event");
    text += repeat(20, 30, 1, "{t} task_running 10{}\n{t} task_done 10{} state=finished");
    CHECK(Found(text + "100 output text=later\n").kinds().empty());
}

TEST_CASE("many tasks that wait on and on for a future leak, while their like come and go") {
    const auto requests = [](int count, const char* on) {
        return many(40, 0.05, "event", "{t} task_running 10{}\n{t} task_done 10{} state=finished") +
               repeat(count, 2, 0.01,
                      std::string("{t} task_created 20{} coro=refresh file=l.cpp line=3\n{t} task_running 20{}\n"
                                  "{t} task_suspended 20{} on=") +
                          on + " object=9 file=l.cpp line=8");
    };
    const Found found(requests(70, "future") + "5 output text=later\n");
    REQUIRE(found.kinds() == "task-leak");
    CHECK(found["task-leak"].what.english() ==
          "70 tasks of refresh have waited for 2.310 s and longer, where the 40 that ended lived for 0 ns at most.");
    CHECK(found.place("task-leak") == "l.cpp:8");
    CHECK(Found(requests(60, "future") + "5 output text=later\n").kinds().empty());
    CHECK(Found(requests(70, "future") + "4 output text=later\n").kinds().empty());
    // For an item or an event a connection may wait for as long as it likes.
    CHECK(Found(requests(70, "queue_get") + "5 output text=later\n").kinds().empty());
    CHECK(Found(requests(70, "event") + "5 output text=later\n").kinds().empty());
}

TEST_CASE("a connection's task that waits for its next request, or for news, does not leak however long it takes") {
    const std::string others = many(20, 0.1, "event", "{t} task_running 10{}\n{t} task_done 10{} state=finished");
    const auto kept = [&](const char* on) {
        return "0 task_created 1 name=kept coro=refresh file=l.cpp line=3\n0 task_running 1\n0 task_suspended 1 on=" +
               std::string(on) + " object=77 file=l.cpp line=8\n";
    };
    const std::string again =
        "2 task_ready 1\n2 task_running 1\n2 task_suspended 1 on=future object=78 file=l.cpp line=8\n";
    CHECK(Found(kept("future") + others + "300 output text=later\n").kinds() == "task-leak");
    CHECK(Found(kept("future") + others + again + "300 output text=later\n").kinds().empty());
    for (const char* on : {"event", "condition", "queue_get", "task", "gather", "io"})
        CHECK(Found(kept(on) + others + "300 output text=later\n").kinds().empty());
}

TEST_CASE("clients that connect one after the other and stay do not leak once all are there") {
    CHECK(Found(many(160, 0.1, "queue_get") + "20 output text=growing\n").kinds() == "task-leak");
    CHECK(Found(many(160, 0.1, "queue_get") + "30 output text=there\n").kinds().empty());
}

namespace {

std::string cancelled(int count, double at) {
    return repeat(count, at, 0, "{t} task_cancel_requested 10{}\n{t} task_ready 10{}") +
           repeat(count, at + 0.1, 0, "{t} task_running 10{}\n{t} task_done 10{} state=cancelled");
}

}  // namespace

TEST_CASE("a leak is told after the program has ended in order, too, with its end") {
    const Found found(many(160, 0.1, "event") + "16 loop_stopped\n" + cancelled(160, 16.5));
    REQUIRE(found.kinds() == "task-leak");
    const Finding& leak = found["task-leak"];
    CHECK(leak.what.english() ==
          "160 tasks of refresh were alive when they were cancelled: 96 more than 10.200 s before, and none had ended "
          "meanwhile.");
    CHECK(leak.end == 16'500'000'000);
    CHECK(leak.task_count == 160);
    CHECK(leak.tasks.size() == Finding::tasks_max);
    CHECK(found.place("task-leak") == "l.cpp:5");
}

TEST_CASE("a task that was lost until it was cancelled at the end is told, and how many were") {
    const std::string others = many(20, 0.1, "event", "{t} task_running 10{}\n{t} task_done 10{} state=finished");
    const std::string lost =
        "0 task_created 1 name=lost coro=refresh file=l.cpp line=3\n0 task_running 1\n"
        "0 task_suspended 1 on=future object=77 file=l.cpp line=8\n" +
        others;
    const std::string end = "70 task_cancel_requested 1\n70 task_ready 1\n70 task_running 1\n70 task_done 1 state=";
    const Found found(lost + end + "cancelled\n");
    REQUIRE(found.kinds() == "task-leak");
    CHECK(
        found["task-leak"].what.english() ==
        "1 task of refresh had waited for 1 min 10 s and longer when it was cancelled, where the 20 that ended before "
        "lived for 0 ns at most.");
    CHECK(found["task-leak"].end == 70'000'000'000);
    // A timeout was put around the wait: the cancellation was its answer.
    CHECK(Found(lost + end + "finished\n").kinds().empty());
    CHECK(Found(lost + end + "failed\n").kinds().empty());
}

TEST_CASE("tasks that are cancelled while others of their kind come and go do not leak") {
    // Too few of them to tell of, in time, or all at once.
    CHECK(Found(many(120, 0.1, "event") + cancelled(120, 16.5)).kinds().empty());
    CHECK(Found(many(160, 0.1, "event") + "30 output text=there\n" + cancelled(160, 40)).kinds().empty());
    // Some are cancelled, the others live on and more come: it is a pool, or a server with timeouts.
    const std::string more = repeat(1, 20, 1, "{t} task_created 20{} name=more coro=refresh file=l.cpp line=3\n");
    CHECK(Found(many(160, 0.1, "event") + cancelled(160, 16.5) + more).kinds().empty());
    CHECK(Found(many(160, 0.1, "event") + cancelled(100, 16.5)).kinds().empty());
    // One ends by itself.
    CHECK(Found(many(160, 0.1, "event") + "16.1 task_running 100\n16.1 task_done 100 state=finished\n" +
                cancelled(160, 16.5))
              .kinds() == "");
}
