// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/time_scale.hpp"

namespace awaitscope::ui {

/// What runs from left to right.
enum class AxisKind : std::uint8_t {
    time,   ///< time, evenly. Steps of one instant lie on top of each other
    steps,  ///< events, evenly, however much or little time lies between them; the jumps in time are marked
};

/// One label of the ruler.
struct Tick {
    Position at = 0;
    std::string label;  ///< empty: a stroke only
    bool jump = false;  ///< step axis: time leaps here; the label says by how much
};

/// Translates between moments of a trace and positions on an axis. Holds a reference to the trace: make one for a
/// paint or a click, under the lock that keeps the trace from growing.
class Axis {
  public:
    Axis(const Trace& trace, AxisKind kind) : trace_(&trace), kind_(kind) {}

    AxisKind kind() const { return kind_; }

    /// Where an event stands. Precondition: event < trace.event_count().
    Position ofEvent(EventIndex event) const;
    /// Where the cursor "just after this event" stands: on the step axis in the middle of the event's cell. no_event
    /// stands where everything begins.
    Position ofCursor(EventIndex cursor) const;
    /// Where a moment lies: between its neighbours in proportion, on the step axis too.
    Position ofTime(Nanoseconds time) const;
    /// The moment at a position; the inverse of ofTime() wherever events have distinct times.
    Nanoseconds timeAt(Position position) const;
    /// The last event at or before a position, no_event before the first.
    EventIndex eventAt(Position position) const;

    /// The first event after a position, the count of events when there is none. Events before `from` are known not to
    /// be after it.
    EventIndex firstAfter(Position position, EventIndex from = 0) const;

    /// From the first event to the last. Empty while there is none.
    Extent all() const;
    /// The shortest extent worth looking at: 20 ns, or two events.
    Position shortest() const { return kind_ == AxisKind::time ? 20 : 2 * event_cell; }

    /// The ruler's ticks, ascending, labels at least `spacing` pixels apart.
    std::vector<Tick> ticks(const TimeScale& scale, double spacing) const;

    /// Units of the step axis between two events.
    static constexpr Position event_cell = 1000;

  private:
    std::vector<Tick> timeTicks(const TimeScale& scale, double spacing) const;
    std::vector<Tick> stepTicks(const TimeScale& scale, double spacing) const;

    const Trace* trace_;
    AxisKind kind_;
};

/// The distance between ticks: the smallest of 1, 2, 5 times a power of ten nanoseconds (from a minute on: of the
/// usual parts of minutes, hours and days) which is at least `least`.
Nanoseconds niceStep(double least);

/// The end of an axis of values with a tick in its middle: a round number, at least `greatest` and 1, of which the half
/// is round, too; with `whole` both are whole numbers, and the end is at least 4.
double niceTop(double greatest, bool whole);

}  // namespace awaitscope::ui
