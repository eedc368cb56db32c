// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_samples.hpp"

#include <algorithm>

#include "ui/geometry/axis.hpp"

namespace awaitscope::ui {
namespace {

constexpr std::size_t kept_most = 8192;

/// The queues that held the most in the events [first, last).
std::vector<Id> fullestQueues(const Trace& trace, EventIndex first, EventIndex last) {
    std::vector<std::pair<std::uint32_t, Id>> found;
    for (const PrimitiveMoment& primitive : trace.primitives_at(last - 1))
        if (primitive.kind == SyncKind::queue)
            if (const std::uint32_t most = trace.greatest_size(primitive.id, first, last); most > 0)
                found.emplace_back(most, primitive.id);
    std::ranges::stable_sort(found, std::greater(), [](const auto& pair) { return pair.first; });
    std::vector<Id> queues;
    for (std::size_t i = 0; i < std::min(found.size(), charted_queues_max); ++i) queues.push_back(found[i].second);
    return queues;
}

}  // namespace

bool ChartSampler::update(const Trace& trace, EventIndex limit) {
    const bool lags = lags_.update(trace, limit), totals = totals_.update(trace, limit),
               peaks = peaks_.update(trace, limit);
    return lags && totals && peaks;
}

ChartSample ChartSampler::sample(const Trace& trace, Nanoseconds begin, Nanoseconds end, EventIndex first,
                                 EventIndex last) const {
    ChartSample sample{begin, end};
    sample.ready = peaks_.greatest(trace, first, last);
    sample.lag = lags_.greatest(trace, first, last);
    sample.tasks = last > 0 ? trace.tasks_alive_at(last - 1) : 0;
    const Totals before = totals_.before(trace, first), after = totals_.before(trace, last);
    const double seconds = static_cast<double>(end - begin) / 1e9;
    sample.switches_per_s = static_cast<double>(after.steps - before.steps) / seconds;
    sample.read_per_s = static_cast<double>(after.bytes_read - before.bytes_read) / seconds;
    sample.written_per_s = static_cast<double>(after.bytes_written - before.bytes_written) / seconds;
    for (std::size_t i = 0; i < queues_.size(); ++i) sample.levels[i] = trace.greatest_size(queues_[i], first, last);
    return sample;
}

ChartData ChartSampler::data(const Trace& trace, Nanoseconds begin, Nanoseconds end, int most) {
    ChartData data{begin, end};
    if (trace.event_count() == 0 || end <= begin || most < 1) return data;
    const Nanoseconds length = niceStep(static_cast<double>(end - begin) / most);
    begin = std::max(begin, trace.begin());
    end = std::min(end, trace.end() + 1);
    if (end <= begin) return data;

    Nanoseconds at = begin / length * length;
    if (at > begin) at -= length;
    EventIndex first = trace.first_at_or_after(at);
    data.queues = fullestQueues(trace, first, std::max<EventIndex>(trace.first_at_or_after(end, first), 1));
    if (length != kept_length_ || data.queues != queues_ || kept_.size() > kept_most) kept_.clear();
    kept_length_ = length;
    queues_ = data.queues;
    const EventIndex settled = peaks_.settled();
    for (; at < end; at += length) {
        const EventIndex last = trace.first_at_or_after(at + length, first);
        if (const auto kept = kept_.find(at); kept != kept_.end()) {
            data.samples.push_back(kept->second);
        } else {
            data.samples.push_back(sample(trace, at, at + length, first, last));
            // What more events may still come into, or tell more of, is not kept.
            if (at + length <= trace.end() && last <= settled) kept_.emplace(at, data.samples.back());
        }
        first = last;
    }
    return data;
}

}  // namespace awaitscope::ui
