// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "instrumentation/source/id_map.hpp"
#include "instrumentation/trace/index_list.hpp"

namespace awaitscope {

/// Things that begin with one event and end with another (timers, watched descriptors), and which of them lasted at a
/// moment. Eight bytes a thing. Now and then it notes which are open; the spacing grows with their number, so that
/// the notes take no more than four bytes a thing, and a question costs a few times what its answer holds.
class IntervalIndex {
  public:
    /// Begins the thing named `key` (not 0). One of that name that is still open ends here.
    void open(std::uint64_t key, EventIndex event);
    /// Fetch into the cache what close(key, ...) will touch: first the way to it, a little later the thing.
    void prefetch_way(std::uint64_t key) const { open_.prefetch(key); }
    void prefetch(std::uint64_t key) const {
        if (const std::uint32_t number = open_.find(key); number != IdMap::none)
            __builtin_prefetch(&intervals_[number], 1);
    }
    /// Ends it. Nothing happens when none of that name is open.
    void close(std::uint64_t key, EventIndex event);

    /// The events with which those began that are open just after `cursor`, ascending.
    std::vector<EventIndex> open_at(EventIndex cursor) const;
    std::size_t memory_bytes() const;

  private:
    struct Interval {
        std::uint32_t begin;
        std::uint32_t end;
    };
    struct Checkpoint {
        std::uint32_t count;  ///< intervals begun by then
        std::uint32_t first;  ///< where in `noted_` the numbers of the open ones begin
    };
    static constexpr std::uint32_t not_ended = ~std::uint32_t{0};
    static constexpr std::size_t spacing_min = 256;

    void note_open_ones();

    CompactArray<Interval> intervals_;
    IdMap open_;
    CompactArray<Checkpoint> checkpoints_;
    CompactArray<std::uint32_t> noted_;
    std::size_t next_checkpoint_ = spacing_min;
};

}  // namespace awaitscope
