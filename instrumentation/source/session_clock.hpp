// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

#include "instrumentation/ring/segment_file.hpp"

namespace awaitscope {

/// Turns a session's times into nanoseconds since its epoch.
class SessionClock {
  public:
    /// A viewer on the same boot measures the rate itself, from the epoch to now: the longer the session, the better.
    void calibrate(const ring::SessionFacts& facts);

    /// Now, on the session's time line. Only on the boot it runs on; else the highest number there is.
    std::int64_t now() const { return now_; }

    /// A time of the ring, virtual or ticks. Never negative, and a real one never more than a second after now(): that
    /// is no clock's doing.
    std::int64_t event_time(std::uint64_t ring_time) const {
        if (ring_time & ring::virtual_time_bit)
            return static_cast<std::int64_t>(std::min(ring_time & ~ring::virtual_time_bit, time_max));
        if (ring_time <= epoch_ticks_) return 0;
        const auto ns = (static_cast<unsigned __int128>(ring_time - epoch_ticks_) * tick_ns_40_) >> 40;
        return static_cast<std::int64_t>(std::min(ns, static_cast<unsigned __int128>(now_ + ahead_max)));
    }
    /// A FieldType::moment: a reading of the loop's clock.
    std::int64_t moment(std::uint64_t loop_ns, bool virtual_clock) const;

  private:
    /// 146 years: room for sums of times, whatever a damaged session says.
    static constexpr std::uint64_t time_max = std::uint64_t{1} << 62;
    static constexpr std::int64_t ahead_max = 1'000'000'000;

    std::uint64_t epoch_ticks_ = 0;
    std::uint64_t epoch_ns_ = 0;
    std::uint64_t tick_ns_40_ = 0;
    std::int64_t now_ = 0;
};

}  // namespace awaitscope
