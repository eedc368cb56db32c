// SPDX-License-Identifier: MIT
#include "runtime/src/loop/timer_heap.hpp"

#include <algorithm>

namespace asyncio::detail {

namespace {
constexpr std::size_t arity = 4;
}

void TimerHeap::place(std::size_t index, const Entry& entry) {
    entries_[index] = entry;
    entry.timer->heap_index = index;
}

void TimerHeap::sift_up(std::size_t index, Entry entry) {
    while (index > 0) {
        const std::size_t parent = (index - 1) / arity;
        if (!entry.before(entries_[parent])) break;
        place(index, entries_[parent]);
        index = parent;
    }
    place(index, entry);
}

void TimerHeap::sift_down(std::size_t index, Entry entry) {
    for (;;) {
        const std::size_t first = index * arity + 1;
        if (first >= entries_.size()) break;
        std::size_t least = first;
        const std::size_t end = std::min(first + arity, entries_.size());
        for (std::size_t child = first + 1; child < end; ++child)
            if (entries_[child].before(entries_[least])) least = child;
        if (!entries_[least].before(entry)) break;
        place(index, entries_[least]);
        index = least;
    }
    place(index, entry);
}

void TimerHeap::push(TimerNode& timer) {
    const Entry entry{timer.when, ++sequence_, &timer};
    entries_.push_back(entry);
    sift_up(entries_.size() - 1, entry);
}

TimerNode* TimerHeap::pop() {
    TimerNode* const timer = entries_.front().timer;
    remove(*timer);
    return timer;
}

void TimerHeap::remove(TimerNode& timer) {
    const std::size_t index = timer.heap_index;
    if (index == TimerNode::not_in_heap) return;
    timer.heap_index = TimerNode::not_in_heap;
    const Entry last = entries_.back();
    entries_.pop_back();
    if (index == entries_.size()) return;
    if (index > 0 && last.before(entries_[(index - 1) / arity]))
        sift_up(index, last);
    else
        sift_down(index, last);
}

}  // namespace asyncio::detail
