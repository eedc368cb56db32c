// SPDX-License-Identifier: MIT
#include "runtime/src/loop/timer_queue.hpp"

#include <algorithm>
#include <bit>

namespace asyncio::detail {

namespace {
constexpr std::size_t arity = 4;
}

void TimerHeap::put(std::size_t index, const TimerEntry& entry) noexcept {
    entries_[index] = entry;
    entry.timer->index = static_cast<std::uint32_t>(index);
}

void TimerHeap::sift_up(std::size_t index, TimerEntry entry) noexcept {
    while (index > 0) {
        const std::size_t parent = (index - 1) / arity;
        if (!entry.before(entries_[parent])) break;
        put(index, entries_[parent]);
        index = parent;
    }
    put(index, entry);
}

void TimerHeap::sift_down(std::size_t index, TimerEntry entry) noexcept {
    for (;;) {
        const std::size_t first = index * arity + 1;
        if (first >= entries_.size()) break;
        std::size_t least = first;
        const std::size_t end = std::min(first + arity, entries_.size());
        for (std::size_t child = first + 1; child < end; ++child)
            if (entries_[child].before(entries_[least])) least = child;
        if (!entries_[least].before(entry)) break;
        put(index, entries_[least]);
        index = least;
    }
    put(index, entry);
}

void TimerHeap::push(const TimerEntry& entry) {
    entries_.push_back(entry);
    entry.timer->place = place_;
    sift_up(entries_.size() - 1, entry);
}

void TimerHeap::remove(std::size_t index) noexcept {
    entries_[index].timer->place = TimerNode::Place::none;
    const TimerEntry last = entries_.back();
    entries_.pop_back();
    if (index == entries_.size()) return;
    if (index > 0 && last.before(entries_[(index - 1) / arity]))
        sift_up(index, last);
    else
        sift_down(index, last);
}

void TimerHeap::fill_from(std::vector<TimerEntry>& entries) noexcept {
    entries_.swap(entries);
    // In order they are a heap as they stand. The timers are written to one after the other, for the first time since
    // they were set: none of these writes waits for the one before, as those of sifting would.
    std::ranges::sort(entries_, [](const TimerEntry& a, const TimerEntry& b) { return a.before(b); });
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        TimerNode& timer = *entries_[index].timer;
        timer.place = place_;
        timer.index = static_cast<std::uint32_t>(index);
    }
}

TimePoint TimerQueue::soonest() const noexcept {
    TimePoint soonest = far_.empty() ? TimePoint::max() : far_.front().when;
    if (!near_.empty()) return std::min(soonest, near_.front().when);
    if (first_ != none)
        for (const TimerEntry& entry : bucket(first_)) soonest = std::min(soonest, entry.when);
    return soonest;
}

void TimerQueue::push(TimerNode& timer, TimePoint now) {
    advance(now);
    const std::int64_t number = number_of(timer.when);
    const TimerEntry entry{timer.when, ++sequence_, &timer};
    if (number < begin_) {
        near_.push(entry);
    } else if (number - begin_ >= bucket_count) {
        far_.push(entry);
    } else {
        auto& entries = bucket(number);
        entries.push_back(entry);
        timer.place = TimerNode::Place::bucket;
        timer.index = static_cast<std::uint32_t>(entries.size() - 1);
        first_ = std::min(first_, number);
        mark(number, true);
    }
    ++size_;
}

TimerNode* TimerQueue::pop_due(TimePoint now) noexcept {
    advance(now);
    if (near_.empty() && first_ <= number_of(now)) {
        near_.fill_from(bucket(first_));
        mark(first_, false);
        begin_ = first_ + 1;
        find_first();
    }
    TimerHeap* heap = &near_;
    if (near_.empty() || (!far_.empty() && far_.front().before(near_.front()))) heap = &far_;
    if (heap->empty() || heap->front().when > now) return nullptr;
    TimerNode* const timer = heap->front().timer;
    heap->remove(0);
    --size_;
    return timer;
}

void TimerQueue::remove(TimerNode& timer) noexcept {
    switch (timer.place) {
        case TimerNode::Place::none:
            return;
        case TimerNode::Place::near:
            near_.remove(timer.index);
            break;
        case TimerNode::Place::far:
            far_.remove(timer.index);
            break;
        case TimerNode::Place::bucket: {
            const std::int64_t number = number_of(timer.when);
            auto& entries = bucket(number);
            entries[timer.index] = entries.back();
            entries[timer.index].timer->index = timer.index;
            entries.pop_back();
            timer.place = TimerNode::Place::none;
            if (entries.empty()) {
                mark(number, false);
                if (number == first_) find_first();
            }
            break;
        }
    }
    --size_;
}

/// Lets the buckets reach from now on, but not past one that is not empty.
void TimerQueue::advance(TimePoint now) noexcept {
    begin_ = std::max(begin_, std::min(first_, number_of(now)));
}

void TimerQueue::mark(std::int64_t number, bool occupied) noexcept {
    std::uint64_t& word = occupied_[static_cast<std::size_t>(number / 64) % occupied_.size()];
    const std::uint64_t bit = std::uint64_t{1} << (number % 64);
    word = occupied ? word | bit : word & ~bit;
}

void TimerQueue::find_first() noexcept {
    // Once around, from where they begin: the word there twice, for its upper bits and in the end for its lower ones.
    first_ = none;
    std::int64_t number = begin_ - begin_ % 64;
    std::uint64_t mask = ~std::uint64_t{0} << (begin_ % 64);
    for (std::size_t words = 0; words <= occupied_.size(); ++words, number += 64, mask = ~std::uint64_t{0}) {
        const std::uint64_t word = occupied_[static_cast<std::size_t>(number / 64) % occupied_.size()] & mask;
        if (word == 0) continue;
        first_ = number + std::countr_zero(word);
        return;
    }
}

}  // namespace asyncio::detail
