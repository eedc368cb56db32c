// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "instrumentation/analysis/histogram.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// Which lengths of time are gathered.
enum class LatencyKind : std::uint8_t {
    ready,  ///< from ready to running: the loop's lag
    steps,  ///< how long a step ran: what others had to wait for
    waits,  ///< from a suspension to what it waited for
    lives,  ///< from creation to end
};

/// The lengths of all tasks of one coroutine.
struct CoroutineLatency {
    PlaceId definition = 0;
    Histogram lengths;
};

/// What ended in the events [first, last), by coroutine, in order of first appearance. What began before is whole;
/// lives whose begin was not seen are left out. Costs a look at each such stretch: work for another thread. `enough` is
/// asked every millisecond or so, and the trace may grow meanwhile; it ends early, with what it has, when that says so.
std::vector<CoroutineLatency> latencies(const Trace& trace, EventIndex first, EventIndex last, LatencyKind kind,
                                        const std::function<bool()>& enough);

}  // namespace awaitscope::ui
