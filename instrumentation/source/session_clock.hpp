// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    std::int64_t event_time(std::uint64_t ring_time) const;
    /// A FieldType::moment: a reading of the loop's clock.
    std::int64_t moment(std::uint64_t loop_ns, bool virtual_clock) const;

  private:
    std::uint64_t epoch_ticks_ = 0;
    std::uint64_t epoch_ns_ = 0;
    std::uint64_t tick_ns_40_ = 0;
    std::int64_t now_ = 0;
};

}  // namespace awaitscope
