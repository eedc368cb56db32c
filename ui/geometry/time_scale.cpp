// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/time_scale.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace awaitscope::ui {
namespace {

// Far outside what a recording holds (146 years), and so far from the ends of Position that sums cannot overflow.
constexpr double position_limit = 4.6e18;

Position toPosition(double value) {
    return static_cast<Position>(std::llround(std::clamp(value, -position_limit, position_limit)));
}

}  // namespace

TimeScale::TimeScale(Extent extent, double left, double width)
    : extent_(extent), left_(left), width_(std::max(1.0, width)) {
    extent_.end = std::max(extent_.end, extent_.begin + 1);
    pixels_per_unit_ = width_ / static_cast<double>(extent_.length());
}

Position TimeScale::at(double x) const {
    return extent_.begin + toPosition((x - left_) / pixels_per_unit_);
}

Extent clamped(Extent extent, Extent limits, Position shortest) {
    limits.end = std::max(limits.end, limits.begin + shortest);
    const Position length = std::clamp(extent.length(), shortest, limits.length());
    const Position begin = std::clamp(extent.begin, limits.begin, limits.end - length);
    return {begin, begin + length};
}

Extent zoomed(const TimeScale& scale, double factor, double x, Extent limits, Position shortest) {
    if (!(factor > 0) || !std::isfinite(factor)) return scale.extent();
    const double whole = static_cast<double>(std::max(limits.length(), shortest));
    const double length =
        std::clamp(static_cast<double>(scale.extent().length()) / factor, static_cast<double>(shortest), whole);
    const double share = (x - scale.left()) / scale.width();
    // Measured from the old begin, so that large positions do not pass through a double.
    const double under = share * static_cast<double>(scale.extent().length());
    const Position begin = scale.extent().begin + toPosition(under - share * length);
    return clamped({begin, begin + toPosition(length)}, limits, shortest);
}

Extent panned(const TimeScale& scale, double pixels, Extent limits, Position shortest) {
    const Position by = toPosition(pixels / scale.pixelsPerUnit());
    return clamped({scale.extent().begin - by, scale.extent().end - by}, limits, shortest);
}

Extent fitted(Extent all, Position shortest) {
    const Position length = std::max(all.length(), shortest);
    const Position air = std::max<Position>(length / 50, 1);
    return {all.begin - air, all.begin + length + 2 * air};
}

}  // namespace awaitscope::ui
