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

std::vector<double> replay_times(const Trace& trace, int moments, std::uint64_t seed) {
    constexpr TaskIndex screenful = 60;
    std::mt19937_64 random(seed);
    std::vector<double> times;
    std::size_t seen = 0;  // what was computed is used, or the compiler would leave it out
    for (int i = 0; i < moments; ++i) {
        const EventIndex cursor = random() % trace.event_count();
        const Stopwatch watch;
        seen += trace.running_at(cursor) + trace.ready_queue_at(cursor).size() + trace.timers_at(cursor).size() +
                trace.watches_at(cursor).size() + trace.primitives_at(cursor).size();
        const TaskIndex known = trace.task_count_at(cursor);
        for (TaskIndex task = known > screenful ? known - screenful : 0; task < known; ++task)
            seen += static_cast<std::size_t>(trace.at(task, cursor).state) + trace.place_at(task, cursor);
        times.push_back(watch.milliseconds());
    }
    return seen == 0 ? std::vector<double>{} : times;
}

}  // namespace awaitscope::bench
