// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/growing_trace.hpp"

#include <algorithm>

namespace awaitscope {

using Clock = std::chrono::steady_clock;

void GrowingTrace::Waits::add(std::chrono::nanoseconds time) {
    ++count;
    total += time;
    longest = std::max(longest, time);
}

void GrowingTrace::enter() const {
    std::unique_lock lock(mutex_);
    if (appending_) {
        const auto began = Clock::now();
        readers_wait_.fetch_add(1, std::memory_order_relaxed);
        readers_turn_.wait(lock, [this] { return !appending_; });
        readers_wait_.fetch_sub(1, std::memory_order_relaxed);
        reader_waits_.add(Clock::now() - began);
    }
    ++readers_;
}

void GrowingTrace::leave() const {
    const std::lock_guard lock(mutex_);
    if (--readers_ == 0 && appender_waits_) appender_turn_.notify_one();
}

void GrowingTrace::breathe() const {
    std::unique_lock lock(mutex_);
    if (!appender_waits_) return;
    if (--readers_ == 0) appender_turn_.notify_one();
    // Unlike a reader that comes, it lets the appender have the whole of its turn.
    readers_turn_.wait(lock, [this] { return !appender_waits_ && !appending_; });
    ++readers_;
}

std::size_t GrowingTrace::append(std::span<const Event> events, std::chrono::nanoseconds patience) {
    {
        std::unique_lock lock(mutex_);
        // Readers that were let in by the end of the last turn may not have woken yet: they come first.
        const auto free = [this] { return readers_ == 0 && readers_wait_.load(std::memory_order_relaxed) == 0; };
        if (!free()) {
            const auto began = Clock::now();
            appender_waits_ = true;
            const bool mine = appender_turn_.wait_for(lock, patience, free);
            appender_waits_ = false;
            appender_sums_.add(Clock::now() - began);
            if (!mine) {
                readers_turn_.notify_all();
                return 0;
            }
        }
        appending_ = true;
    }
    const std::size_t taken = trace_.append(events, readers_wait_);
    const std::lock_guard lock(mutex_);
    appending_ = false;
    readers_turn_.notify_all();
    return taken;
}

void GrowingTrace::append_all(std::span<const Event> events) {
    while (!events.empty()) events = events.subspan(append(events, std::chrono::seconds(1)));
}

GrowingTrace::Waits GrowingTrace::reader_waits() const {
    const std::lock_guard lock(mutex_);
    return reader_waits_;
}

GrowingTrace::Waits GrowingTrace::appender_waits() const {
    const std::lock_guard lock(mutex_);
    return appender_sums_;
}

}  // namespace awaitscope
