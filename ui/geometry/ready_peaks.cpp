// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/ready_peaks.hpp"

#include <algorithm>

namespace awaitscope::ui {

bool ReadyPeaks::update(const Trace& trace, EventIndex limit) {
    const EventIndex count = trace.event_count();
    const EventIndex end = count - seen_ <= limit ? count : seen_ + limit;
    for (; seen_ < end; ++seen_) take(trace.event(seen_), seen_);
    return seen_ == count;
}

void ReadyPeaks::take(const Event& event, EventIndex index) {
    std::size_t i = 0;
    if (loops_.empty() || loops_.front().number != event.loop()) {
        i = numbers_.try_emplace(event.loop(), loops_.size()).first->second;
        if (i == loops_.size()) loops_.emplace_back().number = event.loop();
    }
    LoopPeaks& loop = loops_[i];
    if (ReadyCounter::showsEnd(event) && loop.now.left() > 0 && !loop.blocks.empty()) {
        loop.silent_ends.push_back(loop.blocks.back().last);
        loop.now.endTurn();
    }
    if (loop.blocks.empty() || index - loop.blocks.back().first >= block)
        loop.blocks.push_back({.first = index, .before = loop.now});
    loop.now.take(event);
    Block& last = loop.blocks.back();
    last.last = index;
    last.greatest = std::max(last.greatest, loop.now.depth());
}

std::uint32_t ReadyPeaks::greatestWithin(const LoopPeaks& loop, const Block& block, const Trace& trace,
                                         EventIndex first, EventIndex last) {
    ReadyCounter counter = block.before;
    std::size_t end = loop.silent_ends.count_before(block.first);
    std::uint32_t most = 0;
    for (EventIndex i = block.first; i <= block.last; ++i) {
        if (i == first) most = counter.depth();
        if (i >= last) break;
        const Event event = trace.event(i);
        if (event.loop() != loop.number) continue;
        counter.take(event);
        if (i >= first) most = std::max(most, counter.depth());
        if (end < loop.silent_ends.size() && loop.silent_ends[end] == i) {
            counter.endTurn();
            ++end;
        }
    }
    return most;
}

std::uint32_t ReadyPeaks::greatestOf(const LoopPeaks& loop, const Trace& trace, EventIndex first, EventIndex last) {
    auto at = std::ranges::upper_bound(loop.blocks, first, {}, &Block::first);
    std::uint32_t most = 0;
    if (at != loop.blocks.begin()) {
        const auto next = at--;
        if (first <= at->last)
            most = greatestWithin(loop, *at, trace, first, last);
        else
            most = (next == loop.blocks.end() ? loop.now : next->before).depth();
        at = next;
    }
    for (; at != loop.blocks.end() && at->first < last; ++at)
        most = std::max(most, at->last < last ? at->greatest : greatestWithin(loop, *at, trace, at->first, last));
    return most;
}

std::uint32_t ReadyPeaks::greatest(const Trace& trace, EventIndex first, EventIndex last) const {
    std::uint32_t most = 0;
    for (const LoopPeaks& loop : loops_) most = std::max(most, greatestOf(loop, trace, first, last));
    return most;
}

EventIndex ReadyPeaks::settled() const {
    EventIndex settled = seen_;
    for (const LoopPeaks& loop : loops_)
        if (loop.now.left() > 0) settled = std::min(settled, loop.blocks.back().last);
    return settled;
}

}  // namespace awaitscope::ui
