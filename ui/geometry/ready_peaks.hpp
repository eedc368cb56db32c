// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unordered_map>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/ready_counter.hpp"

namespace awaitscope::ui {

/// How many handles were ready in any loop, with the most of any stretch at hand, however long the turns. Appendable;
/// an answer costs a look at a few blocks of events and at the blocks between.
class ReadyPeaks {
  public:
    /// Takes the events it has not seen yet, at most `limit` of them. Returns whether it has seen all.
    bool update(const Trace& trace, EventIndex limit = no_event);

    /// The most handles ready in any one loop from just before the event `first` to just before `last`; where these are
    /// the same, as many as were ready between it and the event before. Events not taken yet count as if they were not
    /// there.
    std::uint32_t greatest(const Trace& trace, EventIndex first, EventIndex last) const;

    /// Answers for stretches that end at or before this event stay what they are, whatever comes.
    EventIndex settled() const;

    static constexpr EventIndex block = 128;

  private:
    /// A loop's events in a stretch of fewer than `block` events.
    struct Block {
        EventIndex first = 0, last = 0;
        ReadyCounter before;
        std::uint32_t greatest = 0;  ///< after any of them
    };
    struct LoopPeaks {
        std::uint16_t number = 0;
        ReadyCounter now;
        std::vector<Block> blocks;
        /// After these the turn's handles that left no event of their own had run, too.
        IndexList silent_ends;
    };

    void take(const Event& event, EventIndex index);
    /// The same of one loop, as far as the block has it. Precondition: the block holds `first`.
    static std::uint32_t greatestWithin(const LoopPeaks& loop, const Block& block, const Trace& trace, EventIndex first,
                                        EventIndex last);
    static std::uint32_t greatestOf(const LoopPeaks& loop, const Trace& trace, EventIndex first, EventIndex last);

    std::vector<LoopPeaks> loops_;
    std::unordered_map<std::uint16_t, std::size_t> numbers_;
    EventIndex seen_ = 0;
};

}  // namespace awaitscope::ui
