// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <limits>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/trace/event_block.hpp"
#include "instrumentation/trace/index_list.hpp"

namespace awaitscope {

/// Nanoseconds since the recording's epoch.
using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds open_end = std::numeric_limits<Nanoseconds>::max();
/// The sum of two lengths of time of which neither is negative, or the most there can be: those of many tasks may add
/// up to more than any clock tells when a stranger wrote them.
constexpr Nanoseconds sum_of(Nanoseconds a, Nanoseconds b) {
    return a > open_end - b ? open_end : a + b;
}
/// 100 * part / whole, which is more than 0, towards zero; to 15 digits.
constexpr std::int64_t percent_of(Nanoseconds part, Nanoseconds whole) {
    constexpr double most = 1e15;
    return static_cast<std::int64_t>(
        std::clamp(100.0 * static_cast<double>(part) / static_cast<double>(whole), -most, most));
}

/// Kinds of events; those that the vocabulary does not know are in none.
using KindSet = std::bitset<event_kind_count>;

/// All events: the newest as they came, those before in blocks of columns.
class EventStore {
  public:
    static constexpr unsigned chunk_bits = 12;
    static constexpr std::size_t chunk_size = std::size_t{1} << chunk_bits;

    void push_back(const Event& event) {
        if (count_ % time_stride == 0) times_.push_back(static_cast<Nanoseconds>(event.time));
        if (count_ % chunk_size == 0) chunk_times_.push_back(static_cast<Nanoseconds>(event.time));
        newest_.push_back(event);
        ++count_;
        if (newest_.size() == chunk_size) seal();
    }
    EventIndex size() const { return count_; }
    /// Precondition of these: index < size().
    Event operator[](EventIndex index) const {
        const std::size_t block = index >> chunk_bits;
        const std::size_t i = index & (chunk_size - 1);
        return block < blocks_.size() ? blocks_[block][i] : newest_[i];
    }
    Nanoseconds time(EventIndex index) const {
        const std::size_t block = index >> chunk_bits;
        const std::size_t i = index & (chunk_size - 1);
        return static_cast<Nanoseconds>(block < blocks_.size() ? blocks_[block].time(i) : newest_[i].time);
    }
    EventKind kind(EventIndex index) const {
        const std::size_t block = index >> chunk_bits;
        const std::size_t i = index & (chunk_size - 1);
        return block < blocks_.size() ? blocks_[block].kind(i) : newest_[i].kind();
    }

    /// The events of the chunk (of chunk_size) in which an event stands, the first of them at 0. They hold until the
    /// next push_back(). Precondition: index < size().
    EventColumns columns(EventIndex index) const {
        const std::size_t block = index >> chunk_bits;
        return block < blocks_.size() ? blocks_[block].columns() : EventColumns::of(newest_.data());
    }

    /// The first event at or after a time, size() when there is none. It is looked for from `from` on, near things
    /// first; with a `slack` it may be so many more. Precondition: the events before `from` are before that time; times
    /// ascend.
    EventIndex first_at_or_after(Nanoseconds time, EventIndex from = 0, EventIndex slack = 0) const;
    std::size_t memory_bytes() const;

  private:
    /// Every so many events' time stands in a list of its own, and of these each chunk's first in another, so that a
    /// search by time visits few events, and the way to them is short.
    static constexpr std::size_t time_stride = 64;

    void seal();

    std::vector<EventBlock> blocks_;
    std::size_t block_bytes_ = 0;
    std::vector<Event> newest_;  ///< those after the last block
    CompactArray<Nanoseconds> times_, chunk_times_;
    EventIndex count_ = 0;
};

}  // namespace awaitscope
