// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/busy_share.hpp"

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr Nanoseconds ms = 1'000'000;

double share(const Trace& trace, Nanoseconds from, Nanoseconds to) {
    return busyShare(trace, from * ms, to * ms, trace.first_at_or_after(from * ms), trace.first_at_or_after(to * ms));
}

}  // namespace

TEST_CASE("a stretch is as busy as a task ran in it, whether or not an event lies in it") {
    const test::TextTrace trace(R"(
0.000 loop_started name=main
0.000 task_created 1 name=main coro=main file=a.cpp line=3
0.100 task_running 1
0.500 task_suspended 1 on=sleep object=1
0.900 task_ready 1
1.000 task_running 1
1.100 task_done 1 state=finished
)");
    CHECK(share(trace.trace, 200, 300) == 1);
    CHECK(share(trace.trace, 600, 700) == 0);
    CHECK(share(trace.trace, 0, 200) == Approx(0.5));
    CHECK(share(trace.trace, 400, 800) == Approx(0.25));
    CHECK(share(trace.trace, 0, 1100) == Approx(500.0 / 1100));
    CHECK(share(trace.trace, 1100, 2000) == 0);  // behind the end
    CHECK(share(trace.trace, 300, 300) == 0);
}

TEST_CASE("of several loops the busiest counts") {
    const test::TextTrace trace(R"(
0.000 loop_started loop=1 name=one
0.000 loop_started loop=2 name=two
0.000 task_created 1 loop=1 name=a coro=a file=a.cpp line=3
0.000 task_created 2 loop=2 name=b coro=b file=a.cpp line=3
0.100 task_running 1 loop=1
0.110 task_suspended 1 loop=1 on=sleep object=1
0.200 task_running 2 loop=2
0.900 task_suspended 2 loop=2 on=sleep object=1
1.000 task_done 2 loop=2 state=finished
)");
    CHECK(share(trace.trace, 0, 1000) == Approx(0.7));
    CHECK(share(trace.trace, 300, 400) == 1);
}

TEST_CASE("among very many events the share is an estimate") {
    std::string text =
        "0.000000 loop_started name=main\n0.000000 task_created 1 name=main coro=main file=a.cpp line=3\n";
    char line[100];
    for (int i = 0; i < 1000; ++i) {  // runs three quarters of each millisecond
        std::snprintf(line, sizeof line, "%.6f task_running 1\n%.6f task_suspended 1 on=sleep object=1\n",
                      0.001 * (i + 1), 0.001 * (i + 1) + 0.00075);
        text += line;
    }
    const test::TextTrace trace(text);
    CHECK(share(trace.trace, 0, 1000) == Approx(0.75).margin(0.05));
}
