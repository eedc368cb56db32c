// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <unordered_map>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/lag_index.hpp"
#include "ui/geometry/ready_peaks.hpp"
#include "ui/geometry/running_totals.hpp"

namespace awaitscope::ui {

/// So many queues are drawn: those that held the most.
inline constexpr std::size_t charted_queues_max = 3;

/// What the charts show of one stretch of time.
struct ChartSample {
    Nanoseconds begin = 0;
    Nanoseconds end = 0;
    Nanoseconds lag = 0;        ///< the longest time that a task was ready before it ran, of those that then ran
    std::uint32_t ready = 0;    ///< the most handles ready in any one loop, also in the midst of a turn
    std::uint64_t tasks = 0;    ///< alive at the end of it
    double switches_per_s = 0;  ///< steps of tasks
    double read_per_s = 0;      ///< bytes
    double written_per_s = 0;
    std::array<std::uint32_t, charted_queues_max> levels{};  ///< the most items in each of ChartData::queues
};

/// Samples, and what they are of.
struct ChartData {
    Nanoseconds begin = 0;  ///< what was asked for; the samples may reach a little further
    Nanoseconds end = 0;
    std::vector<ChartSample> samples;
    std::vector<Id> queues;  ///< at most charted_queues_max, those that held the most first
};

/// Samples of a growing trace. What has to be counted event by event is counted once, as events come; a sample then
/// costs a few binary searches, and is kept for as long as its length is asked for: the charts' cost follows what is
/// new on screen, never the trace's length. To be used by one thread at a time.
class ChartSampler {
  public:
    void reset() { *this = {}; }
    /// Takes events it has not seen, at most `limit`. Returns whether it has seen all.
    bool update(const Trace& trace, EventIndex limit = no_event);

    /// Samples over [begin, end), at most `most` of them and a few less, all of one nice length and aligned to it, so
    /// that the curves stand still while one pans. Outside of the recording there are none. Empty for an empty range.
    ChartData data(const Trace& trace, Nanoseconds begin, Nanoseconds end, int most);

  private:
    ChartSample sample(const Trace& trace, Nanoseconds begin, Nanoseconds end, EventIndex first, EventIndex last) const;

    RunningTotals totals_;
    LagIndex lags_;
    ReadyPeaks peaks_;
    std::vector<Id> queues_;
    Nanoseconds kept_length_ = 0;
    std::unordered_map<Nanoseconds, ChartSample> kept_;  ///< of that length, by where they begin
};

}  // namespace awaitscope::ui
