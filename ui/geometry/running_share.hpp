// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/axis.hpp"

namespace awaitscope::ui {

/// How much of its time a task spends running around an event. Judged by a block of `block` spans, so an estimate where
/// the task's habits change; what was found is kept, for events are costly to visit: a byte a block.
class RunningShare {
  public:
    /// From 0 to 1, in the axis' units. Always call with the same, growing trace.
    double around(const Task& task, TaskIndex index, const Axis& axis, EventIndex event);
    void reset();

    static constexpr std::size_t block = 16;

  private:
    using Shares = std::vector<std::uint8_t>;
    std::vector<Shares> shares_[2];  ///< by axis, then by task
};

}  // namespace awaitscope::ui
