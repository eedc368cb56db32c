// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// How a followed program is doing, in figures that stand still long enough to be read.
struct LoopSummary {
    std::uint64_t alive = 0;  ///< tasks
    std::size_t ready = 0;    ///< of them
    std::size_t timers = 0;
    Nanoseconds over = 0;  ///< the stretch that ends at the cursor, of which the others tell; of many events the last
    double busy = 0;       ///< how much of it a task of the busiest loop ran, from 0 to 1
    Nanoseconds lag = 0;   ///< the longest time in it that a task was ready before it ran
};

LoopSummary loopSummary(const Trace& trace, EventIndex cursor);

}  // namespace awaitscope::ui
