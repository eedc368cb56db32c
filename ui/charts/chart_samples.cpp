// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_samples.hpp"

#include <algorithm>

namespace awaitscope::ui {

void ChartSampler::reset() {
    totals_ = {};
    depths_.clear();
}

bool ChartSampler::update(const Trace& trace, EventIndex limit) {
    depths_.resize(trace.loops().size());
    for (std::size_t i = 0; i < depths_.size(); ++i) depths_[i].update(trace, trace.loops()[i]);
    return totals_.update(trace, limit);
}

std::vector<ChartSample> ChartSampler::samples(const Trace& trace, Nanoseconds begin, Nanoseconds end, int most) const {
    std::vector<ChartSample> samples;
    if (trace.event_count() == 0 || end <= begin || most < 1) return samples;
    const Nanoseconds length = niceStep(static_cast<double>(end - begin) / most);
    begin = std::max(begin, trace.begin());
    end = std::min(end, trace.end() + 1);

    Nanoseconds at = begin / length * length;
    if (at > begin) at -= length;
    EventIndex first = trace.first_at_or_after(at);
    Totals sums = totals_.before(trace, first);
    for (; at < end; at += length) {
        const EventIndex next = trace.first_at_or_after(at + length, first);
        const Totals next_sums = totals_.before(trace, next);
        ChartSample sample{at, at + length};
        for (std::size_t i = 0; i < depths_.size(); ++i) {
            const IndexList& turns = trace.loops()[i].iterations;
            sample.ready =
                std::max(sample.ready, depths_[i].greatest(turns.count_before(first), turns.count_before(next)));
        }
        sample.tasks = next > 0 ? trace.tasks_alive_at(next - 1) : 0;
        const double seconds = static_cast<double>(length) / 1e9;
        sample.switches_per_s = static_cast<double>(next_sums.steps - sums.steps) / seconds;
        sample.read_per_s = static_cast<double>(next_sums.bytes_read - sums.bytes_read) / seconds;
        sample.written_per_s = static_cast<double>(next_sums.bytes_written - sums.bytes_written) / seconds;
        samples.push_back(sample);
        first = next;
        sums = next_sums;
    }
    return samples;
}

}  // namespace awaitscope::ui
