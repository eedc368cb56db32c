// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "asyncio/handle.hpp"

namespace asyncio::detail {

/// A timer and its key, so that putting timers in order touches none of them: each lies in a frame of its own, cold.
struct TimerEntry {
    TimePoint when;
    std::uint64_t sequence;
    TimerNode* timer;
    bool before(const TimerEntry& other) const {
        return when != other.when ? when < other.when : sequence < other.sequence;
    }
};

/// A heap with four children a node; its timers know their places in it, so any can be taken out.
class TimerHeap {
  public:
    explicit TimerHeap(TimerNode::Place place) : place_(place) {}
    bool empty() const { return entries_.empty(); }
    const TimerEntry& front() const { return entries_.front(); }
    /// Throws std::bad_alloc.
    void push(const TimerEntry& entry);
    void remove(std::size_t index) noexcept;
    /// Takes all entries over, and leaves the vector empty. Precondition: it is empty itself.
    void fill_from(std::vector<TimerEntry>& entries) noexcept;

  private:
    void put(std::size_t index, const TimerEntry& entry) noexcept;
    void sift_up(std::size_t index, TimerEntry entry) noexcept;
    void sift_down(std::size_t index, TimerEntry entry) noexcept;

    TimerNode::Place place_;
    std::vector<TimerEntry> entries_;
};

/// Timers, soonest first; of equal ones the one set first. Those of about the next second wait in buckets of about a
/// millisecond, in no order: setting and cancelling one costs the same among ten and among a million. When a bucket's
/// time has come it becomes a heap. What is due earlier than the buckets reach stands in that heap, what is due later
/// in another; whichever has the sooner front goes first.
class TimerQueue {
  public:
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    /// Precondition: not empty.
    TimePoint soonest() const noexcept;

    /// `now`: any time not long ago; how near the timer is. Throws std::bad_alloc.
    void push(TimerNode& timer, TimePoint now);
    /// The soonest, when it is not later than `now`; else nullptr.
    TimerNode* pop_due(TimePoint now) noexcept;
    /// Does nothing for a timer that is not in the queue.
    void remove(TimerNode& timer) noexcept;

  private:
    static constexpr std::int64_t bucket_count = 1024;
    static constexpr std::int64_t none = INT64_MAX;
    /// The bucket of a time: 2^20 ns each, numbered from the clock's zero.
    static std::int64_t number_of(TimePoint when) { return when.time_since_epoch().count() >> 20; }
    std::vector<TimerEntry>& bucket(std::int64_t number) {
        return buckets_[static_cast<std::size_t>(number & (bucket_count - 1))];
    }
    const std::vector<TimerEntry>& bucket(std::int64_t number) const {
        return buckets_[static_cast<std::size_t>(number & (bucket_count - 1))];
    }
    void advance(TimePoint now) noexcept;
    void mark(std::int64_t number, bool occupied) noexcept;
    void find_first() noexcept;

    TimerHeap near_{TimerNode::Place::near};
    TimerHeap far_{TimerNode::Place::far};
    std::array<std::vector<TimerEntry>, bucket_count> buckets_;
    std::array<std::uint64_t, bucket_count / 64> occupied_{};  ///< a bit for each bucket that is not empty
    std::int64_t begin_ = 0;                                   ///< the buckets reach from this number on
    std::int64_t first_ = none;                                ///< the first of them that is not empty
    std::size_t size_ = 0;
    std::uint64_t sequence_ = 0;
};

}  // namespace asyncio::detail
