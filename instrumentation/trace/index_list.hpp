// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

#include "instrumentation/trace/compact_array.hpp"

namespace awaitscope {

/// An event's number in the trace, from 0. The cursor is one: "after event n".
using EventIndex = std::uint64_t;
inline constexpr EventIndex no_event = ~EventIndex{0};

/// Event numbers, ascending, four bytes each: the indexes of a trace are made of these. A trace therefore keeps at
/// most event_count_max events, which would take 128 GB. An empty list owns nothing.
class IndexList {
  public:
    std::size_t size() const { return numbers_.size(); }
    bool empty() const { return numbers_.empty(); }
    EventIndex operator[](std::size_t i) const { return numbers_[i]; }
    /// Precondition: not empty.
    EventIndex front() const { return numbers_[0]; }
    EventIndex back() const { return numbers_.back(); }
    const std::uint32_t* begin() const { return numbers_.begin(); }
    const std::uint32_t* end() const { return numbers_.end(); }

    /// How many of them lie at or before `cursor`; none does before the first event.
    std::size_t count_until(EventIndex cursor) const {
        if (cursor == no_event || empty()) return 0;
        if (back() <= cursor) return size();  // what is asked most: the newest
        return static_cast<std::size_t>(std::upper_bound(begin(), end(), cursor) - begin());
    }
    /// How many of them lie before `event`. It is looked for from `from` on, near things first: those before are known
    /// to lie before.
    std::size_t count_before(EventIndex event, std::size_t from = 0) const {
        std::size_t low = from, step = 1;
        while (low + step < size() && numbers_[low + step] < event) {
            low += step;
            step *= 2;
        }
        return static_cast<std::size_t>(std::lower_bound(begin() + low, begin() + std::min(low + step, size()), event) -
                                        begin());
    }
    /// The first one after `cursor`, or no_event.
    EventIndex after(EventIndex cursor) const {
        const std::size_t i = count_until(cursor);
        return i < size() ? numbers_[i] : no_event;
    }
    /// The last one before `cursor`, or no_event.
    EventIndex before(EventIndex cursor) const {
        if (cursor == no_event || cursor == 0) return no_event;
        const std::size_t i = count_until(cursor - 1);
        return i > 0 ? numbers_[i - 1] : no_event;
    }

    std::size_t memory_bytes() const { return numbers_.memory_bytes(); }
    void prefetch() const { numbers_.prefetch(); }
    void push_back(EventIndex index) { numbers_.push_back(static_cast<std::uint32_t>(index)); }

  private:
    CompactArray<std::uint32_t> numbers_;
};

inline constexpr EventIndex event_count_max = 0xffff'fff0;

}  // namespace awaitscope
