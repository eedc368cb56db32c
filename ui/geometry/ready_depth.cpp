// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/ready_depth.hpp"

#include <algorithm>

#include "ui/geometry/guided_search.hpp"

namespace awaitscope::ui {
namespace {

/// Whether an event shows that the loop has asked its selector: all handles of the turn before it have run.
bool afterSelector(const Event& event) {
    const EventKind kind = event.kind();
    return kind == EventKind::poll || kind == EventKind::timer_fired || kind == EventKind::io_ready;
}

/// Where an event is over: on the step axis its cell ends there.
Position endOf(const Axis& axis, EventIndex event) {
    return axis.ofEvent(event) + (axis.kind() == AxisKind::steps ? Axis::event_cell : 0);
}

/// The curve handle by handle, for turns [first, last). Every event of them is looked at.
void exactCurve(const Trace& trace, const Loop& loop, std::size_t first, std::size_t last, const Axis& axis,
                const TimeScale& scale, std::vector<DepthPoint>& curve) {
    double depth = 0;
    const auto to = [&](Position position, double next) {
        const double x = scale.x(position);
        curve.push_back({x, depth});
        curve.push_back({x, next});
        depth = next;
    };
    for (std::size_t turn = first; turn < last; ++turn) {
        const EventIndex begin = loop.iterations[turn];
        const EventIndex end = turn + 1 < loop.iterations.size() ? loop.iterations[turn + 1] : trace.event_count();
        double runs = loop.ready[turn];  // handles of this turn that have not run yet
        to(axis.ofEvent(begin), runs);
        EventIndex before = begin;
        const auto endTurn = [&] {
            // Handles that left no event of their own have run as well by now.
            if (runs > 0) to(endOf(axis, before), std::max(0.0, depth - runs));
            runs = 0;
        };
        for (EventIndex i = begin + 1; i < end; ++i) {
            const Event& event = trace.event(i);
            if (event.loop() != loop.number) continue;
            const EventKind kind = event.kind();
            if ((kind == EventKind::task_running || kind == EventKind::callback_run) && runs > 0) {
                --runs;
                to(axis.ofEvent(i), std::max(0.0, depth - 1));
            } else if (afterSelector(event)) {
                endTurn();
            } else if (kind == EventKind::task_ready && event.a == 0 && runs > 0) {
                --runs;  // a timer's or a future's handle ran: it went, and the task came
            } else if (kind == EventKind::task_ready || kind == EventKind::task_created ||
                       kind == EventKind::callback_scheduled) {
                to(axis.ofEvent(i), depth + 1);
            }
            before = i;
        }
        if (end < trace.event_count()) endTurn();
    }
}

/// When the turn that begins at `begin` ended: before the selector was asked for the next one.
Position turnEnd(const Trace& trace, EventIndex begin, EventIndex next, const Axis& axis) {
    // Only timers and descriptors that became ready come between the selector and the next turn.
    EventIndex last = next;
    while (last > begin + 1 && afterSelector(trace.event(last - 1)) && next - last < 64) --last;
    return std::min(endOf(axis, last - 1), axis.ofEvent(next));
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
            const EventIndex next = turn + 1 < turns.size() ? turns[turn + 1] : trace.event_count() - 1;
            const double x = scale.x(axis.ofEvent(turns[turn]));
            curve.push_back({x, 0});
            curve.push_back({x, static_cast<double>(loop.ready[turn])});
            curve.push_back({std::max(x, scale.x(turnEnd(trace, turns[turn], next, axis))), 0});
        }
    } else {
        GuidedSearch begins(turns.size(), [&](std::size_t i) { return turns[i]; });
        std::size_t turn = first;
        for (int column = columns.begin(); column < columns.end() && turn < last; ++column) {
            const std::size_t next =
                std::min(last, begins.countBefore(columns.firstEvent(column + 1), turn, 1, begins.unseen()));
            if (next == 0) continue;  // the loop has not begun yet
            const auto most = static_cast<double>(loop.ready.greatest(turn, next));
            if (curve.empty() || curve.back().depth != most) {
                const double x = column / columns.perPixel();
                if (!curve.empty()) curve.push_back({x, curve.back().depth});
                curve.push_back({x, most});
            }
            turn = next;
        }
    }
    return curve;
}

}  // namespace awaitscope::ui
