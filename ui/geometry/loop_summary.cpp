// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/loop_summary.hpp"

#include <algorithm>
#include <map>

#include "ui/geometry/lag_index.hpp"

namespace awaitscope::ui {
namespace {

/// How long tasks of one loop ran. A task that begins another eagerly runs on behind it: steps lie within each other.
struct Running {
    int steps = 0;  ///< that are on
    Nanoseconds since = 0;
    Nanoseconds all = 0;

    void begin(Nanoseconds now) {
        if (steps++ == 0) since = now;
    }
    void end(Nanoseconds now) {
        if (steps > 0 && --steps == 0) all += now - since;
    }
    Nanoseconds until(Nanoseconds now) const { return steps > 0 ? all + now - since : all; }
};

}  // namespace

LoopSummary loopSummary(const Trace& trace, EventIndex cursor) {
    constexpr Nanoseconds stretch = 5'000'000'000;
    constexpr EventIndex looked_at_most = 1 << 14;
    LoopSummary summary;
    if (cursor == no_event || trace.event_count() == 0) return summary;
    cursor = std::min(cursor, trace.event_count() - 1);
    summary.alive = trace.tasks_alive_at(cursor);
    summary.ready = trace.ready_queue_at(cursor).size();
    summary.timers = trace.timers_at(cursor).size();
    const Nanoseconds now = trace.time_at(cursor), earliest = std::max(trace.begin(), now - stretch);
    const EventIndex begins = trace.first_at_or_after(earliest);
    const EventIndex first = std::max(begins, cursor - std::min(cursor, looked_at_most));
    const Nanoseconds begin = first == begins ? earliest : trace.time_at(first);
    summary.over = now - begin;
    std::map<std::uint16_t, Running> loops;
    if (first > 0)
        for (const auto& loop : trace.loops())
            if (trace.running_at(first - 1, loop.number) != no_task) loops[loop.number].begin(begin);
    for (EventIndex i = first; i <= cursor; ++i) {
        const Event event = trace.event(i);
        if (event.kind() == EventKind::task_running) {
            loops[event.loop()].begin(trace.time_at(i));
            summary.lag = std::max(summary.lag, lagOf(trace, i));
        } else if (event.kind() == EventKind::task_suspended || event.kind() == EventKind::task_done) {
            loops[event.loop()].end(trace.time_at(i));
        }
    }
    if (summary.over > 0)
        for (const auto& [number, loop] : loops)
            summary.busy =
                std::max(summary.busy, static_cast<double>(loop.until(now)) / static_cast<double>(summary.over));
    return summary;
}

}  // namespace awaitscope::ui
