// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/ready_depth.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/geometry/guided_search.hpp"
#include "ui/geometry/ready_counter.hpp"

namespace awaitscope::ui {
namespace {

/// Where an event is over: on the step axis its cell ends there.
Position endOf(const Axis& axis, EventIndex event) {
    return axis.ofEvent(event) + (axis.kind() == AxisKind::steps ? Axis::event_cell : 0);
}

/// More events than this at a trace's end are not looked through for one of the loop's.
constexpr EventIndex looked_back_most = 4096;

/// The loop's last event; its last turn's beginning where it is long ago.
EventIndex lastOf(const Trace& trace, const Loop& loop) {
    const EventIndex turn = loop.iterations[loop.iterations.size() - 1], count = trace.event_count();
    EventIndex last = count - 1;
    while (last > turn && count - last < looked_back_most && trace.event(last).loop() != loop.number) --last;
    return trace.event(last).loop() == loop.number ? last : turn;
}

/// Whether at the trace's end nothing is left of the loop's last turn, so that it waits in its selector: that tells of
/// itself only when it comes back. A task that runs or is ready is left, and so is what another thread sees at work.
bool waitsAtEnd(const Trace& trace, const Loop& loop) {
    const EventIndex end = trace.event_count() - 1;
    return trace.event(lastOf(trace, loop)).kind() != EventKind::stack &&
           trace.running_at(end, loop.number) == no_task &&
           std::ranges::none_of(trace.ready_queue_at(end),
                                [&](TaskIndex task) { return trace.tasks()[task].loop == loop.number; });
}

/// The curve handle by handle, for turns [first, last). Every event of them is looked at.
void exactCurve(const Trace& trace, const Loop& loop, std::size_t first, std::size_t last, const Axis& axis,
                const TimeScale& scale, std::vector<DepthPoint>& curve) {
    ReadyCounter counter;
    double depth = 0;
    const auto to = [&](Position position) {
        const double x = scale.x(position);
        curve.push_back({x, depth});
        depth = counter.depth();
        curve.push_back({x, depth});
    };
    EventIndex before = loop.iterations[first];
    const auto endTurn = [&] {
        if (counter.left() == 0) return;
        counter.endTurn();
        to(endOf(axis, before));
    };
    const EventIndex end = last < loop.iterations.size() ? loop.iterations[last] : trace.event_count();
    for (EventIndex i = before; i < end; ++i) {
        const Event event = trace.event(i);
        if (event.loop() != loop.number) continue;
        if (ReadyCounter::showsEnd(event)) endTurn();
        counter.take(event);
        if (event.kind() == EventKind::iteration || counter.depth() != depth) to(axis.ofEvent(i));
        before = i;
    }
    if (end < trace.event_count() || waitsAtEnd(trace, loop)) endTurn();
}

/// When the turn that begins at `begin` ended: before the selector was asked for the next one.
Position turnEnd(const Trace& trace, EventIndex begin, EventIndex next, const Axis& axis) {
    // Only timers and descriptors that became ready come between the selector and the next turn.
    EventIndex last = next;
    while (last > begin + 1 && ReadyCounter::showsEnd(trace.event(last - 1)) && next - last < 64) --last;
    return std::min(endOf(axis, last - 1), axis.ofEvent(next));
}

/// A turn from further off, in pixels: all its handles are ready where it begins, and none where it ends.
struct Tooth {
    double begin = 0, end = 0, depth = 0;

    Tooth(const Trace& trace, const Loop& loop, std::size_t turn, const Axis& axis, const TimeScale& scale)
        : begin(scale.x(axis.ofEvent(loop.iterations[turn]))), depth(loop.ready[turn]) {
        const auto& turns = loop.iterations;
        const EventIndex next = turn + 1 < turns.size()   ? turns[turn + 1]
                                : waitsAtEnd(trace, loop) ? lastOf(trace, loop)
                                                          : trace.event_count() - 1;
        end = std::max(begin, scale.x(turnEnd(trace, turns[turn], next, axis)));
    }
    /// Precondition: begin <= x.
    double at(double x) const { return x < end ? std::round(depth * (end - x) / (end - begin)) : 0; }
};

/// The curve where turns are denser than pixels, column by column, for turns [first, last).
void columnCurve(const Trace& trace, const Loop& loop, std::size_t first, std::size_t last, const Axis& axis,
                 const TimeScale& scale, const ColumnMap& columns, std::vector<DepthPoint>& curve) {
    const auto& turns = loop.iterations;
    GuidedSearch begins(turns.size(), [&](std::size_t i) { return turns[i]; });
    std::optional<Tooth> tooth;  // of the turn before `turn`, where it takes several columns
    std::size_t turn = first;
    for (int column = columns.begin(); column < columns.end(); ++column) {
        const EventIndex end = columns.firstEvent(column + 1);
        std::size_t next = std::min(last, begins.countBefore(end, turn, 1, begins.unseen()));
        // That a turn began here at all would be seen.
        if (next == turn) next = std::min(last, begins.countBefore(end, turn, 1));
        if (next == 0) continue;  // the loop has not begun yet
        const double x = column / columns.perPixel();
        double most = loop.ready.greatest(turn, next);
        if (next > turn) {
            tooth.reset();
        } else {
            if (!tooth) tooth.emplace(trace, loop, turn - 1, axis, scale);
            most = tooth->at(std::max(x, tooth->begin));
        }
        if (curve.empty() || curve.back().depth != most) {
            if (!curve.empty()) curve.push_back({x, curve.back().depth});
            curve.push_back({x, most});
        }
        turn = next;
    }
}

}  // namespace

std::vector<DepthPoint> depthCurve(const Trace& trace, const Loop& loop, const Axis& axis, const TimeScale& scale,
                                   const ColumnMap& columns, std::uint32_t& greatest) {
    std::vector<DepthPoint> curve;
    greatest = 0;
    const auto& turns = loop.iterations;
    const std::size_t count = turns.size();
    if (count == 0) return curve;
    // The first turn after a position. A turn is an event's number, so no turn is visited to find it.
    const auto turnAfter = [&](Position position, std::size_t from) {
        return std::min(count, turns.count_before(axis.firstAfter(position), from));
    };
    const Extent seen = scale.extent();
    std::size_t first = turnAfter(seen.begin, 0);
    if (first > 0) --first;
    const std::size_t last = turnAfter(seen.end, first);
    if (first >= last) return curve;
    greatest = loop.ready.greatest(first, last);

    const auto pixels = static_cast<std::size_t>(scale.width());
    const EventIndex events_end = last < turns.size() ? turns[last] : trace.event_count();
    if (events_end - turns[first] <= 2 * pixels) {
        exactCurve(trace, loop, first, last, axis, scale, curve);
        for (const DepthPoint& point : curve) greatest = std::max(greatest, static_cast<std::uint32_t>(point.depth));
    } else if (last - first <= pixels / 6) {
        for (std::size_t turn = first; turn < last; ++turn) {
            const Tooth tooth(trace, loop, turn, axis, scale);
            curve.push_back({tooth.begin, 0});
            curve.push_back({tooth.begin, tooth.depth});
            curve.push_back({tooth.end, 0});
        }
    } else {
        columnCurve(trace, loop, first, last, axis, scale, columns, curve);
    }
    return curve;
}

}  // namespace awaitscope::ui
