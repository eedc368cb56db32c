// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/session_clock.hpp"

#include <algorithm>

namespace awaitscope {

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

std::int64_t SessionClock::moment(std::uint64_t loop_ns, bool virtual_clock) const {
    if (!virtual_clock) loop_ns = loop_ns > epoch_ns_ ? loop_ns - epoch_ns_ : 0;
    return static_cast<std::int64_t>(std::min(loop_ns, time_max));
}

}  // namespace awaitscope
