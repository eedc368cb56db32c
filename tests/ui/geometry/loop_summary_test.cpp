// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/loop_summary.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr Nanoseconds second = 1'000'000'000;

/// For 12 s one step of 1 ms each 100 ms, but for every third second, in which a step lasts 600 ms.
std::string stalls() {
    std::string text = "0 loop_started name=main\n0 task_created 1 name=main\n";
    const auto step = [&](double at, double length) {
        text += fmt::format("{:.3f} task_running 1\n{:.3f} task_suspended 1 on=sleep object=1\n{:.3f} task_ready 1\n",
                            at, at + length, at + length + 0.001);
    };
    for (int s = 0; s < 12; ++s) {
        if (s % 3 == 2) {
            step(s + 0.2, 0.6);
            continue;
        }
        for (int i = 1; i < 10; ++i) step(s + i * 0.1, 0.001);
    }
    return text;
}

}  // namespace

TEST_CASE("how busy a loop was is counted, wherever in the run one asks") {
    const test::TextTrace trace(stalls());
    for (EventIndex cursor = trace.trace.first_at_or_after(6 * second); cursor < trace.trace.event_count(); ++cursor) {
        const LoopSummary summary = loopSummary(trace.trace, cursor);
        CHECK(summary.over == 5 * second);
        // One stall of 600 ms in five seconds, or two.
        CHECK(summary.busy > 0.1);
        CHECK(summary.busy < 0.27);
    }
}

TEST_CASE("steps within steps are counted once, one that is on up to the cursor, and of loops the busiest tells") {
    const test::TextTrace trace(R"(
0.0 loop_started name=main
0.0 task_created 1 name=a
0.0 task_created 2 name=b
1.0 task_ready 1
1.4 task_running 1
1.5 task_running 2
1.6 task_suspended 2 on=sleep object=1
1.8 task_suspended 1 on=sleep object=2
1.9 task_running 2
2.0 mark text=now
)");
    const LoopSummary summary = loopSummary(trace.trace, trace.trace.event_count() - 1);
    CHECK(summary.over == 2 * second);
    CHECK(summary.busy == Approx(0.25));
    CHECK(summary.lag == second * 15 / 10);
}
