// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <random>

#include "instrumentation/trace/trace.hpp"
#include "tests/bench/scale/figures.hpp"

namespace awaitscope::bench {

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

std::vector<QueryFigures> replay_times(const Trace& trace, int moments, std::uint64_t seed) {
    constexpr TaskIndex screenful = 60;
    std::mt19937_64 random(seed);
    std::vector<QueryFigures> queries;
    volatile std::size_t used = 0;  // or the compiler would leave out what nobody looks at
    EventIndex cursor = 0;
    TaskIndex task = 0, known = 0;
    Nanoseconds time = 0;
    const auto measure = [&](std::string_view name, auto&& ask) {
        auto query = std::ranges::find(queries, name, &QueryFigures::name);
        if (query == queries.end()) query = queries.insert(queries.end(), {name, {}});
        const Stopwatch watch;
        used = used + static_cast<std::size_t>(ask());
        query->ms.push_back(watch.milliseconds());
    };
    for (int i = 0; i < moments; ++i) {
        cursor = random() % trace.event_count();
        known = trace.task_count_at(cursor);
        if (known == 0) continue;
        task = static_cast<TaskIndex>(random() % known);
        time = trace.time_at(cursor);
        measure("first_at_or_after", [&] { return trace.first_at_or_after(time); });
        measure("task_count_at", [&] { return trace.task_count_at(cursor); });
        measure("tasks_alive_at", [&] { return trace.tasks_alive_at(cursor); });
        measure("at", [&] { return trace.at(task, cursor).state; });
        measure("place_at", [&] { return trace.place_at(task, cursor); });
        measure("tally_at", [&] { return trace.tally_at(task, cursor).resumed; });
        measure("awaits", [&] { return trace.awaits(task, cursor).size(); });
        measure("awaited_by", [&] { return trace.awaited_by(task, cursor).size(); });
        measure("await_chain", [&] { return trace.await_chain(task, cursor).size(); });
        measure("running_at", [&] { return trace.running_at(cursor); });
        measure("ready_queue_at", [&] { return trace.ready_queue_at(cursor).size(); });
        measure("timers_at", [&] { return trace.timers_at(cursor).size(); });
        measure("watches_at", [&] { return trace.watches_at(cursor).size(); });
        measure("primitives_at", [&] { return trace.primitives_at(cursor).size(); });
        measure("io_track_at", [&] {
            return trace.io_track_at(trace.loops().front().number, 10 + static_cast<int>(task % 1000), cursor) !=
                   nullptr;
        });
        measure("next_step", [&] { return trace.next_step(cursor); });
        measure("previous_step", [&] { return trace.previous_step(cursor); });
        measure("all of a screen", [&] {
            std::size_t seen = trace.running_at(cursor) + trace.ready_queue_at(cursor).size() +
                               trace.timers_at(cursor).size() + trace.watches_at(cursor).size() +
                               trace.primitives_at(cursor).size();
            for (TaskIndex row = known > screenful ? known - screenful : 0; row < known; ++row)
                seen += static_cast<std::size_t>(trace.at(row, cursor).state) + trace.place_at(row, cursor);
            return seen;
        });
    }
    return queries;
}

}  // namespace awaitscope::bench
