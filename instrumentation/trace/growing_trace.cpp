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

GrowingTrace::GrowingTrace(std::shared_ptr<Symbols> symbols, std::size_t memory_most)
    : now_{symbols, std::make_unique<Trace>(symbols), std::nullopt, 0},
      come_symbols_(std::move(symbols)),
      memory_most_(memory_most) {}

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
    if (--readers_ == 0 && (appender_waits_ || folds_wait_ > 0)) appender_turn_.notify_all();
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
    {
        std::unique_lock lock(mutex_);
        // Readers that were let in by the end of the last turn may not have woken yet: they come first. So does who
        // wants to fold: this thread is back before another has woken.
        const auto free = [this] {
            return readers_ == 0 && readers_wait_.load(std::memory_order_relaxed) == 0 && folds_wait_ == 0;
        };
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
    const std::size_t taken = append_to_trace(events);
    {
        const std::lock_guard lock(mutex_);
        appending_ = false;
        following_ = true;
        readers_turn_.notify_all();
    }
    follow(events.first(taken));
    {
        const std::lock_guard lock(mutex_);
        following_ = false;
        if (folds_wait_ > 0) appender_turn_.notify_all();
    }
    return taken;
}

std::span<const Event> GrowingTrace::moved(Grown& grown, std::span<const Event> events) {
    if (!grown.mover) return events;
    moved_.assign(events.begin(), events.end());
    for (Event& event : moved_) grown.mover->move(event);
    return moved_;
}

std::size_t GrowingTrace::append_to_trace(std::span<const Event> events) {
    if (!now_.mover) return now_.trace->append(events, readers_wait_);
    // Moved a few at a time: a reader that comes is not to wait for all of them.
    constexpr std::size_t at_once = 512;
    std::size_t taken = 0;
    while (taken < events.size()) {
        const auto next = events.subspan(taken, std::min(at_once, events.size() - taken));
        const std::size_t more = now_.trace->append(moved(now_, next), readers_wait_);
        taken += more;
        if (more < next.size()) break;
    }
    return taken;
}

std::size_t GrowingTrace::Grown::memory_bytes() const {
    if (!trace) return 0;
    return trace->memory_bytes() + symbols->memory_bytes() + (mover ? mover->memory_bytes() : 0);
}

void GrowingTrace::take_symbols(std::shared_ptr<const Symbols> symbols) {
    const std::lock_guard lock(mutex_);  // fold() may take the one for the other
    come_symbols_ = std::move(symbols);
    for (Grown* grown : {&now_, &successor_})
        if (grown->trace) grown->mover.emplace(*come_symbols_, *grown->symbols);
}

void GrowingTrace::begin_successor() {
    successor_.symbols = std::make_shared<Symbols>();
    successor_.trace = std::make_unique<Trace>(successor_.symbols);
    successor_.mover.emplace(*come_symbols_, *successor_.symbols);
    successor_first_ = now_.trace->event_count();
    SymbolMover from_now(*now_.symbols, *successor_.symbols);
    successor_.trace->begin_after(*now_.trace, from_now);
    successor_.at_begin = successor_.memory_bytes();
}

void GrowingTrace::follow(std::span<const Event> events) {
    retired_ = {};
    if (successor_.trace) successor_.trace->append(moved(successor_, events));
    not_looked_at_ += events.size();
    if (not_looked_at_ < look_every(memory_most_)) return;
    not_looked_at_ = 0;
    const std::size_t come = come_symbols_ == now_.symbols ? 0 : come_symbols_->memory_bytes();
    const std::size_t used = now_.memory_bytes() + successor_.memory_bytes() + come;
    memory_bytes_.store(used, std::memory_order_relaxed);
    // Where the living tasks alone take much, it must have grown well beyond them, or it would be folded all the time.
    const std::size_t budget = std::max(memory_most_, 6 * now_.at_begin);
    const auto is_taken = [&](std::size_t thirds) {
        return used >= budget / 3 * thirds || now_.trace->event_count() >= event_count_max / 3 * thirds;
    };
    if (!successor_.trace && is_taken(1))
        begin_successor();
    else if (successor_.trace && is_taken(3))
        fold_due_.store(true, std::memory_order_relaxed);
}

GrowingTrace::Renumbering GrowingTrace::fold() {
    std::unique_lock lock(mutex_);
    ++folds_wait_;
    appender_turn_.wait(lock, [this] {
        return readers_ == 0 && !appending_ && !following_ && readers_wait_.load(std::memory_order_relaxed) == 0;
    });
    --folds_wait_;
    appender_turn_.notify_all();
    if (!successor_.trace) return {};
    retired_ = std::exchange(now_, std::exchange(successor_, {}));
    fold_due_.store(false, std::memory_order_relaxed);
    return {successor_first_, now_.trace->folded().begin};
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
