// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string jobs(int count, const char* waited) {
    return "0 task_created 1 name=main coro=main file=e.cpp line=3\n0 task_running 1\n" +
           repeat(count, 0, 0, "{t} thread_submitted 1 object=9{}") +
           "0 task_suspended 1 on=gather file=e.cpp line=7\n" +
           repeat(count, 1, 0.1, std::string("{t} thread_done object=9{} waited=") + waited);
}

}  // namespace

TEST_CASE("jobs that wait for a thread are told once there are eight of them") {
    CHECK(Found(jobs(7, "0.9")).kinds().empty());
    const Found found(jobs(12, "0.9"));
    REQUIRE(found.kinds() == "executor-saturation");
    CHECK(found["executor-saturation"].what.english() ==
          "12 jobs of main waited for a free thread, at worst for 900 ms; up to 12 were at work or in line.");
    CHECK(found.place("executor-saturation") == "e.cpp:7");
}

TEST_CASE("jobs that take long but begin at once are fine, however many") {
    CHECK(Found(jobs(200, "0.05")).kinds().empty());
    CHECK(Found(jobs(200, "0.099")).kinds().empty());
}

TEST_CASE("jobs that did not wait, or of which no end is told, do not count") {
    CHECK(Found(jobs(12, "0")).kinds().empty());
    CHECK(Found("0 task_created 1 name=main coro=main\n0 task_running 1\n" +
                repeat(12, 0, 0, "{t} thread_submitted 1 object=9{}") + "0 task_suspended 1 on=gather\n")
              .kinds()
              .empty());
}
