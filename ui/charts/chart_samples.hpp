// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/ready_depth.hpp"
#include "ui/geometry/running_totals.hpp"

namespace awaitscope::ui {

/// What the charts show of one stretch of time.
struct ChartSample {
    Nanoseconds begin = 0;
    Nanoseconds end = 0;
    std::uint32_t ready = 0;    ///< the most handles ready in any turn of any loop
    std::uint64_t tasks = 0;    ///< alive at the end of it
    double switches_per_s = 0;  ///< steps of tasks
    double read_per_s = 0;      ///< bytes
    double written_per_s = 0;
};

/// Samples of a growing trace. What has to be counted event by event is counted once, as events come; a sample then
/// costs a few binary searches, so the charts' cost follows their width, never the trace's length.
class ChartSampler {
  public:
    void reset();
    /// Takes events it has not seen, at most `limit`. Returns whether it has seen all.
    bool update(const Trace& trace, EventIndex limit = no_event);

    /// Samples over [begin, end), at most `most` of them and a few less, all of one nice length and aligned to it, so
    /// that the curves stand still while one pans. Outside of the recording there are none. Empty for an empty range.
    std::vector<ChartSample> samples(const Trace& trace, Nanoseconds begin, Nanoseconds end, int most) const;

  private:
    RunningTotals totals_;
    std::vector<ReadyDepth> depths_;
};

}  // namespace awaitscope::ui
