// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// How long tasks that were ready had to wait for their turn, with the longest of any stretch at hand. Appendable; an
/// answer costs a look at fewer than two blocks of events and at the blocks between.
class LagIndex {
  public:
    /// Takes the events it has not seen yet, at most `limit` of them. Returns whether it has seen all.
    bool update(const Trace& trace, EventIndex limit = no_event);

    /// The longest wait of those that ended, with a step that began, in the events [first, last). 0: none did. Events
    /// not taken yet count as if they were not there.
    Nanoseconds greatest(const Trace& trace, EventIndex first, EventIndex last) const;

    static constexpr EventIndex block = 256;

  private:
    std::vector<Nanoseconds> greatest_of_block_;
    EventIndex seen_ = 0;
};

/// How long the task whose step begins with this event was ready before; 0 when the event begins no step.
Nanoseconds lagOf(const Trace& trace, EventIndex event);

}  // namespace awaitscope::ui
