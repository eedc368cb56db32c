// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/growing_trace.hpp"

#include <unistd.h>

#include <algorithm>

namespace awaitscope {

using Clock = std::chrono::steady_clock;

namespace {

/// Memory is looked after every so many events: they take a small part of it, and to look costs less than they do.
std::size_t look_every(std::size_t memory_most) {
    return std::clamp<std::size_t>(memory_most / 512, 1 << 12, 1 << 18);
}

}  // namespace

GrowingTrace::GrowingTrace(std::shared_ptr<const Symbols> symbols, std::size_t memory_most)
    : symbols_(std::move(symbols)), trace_(std::make_unique<Trace>(symbols_)), memory_most_(memory_most) {}

GrowingTrace::~GrowingTrace() = default;

std::size_t GrowingTrace::default_memory() {
    const auto pages = static_cast<std::size_t>(::sysconf(_SC_PHYS_PAGES));
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 2;
}

std::uint64_t GrowingTrace::events_that_fit(std::size_t memory_most) {
    constexpr std::size_t event_bytes = 40;  // with all indexes, at most
    return std::max<std::uint64_t>(1, memory_most / 3 / event_bytes);
}

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
    if (--readers_ == 0 && (appender_waits_ || fold_waits_)) appender_turn_.notify_all();
}

void GrowingTrace::breathe() const {
    std::unique_lock lock(mutex_);
    if (!appender_waits_) return;
    if (--readers_ == 0) appender_turn_.notify_all();
    // Unlike a reader that comes, it lets the appender have the whole of its turn.
    readers_turn_.wait(lock, [this] { return !appender_waits_ && !appending_; });
    ++readers_;
}

std::size_t GrowingTrace::append(std::span<const Event> events, std::chrono::nanoseconds patience) {
    // Who wants to fold comes first: this thread is back at the mutex before another has woken.
    for (unsigned wanted = folds_wait_.load(); wanted > 0; wanted = folds_wait_.load()) folds_wait_.wait(wanted);
    // Nobody folds between the two traces' taking of the same events: the second would lack them.
    const std::lock_guard successor(successor_mutex_);
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
    const std::size_t taken = trace_->append(events, readers_wait_);
    {
        const std::lock_guard lock(mutex_);
        appending_ = false;
        readers_turn_.notify_all();
        if (fold_waits_) appender_turn_.notify_all();
    }
    follow(events.first(taken));
    return taken;
}

void GrowingTrace::follow(std::span<const Event> events) {
    retired_.reset();
    if (successor_) successor_->append(events);
    not_looked_at_ += events.size();
    if (not_looked_at_ < look_every(memory_most_)) return;
    not_looked_at_ = 0;
    const std::size_t used = trace_->memory_bytes() + (successor_ ? successor_->memory_bytes() : 0);
    memory_bytes_.store(used, std::memory_order_relaxed);
    // Where the living tasks alone take much, it must have grown well beyond them, or it would be folded all the time.
    const std::size_t budget = std::max(memory_most_, 6 * memory_at_begin_);
    const auto is_taken = [&](std::size_t thirds) {
        return used >= budget / 3 * thirds || trace_->event_count() >= event_count_max / 3 * thirds;
    };
    if (!successor_ && is_taken(1)) {
        successor_ = std::make_unique<Trace>(symbols_);
        successor_first_ = trace_->event_count();
        successor_->begin_after(*trace_);
        successor_at_begin_ = successor_->memory_bytes();
    } else if (successor_ && is_taken(3)) {
        fold_due_.store(true, std::memory_order_relaxed);
    }
}

GrowingTrace::Renumbering GrowingTrace::fold() {
    folds_wait_.fetch_add(1);
    const std::lock_guard successor(successor_mutex_);
    folds_wait_.fetch_sub(1);
    folds_wait_.notify_all();
    if (!successor_) return {};
    std::unique_lock lock(mutex_);
    fold_waits_ = true;
    appender_turn_.wait(
        lock, [this] { return readers_ == 0 && !appending_ && readers_wait_.load(std::memory_order_relaxed) == 0; });
    fold_waits_ = false;
    retired_ = std::exchange(trace_, std::move(successor_));
    memory_at_begin_ = successor_at_begin_;
    fold_due_.store(false, std::memory_order_relaxed);
    return {successor_first_, trace_->folded().begin};
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
