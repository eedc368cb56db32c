// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// What a task waits for at a moment, for those who have words of their own for it.
struct WaitedFor {
    WaitKind on = WaitKind::none;       ///< none: not known, events were lost
    std::optional<Nanoseconds> length;  ///< a sleep's, where the timer set for it is known
    std::size_t count = 0;              ///< of the tasks that a gather waits for; 0: not known
    std::string name;                   ///< a primitive's, or its number; a task's; or empty
    PlaceId line = 0;                   ///< of a primitive that has a number only: see PrimitiveMoment::line
};

/// "4 (dead.py:7)": what has no name, by its number and the line it is known from; the number alone where that is 0.
std::string numbered_text(const Trace& trace, const std::string& number, PlaceId line);

/// Nothing when it does not wait.
std::optional<WaitedFor> waited_for(const Trace& trace, TaskIndex task, EventIndex cursor);

/// The same in a few words: "sleep 1.000 s", "gather of 3", "lock printer", "task Task B",
/// "queue jobs: get"; empty when it does not wait. "not known" where events were lost.
std::string waits_for_text(const Trace& trace, TaskIndex task, EventIndex cursor);

/// The chain of waits behind a task: "gather of 3 > Task B: lock printer > Task C: running"; empty when it does not
/// wait. A chain that closes into a cycle ends in "> NAME (cycle)".
std::string await_chain_text(const Trace& trace, TaskIndex task, EventIndex cursor);

/// "1st in the queue", "2nd in the queue", ... by the place in the ready queue, from 0.
std::string queue_place_text(std::size_t place);

/// "st", "nd", "rd" or "th": what makes a number an ordinal one.
std::string_view ordinal_ending(std::size_t number);

}  // namespace awaitscope
