// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
        if ((count_ & (chunk_size - 1)) == 0) chunks_.push_back(std::make_unique_for_overwrite<Event[]>(chunk_size));
        chunks_.back()[count_ & (chunk_size - 1)] = event;
        ++count_;
    }
    EventIndex size() const { return count_; }
    /// Precondition: index < size().
    const Event& operator[](EventIndex index) const { return chunks_[index >> chunk_bits][index & (chunk_size - 1)]; }
    Nanoseconds time(EventIndex index) const { return static_cast<Nanoseconds>((*this)[index].time); }

  private:
    std::vector<std::unique_ptr<Event[]>> chunks_;
    EventIndex count_ = 0;
};

}  // namespace awaitscope
