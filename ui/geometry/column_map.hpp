// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/geometry/axis.hpp"

namespace awaitscope::ui {

/// Which event lies in which column of the screen. Made once a frame for all tracks, so that what a track searches
/// afterwards are numbers of events, four bytes each, and never the events themselves.
class ColumnMap {
  public:
    /// The columns [begin, end); `per_pixel` of them lie in a pixel of the scale: the screen's device pixel ratio, or
    /// less to draw more coarsely.
    ColumnMap(const Trace& trace, const Axis& axis, const TimeScale& scale, double per_pixel, int begin, int end);

    int begin() const { return begin_; }
    int end() const { return end_; }
    double perPixel() const { return per_pixel_; }
    /// The column of an event; begin() - 1 and end() for those outside. Precondition: event < trace.event_count().
    /// It is looked for from `from` on, near things first; by default everywhere.
    int columnOf(EventIndex event) const { return columnOf(event, begin_ - 1); }
    int columnOf(EventIndex event, int from) const;
    /// The first event that lies in this column or to the right of it. Precondition: begin() <= column <= end().
    EventIndex firstEvent(int column) const { return first_[static_cast<std::size_t>(column - begin_)]; }
    /// The column where the trace ends, within [begin() - 1, end()].
    int endOfTrace() const { return end_of_trace_; }

  private:
    double per_pixel_;
    int begin_;
    int end_;
    int end_of_trace_;
    std::vector<std::uint32_t> first_;  ///< events, four bytes each as in all indexes
};

}  // namespace awaitscope::ui
