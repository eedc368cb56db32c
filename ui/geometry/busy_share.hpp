// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// How much of the time [begin, end), from 0 to 1, a task of the busiest loop ran: `first` is the first event at or
/// after `begin`, `last` that at or after `end`. Costs a look at some dozens of events, however many there are: beyond
/// these it is an estimate from events spread evenly. Of many loops only the first few are asked.
double busyShare(const Trace& trace, Nanoseconds begin, Nanoseconds end, EventIndex first, EventIndex last);

}  // namespace awaitscope::ui
