// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/axis.hpp"
#include "ui/geometry/column_map.hpp"

namespace awaitscope::ui {

/// How many handles were ready, turn by turn of one loop, with the greatest of any stretch at hand. Appendable.
class ReadyDepth {
  public:
    /// Takes the loop's turns it has not seen yet. Call with the same loop of the same, growing trace.
    void update(const Trace& trace, const Loop& loop);

    /// The greatest depth of the turns [first, last) (indexes into Loop::iterations); 0 of none.
    std::uint32_t greatest(std::size_t first, std::size_t last) const;
    std::size_t turns() const { return depth_.size(); }

  private:
    static constexpr std::size_t block = 64;
    std::vector<std::uint32_t> depth_;
    std::vector<std::uint32_t> block_greatest_;
};

/// A corner of the curve of ready handles.
struct DepthPoint {
    double x = 0;
    double depth = 0;
};

/// The curve of a loop's ready handles within the scale's extent, in pixels from left to right. With room for every
/// event it falls by one as each handle runs; further out each turn is a tooth that falls to 0 where the selector
/// begins to wait; where turns are denser than pixels it is the greatest of each column. `columns` are those of the
/// scale. `greatest` receives the highest point of the curve.
std::vector<DepthPoint> depthCurve(const Trace& trace, const Loop& loop, const ReadyDepth& depth, const Axis& axis,
                                   const TimeScale& scale, const ColumnMap& columns, std::uint32_t& greatest);

}  // namespace awaitscope::ui
