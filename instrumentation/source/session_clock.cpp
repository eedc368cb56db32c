// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/session_clock.hpp"

#include <algorithm>

namespace awaitscope {
namespace {

/// 146 years: room for sums of times, whatever a damaged session says.
constexpr std::uint64_t time_max = std::uint64_t{1} << 62;
constexpr std::int64_t ahead_max = 1'000'000'000;

}  // namespace

void SessionClock::calibrate(const ring::SessionFacts& facts) {
    epoch_ticks_ = facts.epoch.ticks;
    epoch_ns_ = facts.epoch.monotonic_ns;
    tick_ns_40_ = facts.tick_ns_40;
    now_ = static_cast<std::int64_t>(time_max);
    if (!facts.same_boot) return;
    const ring::ClockPair now = ring::read_clocks(facts.clock);
    tick_ns_40_ = ring::tick_ns_40(facts.epoch, now, facts.tick_ns_40);
    now_ = std::min(event_time(now.ticks), static_cast<std::int64_t>(time_max));
}

std::int64_t SessionClock::event_time(std::uint64_t ring_time) const {
    if (ring_time & ring::virtual_time_bit)
        return static_cast<std::int64_t>(std::min(ring_time & ~ring::virtual_time_bit, time_max));
    if (ring_time <= epoch_ticks_) return 0;
    const auto ns = (static_cast<unsigned __int128>(ring_time - epoch_ticks_) * tick_ns_40_) >> 40;
    return static_cast<std::int64_t>(std::min(ns, static_cast<unsigned __int128>(now_ + ahead_max)));
}

std::int64_t SessionClock::moment(std::uint64_t loop_ns, bool virtual_clock) const {
    if (!virtual_clock) loop_ns = loop_ns > epoch_ns_ ? loop_ns - epoch_ns_ : 0;
    return static_cast<std::int64_t>(std::min(loop_ns, time_max));
}

}  // namespace awaitscope
