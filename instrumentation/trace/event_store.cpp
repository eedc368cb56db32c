// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/event_store.hpp"

#include <array>

namespace awaitscope {

void EventStore::seal() {
    blocks_.emplace_back(newest_);
    block_bytes_ += blocks_.back().memory_bytes();
    newest_.clear();
}

EventIndex EventStore::first_at_or_after(Nanoseconds time, EventIndex from) const {
    // The last of the strides from `from` on that begins before the time: its end is where to look.
    std::size_t low = from / time_stride, step = 1;
    while (low + step < times_.size() && times_[low + step] < time) {
        low += step;
        step *= 2;
    }
    const auto begin = times_.begin() + static_cast<std::ptrdiff_t>(std::min(low + 1, times_.size()));
    const auto end = times_.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, times_.size()));
    const auto stride = static_cast<std::size_t>(std::lower_bound(begin, end, time) - times_.begin());
    EventIndex first = stride == 0 ? 0 : std::max<EventIndex>(from, (stride - 1) * time_stride);
    EventIndex last = std::min<EventIndex>(count_, stride * time_stride);
    while (first < last) {
        const EventIndex middle = first + (last - first) / 2;
        if (this->time(middle) < time)
            first = middle + 1;
        else
            last = middle;
    }
    return std::max(first, from);
}

void EventStore::find_kinds(EventIndex first, EventIndex last, const KindSet& kinds,
                            std::vector<std::uint32_t>& out) const {
    std::array<bool, 256> wanted{};
    std::uint64_t bits = 0;
    for (unsigned kind = 0; kind < kinds.size(); ++kind)
        if ((wanted[kind] = kinds[kind])) bits |= EventBlock::bit_of(kind);
    while (first < last) {
        const std::size_t block = first >> chunk_bits;
        const EventIndex begin = first, end = std::min<EventIndex>(last, (block + 1) << chunk_bits);
        first = end;
        const bool sealed = block < blocks_.size();
        if (sealed && !blocks_[block].may_hold(bits)) continue;
        const std::size_t before = out.size();
        out.resize(before + (end - begin));  // written without a branch, then cut
        std::size_t found = before;
        for (EventIndex i = begin; i < end; ++i) {
            const std::size_t at = i & (chunk_size - 1);
            const EventKind kind = sealed ? blocks_[block].kind(at) : newest_[at].kind();
            out[found] = static_cast<std::uint32_t>(i);
            found += wanted[static_cast<std::uint8_t>(kind)];
        }
        out.resize(found);
    }
}

std::size_t EventStore::memory_bytes() const {
    return block_bytes_ + blocks_.capacity() * sizeof(EventBlock) + newest_.capacity() * sizeof(Event) +
           times_.memory_bytes();
}

}  // namespace awaitscope
