// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/interval_index.hpp"

#include <algorithm>

namespace awaitscope {

void IntervalIndex::open(std::uint64_t key, EventIndex event) {
    if (key == 0) return;
    close(key, event);
    open_.put(key, static_cast<std::uint32_t>(intervals_.size()));
    intervals_.push_back({static_cast<std::uint32_t>(event), not_ended});
    if (intervals_.size() >= next_checkpoint_) note_open_ones();
}

void IntervalIndex::close(std::uint64_t key, EventIndex event) {
    const std::uint32_t number = open_.find(key);
    if (number == IdMap::none) return;
    intervals_[number].end = static_cast<std::uint32_t>(event);
    open_.erase(key);
}

void IntervalIndex::note_open_ones() {
    const Checkpoint previous = checkpoints_.empty() ? Checkpoint{0, 0} : checkpoints_.back();
    const auto first = static_cast<std::uint32_t>(noted_.size());
    for (std::uint32_t i = previous.first; i < first; ++i) {
        const std::uint32_t number = noted_[i];
        if (intervals_[number].end == not_ended) noted_.push_back(number);
    }
    for (std::uint32_t number = previous.count; number < intervals_.size(); ++number)
        if (intervals_[number].end == not_ended) noted_.push_back(number);
    checkpoints_.push_back({static_cast<std::uint32_t>(intervals_.size()), first});
    next_checkpoint_ = intervals_.size() + std::max(spacing_min, noted_.size() - first);
}

std::vector<EventIndex> IntervalIndex::open_at(EventIndex cursor) const {
    std::vector<EventIndex> found;
    if (cursor == no_event) return found;
    const auto begun = static_cast<std::uint32_t>(std::ranges::upper_bound(intervals_, cursor, {}, &Interval::begin) -
                                                  intervals_.begin());
    const auto after = std::ranges::upper_bound(checkpoints_, begun, {}, &Checkpoint::count);
    const auto take = [&](std::uint32_t number) {
        if (intervals_[number].end > cursor) found.push_back(intervals_[number].begin);
    };
    std::uint32_t from = 0;
    if (after != checkpoints_.begin()) {
        const std::size_t last = after == checkpoints_.end() ? noted_.size() : after->first;
        for (std::size_t i = std::prev(after)->first; i < last; ++i) take(noted_[i]);
        from = std::prev(after)->count;
    }
    for (std::uint32_t number = from; number < begun; ++number) take(number);
    return found;
}

std::size_t IntervalIndex::memory_bytes() const {
    return intervals_.memory_bytes() + noted_.memory_bytes() + checkpoints_.memory_bytes() + open_.memory_bytes();
}

}  // namespace awaitscope
