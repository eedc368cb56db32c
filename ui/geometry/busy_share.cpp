// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/busy_share.hpp"

#include <algorithm>

namespace awaitscope::ui {
namespace {

constexpr EventIndex runs = 8, run_length = 6;
constexpr std::size_t loops_most = 8;

double shareOf(const Trace& trace, std::uint16_t loop, Nanoseconds begin, Nanoseconds end, EventIndex first,
               EventIndex last) {
    Nanoseconds looked_at = 0, running = 0;
    const auto add = [&](EventIndex event, Nanoseconds from, Nanoseconds to) {
        if (to <= from) return;
        looked_at += to - from;
        if (event != no_event && trace.running_at(event, loop) != no_task) running += to - from;
    };
    // From the column's edge to its first event, and then from event to event.
    add(first == 0 ? no_event : first - 1, begin, first < last ? std::min(end, trace.time_at(first)) : end);
    const auto addRun = [&](EventIndex from, EventIndex to) {
        for (EventIndex event = from; event < to; ++event)
            add(event, trace.time_at(event), event + 1 < last ? trace.time_at(event + 1) : end);
    };
    const EventIndex count = last - first;
    if (count <= runs * run_length) {
        addRun(first, last);
    } else {
        // Several in a row each time: single ones at equal distances could all be the begins of steps.
        for (EventIndex run = 0; run < runs; ++run) {
            const EventIndex from = first + count * run / runs;
            addRun(from, from + run_length);
        }
    }
    return looked_at > 0 ? static_cast<double>(running) / static_cast<double>(looked_at) : 0;
}

}  // namespace

double busyShare(const Trace& trace, Nanoseconds begin, Nanoseconds end, EventIndex first, EventIndex last) {
    begin = std::max(begin, trace.begin());
    end = std::min(end, trace.end());
    if (end <= begin) return 0;
    double most = 0;
    const auto& loops = trace.loops();
    for (std::size_t i = 0; i < std::min(loops.size(), loops_most); ++i)
        most = std::max(most, shareOf(trace, loops[i].number, begin, end, first, last));
    return loops.empty() ? shareOf(trace, 0, begin, end, first, last) : most;
}

}  // namespace awaitscope::ui
