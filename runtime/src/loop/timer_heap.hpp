// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "asyncio/handle.hpp"

namespace asyncio::detail {

/// Timers, soonest first; of equal ones the one set first. A heap with four children a node: flatter, and its entries
/// carry their keys, so that sifting touches no timer but to tell it its place.
class TimerHeap {
  public:
    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    /// Precondition: not empty.
    TimePoint soonest() const { return entries_.front().when; }
    TimerNode* front() const { return entries_.front().timer; }

    /// Throws std::bad_alloc.
    void push(TimerNode& timer);
    /// Precondition: not empty.
    TimerNode* pop();
    /// Does nothing for a timer that is not in the heap.
    void remove(TimerNode& timer);

  private:
    struct Entry {
        TimePoint when;
        std::uint64_t sequence;
        TimerNode* timer;
        bool before(const Entry& other) const {
            return when != other.when ? when < other.when : sequence < other.sequence;
        }
    };
    void place(std::size_t index, const Entry& entry);
    void sift_up(std::size_t index, Entry entry);
    void sift_down(std::size_t index, Entry entry);

    std::vector<Entry> entries_;
    std::uint64_t sequence_ = 0;
};

}  // namespace asyncio::detail
