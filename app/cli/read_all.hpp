// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::cli {

/// All events of a recording, also of one that still comes through standard input ("-"); of a process what its rings
/// hold, up to its answer to our asking who is alive. A loop that is blocked does not answer: we wait no longer than
/// half a second for it. Ctrl-C ends it too. `target`: what the source was opened from.
void read_all(const std::string& target, EventSource& source, Symbols& symbols, Trace& trace);

}  // namespace awaitscope::cli
