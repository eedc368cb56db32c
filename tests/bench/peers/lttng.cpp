// SPDX-License-Identifier: GPL-3.0-or-later
// What an event costs that LTTng-UST takes, where a session is on.
#define LTTNG_UST_TRACEPOINT_CREATE_PROBES
#define LTTNG_UST_TRACEPOINT_DEFINE
#include "tests/bench/peers/lttng_events.h"
//
#include "tests/bench/peers/each.hpp"

int main() {
    if (!lttng_ust_tracepoint_enabled(awaitscope_bench, event)) return 1;
    awaitscope::bench::print_nanoseconds_each(
        [](std::uint64_t n) { lttng_ust_tracepoint(awaitscope_bench, event, 9, n, 1, 2); });
}
