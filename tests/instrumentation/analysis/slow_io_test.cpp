// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr const char* begin = R"(
0 loop_started
0 iteration n=1 ready=1 timers=0
0 task_created 1 name=client coro=fetch file=i.cpp line=3
0 task_running 1
0 connection_made 1 fd=7 peer="db:5432"
)";

const std::string asks = "1 io_write 1 fd=7 bytes=100\n1 task_suspended 1 on=io file=i.cpp line=9\n";

}  // namespace

TEST_CASE("a peer that takes a second to answer while the loop is idle is told") {
    const Found found(
        begin + asks +
            "3 poll timeout=null took=2 ready=1\n3 iteration n=2 ready=1 timers=0\n3 io_read fd=7 bytes=20\n",
        {.blocked_loop = open_end});
    REQUIRE(found.kinds() == "slow-io");
    CHECK(found["slow-io"].what.english() ==
          "db:5432 answered slowly once, at worst after 2.000 s, while the loop was idle.");
    CHECK(found["slow-io"].severity == Severity::hint);
    CHECK(found["slow-io"].begin == 1'000'000'000);
}

TEST_CASE("a quick answer, a busy loop, the connection's end, and a server's silent client are no slow answers") {
    const FindingOptions options{.blocked_loop = open_end};
    CHECK(Found(begin + asks + "1.9 poll timeout=null took=0.9 ready=1\n1.9 io_read fd=7 bytes=20\n", options)
              .kinds()
              .empty());
    CHECK(Found(begin + asks + "3 poll timeout=null took=0.1 ready=1\n3 io_read fd=7 bytes=20\n", options)
              .kinds()
              .empty());
    CHECK(
        Found(begin + asks + "3 poll timeout=null took=2 ready=1\n3 io_read fd=7 bytes=0\n", options).kinds().empty());
    CHECK(Found(begin + std::string("0.5 io_read fd=7 bytes=9\n") + asks +
                    "90 poll timeout=null took=89 ready=1\n90 io_read fd=7 bytes=20\n",
                options)
              .kinds()
              .empty());
}

TEST_CASE("another process's descriptor of the same number is another connection") {
    const Found found(begin + asks + "1.5 io_read loop=2 fd=7 bytes=20\n" +
                          "3 poll timeout=null took=2 ready=1\n3 iteration n=2 ready=1 timers=0\n" +
                          "3 io_read fd=7 bytes=20\n",
                      {.blocked_loop = open_end});
    CHECK(found.kinds() == "slow-io");
}
