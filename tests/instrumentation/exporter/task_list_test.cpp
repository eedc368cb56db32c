// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/task_list.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "instrumentation/exporter/task_words.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

const char* const factorial = R"(
    0 task_created 1 name=main coro=main file=f.cpp line=9
    0.000001 task_running 1
    0.000002 task_created 2 name=A coro=factorial parent=1 file=f.cpp line=1
    0.000003 task_created 3 name=B coro=factorial parent=1 file=f.cpp line=1
    0.000004 task_suspended 1 on=gather object=50 file=f.cpp line=10
    0.000005 task_running 2
    0.000006 timer_set 2 handle=60 when=1.000006
    0.000007 task_suspended 2 on=sleep object=61 file=f.cpp line=5
    0.5 task_running 3
    0.500001 task_done 3 state=failed error="ValueError: boom"
)";

}  // namespace

TEST_CASE("the tasks at a moment, as a table") {
    const TextTrace t(factorial);
    CHECK(task_list_text(t.trace, 7) ==
          "at 0.000007000 s, event 8: 3 tasks alive\n"
          "id  name  state       age  coroutine  at        waits for\n"
          " 1  main  waiting  7.0 µs  main       f.cpp:10  gather of 2 > A: sleep 1.000 s\n"
          " 2  A     waiting  5.0 µs  factorial  f.cpp:5   sleep 1.000 s\n"
          " 3  B     ready    4.0 µs  factorial  f.cpp:1   1st in the queue\n");
    CHECK(task_list_text(t.trace, 9, {.ended = true})
              .find(" 3  B     failed   500 ms  factorial            ValueError: boom\n") != std::string::npos);
    CHECK(task_list_text(t.trace, 9).find("ValueError") == std::string::npos);
    CHECK(task_list_text(t.trace, 0).find("at 0.000000000 s, event 1: 1 task alive\n") == 0);
}

TEST_CASE("the tasks at a moment, as JSON") {
    const TextTrace t(factorial);
    const auto json = nlohmann::json::parse(task_list_json(t.trace, 7));
    REQUIRE(json.size() == 3);
    CHECK(json[0]["name"] == "main");
    CHECK(json[0]["state"] == "waiting");
    CHECK(json[0]["coro"] == "main");
    CHECK(json[0]["line"] == 10);
    CHECK(json[0]["awaits"] ==
          nlohmann::json::parse(R"([{"on":"gather","object":50,"task":2},{"on":"sleep","object":61}])"));
    CHECK(json[2]["awaits"].empty());
    CHECK(task_list_json(t.trace, no_event) == "[]\n");
}

TEST_CASE("a deadlock is told as a cycle") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 sync_created 1 object=10 kind=lock name=left
        0 sync_created 1 object=11 kind=lock
        1 task_running 1
        1 sync_acquired 1 object=10 kind=lock
        1 task_suspended 1 on=yield
        2 task_running 2
        2 sync_acquired 2 object=11 kind=lock
        2 task_suspended 2 on=lock object=10
        3 task_running 1
        3 task_suspended 1 on=lock object=11
    )");
    CHECK(await_chain_text(t.trace, 0, 11) == "lock 11 > B: lock left > A (cycle)");
    CHECK(nlohmann::json::parse(task_list_json(t.trace, 11))[0]["cycle"] == true);
    CHECK(await_chain_text(t.trace, 1, 9) == "lock left > A: ready");
}

TEST_CASE("words for what a task waits for") {
    const TextTrace t(R"(
        0 task_created 1 name=A
        0 task_created 2 name=B
        0 sync_created 1 object=10 kind=queue name=jobs
        1 task_suspended 1 on=queue_get object=10
        2 task_suspended 1 on=task object=2
        3 task_suspended 1 on=io object=4
        4 task_suspended 1 on=future object=99
        5 task_suspended 1 on=sleep object=98
        6 task_running 1
        7 lost count=5
    )");
    const char* const words[] = {"queue jobs: get", "task B", "I/O", "future", "sleep", "", "not known"};
    for (EventIndex i = 0; i < 7; ++i) CHECK(waits_for_text(t.trace, 0, i + 3) == words[i]);
}

TEST_CASE("places in the ready queue") {
    CHECK(queue_place_text(0) == "1st in the queue");
    CHECK(queue_place_text(1) == "2nd in the queue");
    CHECK(queue_place_text(2) == "3rd in the queue");
    CHECK(queue_place_text(10) == "11th in the queue");
    CHECK(queue_place_text(21) == "22nd in the queue");
}
