// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::cli {

/// All events of a recording; of a process what its rings hold, up to its answer to our asking who is alive. A loop
/// that is blocked does not answer: we wait no longer than half a second for it. Ctrl-C ends it too.
void read_all(EventSource& source, Symbols& symbols, Trace& trace);

}  // namespace awaitscope::cli
