// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("what the runtime warns of is a finding, with the line where the task stood") {
    const std::string begin = R"(
0 task_created 1 name=main coro=main file=w.cpp line=3
0 task_created 2 name=fails coro=fails file=w.cpp line=20
0 task_running 2
0 task_suspended 2 on=sleep file=w.cpp line=22
0 task_running 2
0 task_done 2 state=failed error="ValueError: no"
0 task_running 1
)";
    const Found awaited(begin + "1 warning 1 kind=never_awaited text=\"coroutine 'nested' was never awaited\"\n",
                        {.blocked_loop = open_end});
    REQUIRE(awaited.kinds() == "never-awaited");
    CHECK(awaited["never-awaited"].what.english() == "main: coroutine 'nested' was never awaited.");
    CHECK(awaited.place("never-awaited") == "w.cpp:3");
    const Found retrieved(begin +
                              "1 warning 1 kind=never_retrieved object=2 text=\"Task exception was never retrieved: "
                              "ValueError: no\"\n",
                          {.blocked_loop = open_end});
    REQUIRE(retrieved.kinds() == "never-retrieved");
    CHECK(retrieved["never-retrieved"].what.english() == "fails: Task exception was never retrieved: ValueError: no.");
    CHECK(retrieved.place("never-retrieved") == "w.cpp:22");
    CHECK(Found("1 warning kind=destroyed_pending text=\"Task was destroyed but it is pending!\"\n").kinds() ==
          "destroyed-pending");
    CHECK(Found("1 warning kind=wrong_thread text=\"Non-thread-safe operation\"\n").kinds() == "wrong-thread");
}

TEST_CASE("the same warning again is counted, warnings of other kinds are no findings") {
    const Found found("1 warning kind=wrong_thread text=call\n2 warning kind=wrong_thread text=call\n");
    CHECK(found.kinds() == "wrong-thread");
    CHECK(found["wrong-thread"].count == 2);
    CHECK(found["wrong-thread"].what.english() == "call (2 times).");
    CHECK(Found("1 warning kind=slow_callback text=slow\n2 warning kind=other text=thing\n"
                "3 warning kind=callback_failed text=failed\n")
              .kinds()
              .empty());
}
