// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/axis.hpp"
#include "ui/geometry/column_map.hpp"

namespace awaitscope::ui {

/// A corner of the curve of ready handles.
struct DepthPoint {
    double x = 0;
    double depth = 0;
};

/// The curve of a loop's ready handles within the scale's extent, in pixels from left to right. With room for every
/// event it falls by one as each handle runs; further out each turn is a tooth that falls to 0 where the selector
/// begins to wait; where turns are denser than pixels it is the greatest of each column. `columns` are those of the
/// scale. `greatest` receives the highest point of the curve.
std::vector<DepthPoint> depthCurve(const Trace& trace, const Loop& loop, const Axis& axis, const TimeScale& scale,
                                   const ColumnMap& columns, std::uint32_t& greatest);

}  // namespace awaitscope::ui
