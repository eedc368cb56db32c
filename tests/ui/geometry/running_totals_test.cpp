// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/running_totals.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

std::string traffic(int rounds) {
    std::string text = "0.0 task_created 1 name=a\n";
    for (int i = 1; i <= rounds; ++i) {
        const double at = i * 0.001;
        text += fmt::format(
            "{0:.4f} task_running 1\n{0:.4f} io_read fd=7 bytes=10\n{0:.4f} io_write fd=7 bytes=3\n"
            "{0:.4f} task_suspended 1 on=io object=9\n{0:.4f} task_ready 1\n",
            at);
    }
    return text;
}

}  // namespace

TEST_CASE("totals before an event count all events before it") {
    const test::TextTrace trace(traffic(500));
    RunningTotals totals;
    CHECK(totals.update(trace.trace));
    const int rounds = GENERATE(0, 1, 51, 52, 250, 500);  // on both sides of the checkpoints
    const Totals at = totals.before(trace.trace, 1 + static_cast<EventIndex>(rounds) * 5);
    CHECK(at.steps == static_cast<std::uint64_t>(rounds));
    CHECK(at.bytes_read == static_cast<std::uint64_t>(rounds) * 10);
    CHECK(at.bytes_written == static_cast<std::uint64_t>(rounds) * 3);
}

TEST_CASE("events are taken in portions, and beyond the end there is nothing more") {
    const test::TextTrace trace(traffic(200));
    RunningTotals totals;
    CHECK_FALSE(totals.update(trace.trace, 300));
    CHECK(totals.seen() == 300);
    CHECK(totals.before(trace.trace, 1001).steps == totals.before(trace.trace, 300).steps);
    CHECK(totals.update(trace.trace));
    CHECK(totals.before(trace.trace, 1'000'000).steps == 200);
    CHECK(totals.update(trace.trace));
    CHECK(totals.before(trace.trace, 1'000'000).steps == 200);
}
