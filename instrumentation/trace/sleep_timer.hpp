// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

struct SleepTimer {
    Nanoseconds set = 0;   ///< a moment before the task falls asleep; from here its length was asked for
    Nanoseconds when = 0;  ///< the loop may be kept, and the task sleep on behind it
};

/// The timer that the task set in the events just before it fell asleep; nothing where none is known. `sleep` is a span
/// of waiting for WaitKind::sleep.
std::optional<SleepTimer> sleep_timer(const Trace& trace, const Span& sleep);

}  // namespace awaitscope
