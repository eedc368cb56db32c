// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/loop_summary.hpp"

#include <algorithm>

#include "ui/geometry/busy_share.hpp"
#include "ui/geometry/lag_index.hpp"

namespace awaitscope::ui {

LoopSummary loopSummary(const Trace& trace, EventIndex cursor) {
    constexpr Nanoseconds stretch = 5'000'000'000;
    constexpr EventIndex looked_at_most = 4096;
    LoopSummary summary;
    if (cursor == no_event || trace.event_count() == 0) return summary;
    cursor = std::min(cursor, trace.event_count() - 1);
    summary.alive = trace.tasks_alive_at(cursor);
    summary.ready = trace.ready_queue_at(cursor).size();
    summary.timers = trace.timers_at(cursor).size();
    const Nanoseconds now = trace.time_at(cursor), begin = std::max(trace.begin(), now - stretch);
    summary.over = now - begin;
    const EventIndex first = trace.first_at_or_after(begin);
    if (summary.over > 0) summary.busy = busyShare(trace, begin, now, first, cursor);
    for (EventIndex i = std::max(first, cursor - std::min(cursor, looked_at_most)); i <= cursor; ++i)
        summary.lag = std::max(summary.lag, lagOf(trace, i));
    return summary;
}

}  // namespace awaitscope::ui
