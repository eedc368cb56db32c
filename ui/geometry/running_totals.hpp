// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// What has been counted up to an event.
struct Totals {
    std::uint64_t steps = 0;  ///< task_running
    std::uint64_t bytes_read = 0;
    std::uint64_t bytes_written = 0;
};

/// Running totals of a growing trace: the difference of two of them is what happened between. Appendable; an answer
/// costs a look at fewer than `stride` events.
class RunningTotals {
  public:
    /// Takes the events it has not seen yet, at most `limit` of them. Returns whether it has seen all.
    bool update(const Trace& trace, EventIndex limit = no_event);

    /// The totals of all events before `event`. Events not taken yet count as if they were not there.
    Totals before(const Trace& trace, EventIndex event) const;

    EventIndex seen() const { return seen_; }
    static constexpr EventIndex stride = 256;

  private:
    std::vector<Totals> checkpoints_{Totals{}};  ///< before events 0, stride, 2 * stride, ...
    Totals last_;
    EventIndex seen_ = 0;
};

}  // namespace awaitscope::ui
