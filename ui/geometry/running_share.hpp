// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/axis.hpp"

namespace awaitscope::ui {

/// How much of its time a task spends running around one of its spans. Judged by a block of `block` spans, so an estimate where
/// the task's habits change; what was found is kept, for events are costly to visit: a byte a block.
class RunningShare {
  public:
    /// From 0 to 1, in the axis' units, around one of the task's spans. Always call with the same, growing trace.
    /// Nothing when the block is not known and as many have been looked at as may be: see allow().
    std::optional<double> around(const Task& task, TaskIndex index, const Axis& axis, std::size_t span);
    /// How many blocks may be looked at from now on: each visits `block` events, which may be far from each other.
    void allow(std::size_t blocks) { left_ = blocks; }
    void reset();

    static constexpr std::size_t block = 16;

  private:
    using Shares = std::vector<std::uint8_t>;
    std::vector<Shares> shares_[2];  ///< by axis, then by task
    std::size_t left_ = ~std::size_t{0};
};

}  // namespace awaitscope::ui
