// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// What a task waits for at a moment, in a few words: "sleep 1.000 s", "gather of 3", "lock printer", "task Task B",
/// "queue jobs: get"; empty when it does not wait. "not known" where events were lost.
std::string waits_for_text(const Trace& trace, TaskIndex task, EventIndex cursor);

/// The chain of waits behind a task: "gather of 3 > Task B: lock printer > Task C: running"; empty when it does not
/// wait. A chain that closes into a cycle ends in "> NAME (cycle)".
std::string await_chain_text(const Trace& trace, TaskIndex task, EventIndex cursor);

/// "runs next", "2nd in the queue", ... by the place in the ready queue, from 0.
std::string queue_place_text(std::size_t place);

}  // namespace awaitscope
