// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// The pid of a loop's process, where the trace is of several; 0 elsewhere, or while it is not known.
inline std::uint32_t process_of(const Trace& trace, const Loop& loop) {
    return loop.started == no_event ? 0 : static_cast<std::uint32_t>(trace.event(loop.started).a);
}

}  // namespace awaitscope
