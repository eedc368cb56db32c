// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/event_store.hpp"

namespace awaitscope {

void EventStore::seal() {
    blocks_.emplace_back(newest_);
    block_bytes_ += blocks_.back().memory_bytes();
    newest_.clear();
}

EventIndex EventStore::first_at_or_after(Nanoseconds time, EventIndex from, EventIndex slack) const {
    // The last of the chunks from there on that begins before the time, and in it the last of the strides: its end is
    // where to look.
    std::size_t chunk = from / chunk_size, step = 1;
    while (chunk + step < chunk_times_.size() && chunk_times_[chunk + step] < time) {
        chunk += step;
        step *= 2;
    }
    const auto first_before = [time](const CompactArray<Nanoseconds>& times, std::size_t begin, std::size_t end) {
        end = std::min(end, times.size());
        const auto at = [&](std::size_t i) { return times.begin() + static_cast<std::ptrdiff_t>(std::min(i, end)); };
        return static_cast<std::size_t>(std::lower_bound(at(begin), at(end), time) - times.begin());
    };
    chunk = std::max(first_before(chunk_times_, chunk + 1, chunk + step), chunk + 1) - 1;
    constexpr std::size_t strides = chunk_size / time_stride;
    const std::size_t known = std::max(chunk * strides, from / time_stride + 1);
    const std::size_t stride = first_before(times_, known, (chunk + 1) * strides);
    EventIndex first = stride == 0 ? 0 : std::max<EventIndex>(from, (stride - 1) * time_stride);
    EventIndex last = std::min<EventIndex>(count_, stride * time_stride);
    if (slack >= time_stride) return std::max(last, from);
    while (first < last) {
        const EventIndex middle = first + (last - first) / 2;
        if (this->time(middle) < time)
            first = middle + 1;
        else
            last = middle;
    }
    return std::max(first, from);
}

std::size_t EventStore::memory_bytes() const {
    return block_bytes_ + blocks_.capacity() * sizeof(EventBlock) + newest_.capacity() * sizeof(Event) +
           times_.memory_bytes() + chunk_times_.memory_bytes();
}

}  // namespace awaitscope
