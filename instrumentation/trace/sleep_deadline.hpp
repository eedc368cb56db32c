// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// When a sleep is to end: what the timer says that the task set in the events just before it fell asleep. Nothing
/// where none is known. The loop may be kept, and the task sleep on behind it. `sleep` is a span of waiting for
/// WaitKind::sleep.
std::optional<Nanoseconds> sleep_deadline(const Trace& trace, const Span& sleep);

}  // namespace awaitscope
