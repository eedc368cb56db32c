// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/trace/index_list.hpp"

namespace awaitscope {

/// Nanoseconds since the recording's epoch.
using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds open_end = std::numeric_limits<Nanoseconds>::max();

/// All events, in chunks that never move: an event's address holds as long as the store.
class EventStore {
  public:
    static constexpr unsigned chunk_bits = 12;
    static constexpr std::size_t chunk_size = std::size_t{1} << chunk_bits;

    void push_back(const Event& event) {
        if (count_ % time_stride == 0) times_.push_back(static_cast<Nanoseconds>(event.time));
        if ((count_ & (chunk_size - 1)) == 0) chunks_.push_back(std::make_unique_for_overwrite<Event[]>(chunk_size));
        chunks_.back()[count_ & (chunk_size - 1)] = event;
        ++count_;
    }
    EventIndex size() const { return count_; }
    /// Precondition: index < size().
    const Event& operator[](EventIndex index) const { return chunks_[index >> chunk_bits][index & (chunk_size - 1)]; }
    Nanoseconds time(EventIndex index) const { return static_cast<Nanoseconds>((*this)[index].time); }

    /// The first event at or after a time, size() when there is none. It is looked for from `from` on, near things
    /// first. Precondition: the events before `from` are before that time; times ascend.
    EventIndex first_at_or_after(Nanoseconds time, EventIndex from = 0) const;
    std::size_t memory_bytes() const {
        return chunks_.size() * chunk_size * sizeof(Event) + times_.capacity() * sizeof(Nanoseconds);
    }

  private:
    /// Every so many events' time stands in a list of its own, so that a search by time visits few events.
    static constexpr std::size_t time_stride = 64;

    std::vector<std::unique_ptr<Event[]>> chunks_;
    std::vector<Nanoseconds> times_;
    EventIndex count_ = 0;
};

inline EventIndex EventStore::first_at_or_after(Nanoseconds time, EventIndex from) const {
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

}  // namespace awaitscope
