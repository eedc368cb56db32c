// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/part_source.hpp"

#include <algorithm>

namespace awaitscope {

SourceState PartSource::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    if (over_) return SourceState::ended;
    batch_.clear();
    const SourceState state = source_->read(symbols, batch_, limit);
    take(out, state == SourceState::ended);
    return over_ ? SourceState::ended : state;
}

void PartSource::finish(Symbols& symbols, std::vector<Event>& out) {
    if (over_) return;
    batch_.clear();
    source_->finish(symbols, batch_);
    take(out, true);
}

void PartSource::take(std::vector<Event>& out, bool last) {
    const std::size_t first = out.size();
    for (const Event& event : batch_) {
        const auto time = static_cast<std::int64_t>(event.time);
        if (!begun_ && time < *part_.from) {
            // Events that were left out of the source itself are counted there.
            skipped_ = event.kind() == EventKind::recording_begins ? event.a : skipped_ + 1;
            survivors_.take(event);
            continue;
        }
        if (part_.to && time > *part_.to) {
            over_ = true;
            break;
        }
        if (!begun_) begin(out);
        out.push_back(event);
    }
    over_ |= last;
    if (over_ && !begun_) begin(out);
    if (part_.task != 0)
        out.erase(std::remove_if(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                                 [&](const Event& event) { return event.task() != part_.task; }),
                  out.end());
}

void PartSource::begin(std::vector<Event>& out) {
    begun_ = true;
    survivors_.list(out);
    survivors_ = {};
    if (skipped_ > 0)
        out.push_back({.head = Event::pack(EventKind::recording_begins, 0, 0),
                       .time = static_cast<std::uint64_t>(*part_.from),
                       .a = skipped_});
}

}  // namespace awaitscope
