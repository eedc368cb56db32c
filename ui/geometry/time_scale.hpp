// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace awaitscope::ui {

/// A place on an axis. What one unit is, the axis says: a nanosecond on the time axis, a thousandth of an event on the
/// step axis.
using Position = std::int64_t;

/// A stretch of an axis, [begin, end).
struct Extent {
    Position begin = 0;
    Position end = 0;
    Position length() const { return end - begin; }
    friend bool operator==(const Extent&, const Extent&) = default;
};

/// Where positions lie on the screen: `extent` fills `width` pixels from `left` on. Positions are subtracted before
/// they become floating point, so a nanosecond stays a nanosecond after days of recording.
/// An empty extent is shown as if it were one unit long, a width below 1 as 1: x() and at() always have an answer.
class TimeScale {
  public:
    TimeScale() = default;
    TimeScale(Extent extent, double left, double width);

    double x(Position position) const {
        return left_ + static_cast<double>(position - extent_.begin) * pixels_per_unit_;
    }
    Position at(double x) const;
    double pixelsPerUnit() const { return pixels_per_unit_; }
    Extent extent() const { return extent_; }
    double left() const { return left_; }
    double width() const { return width_; }

  private:
    Extent extent_{0, 1};
    double left_ = 0;
    double width_ = 1;
    double pixels_per_unit_ = 1;
};

/// The extent moved and, only if it is longer than `limits`, shortened, so that it lies within them; at least
/// `shortest` long. Empty limits stand for `shortest` units from their begin on.
Extent clamped(Extent extent, Extent limits, Position shortest);

/// The extent after zooming by `factor` (2: half as much is seen) around pixel x: what lies under x stays there, unless
/// the limits forbid it. A factor that is not positive and finite changes nothing.
Extent zoomed(const TimeScale& scale, double factor, double x, Extent limits, Position shortest);

/// The extent after the content was dragged to the right by `pixels`.
Extent panned(const TimeScale& scale, double pixels, Extent limits, Position shortest);

/// Everything, with a little air on both sides so that the first and last events do not touch the edge; more of it on
/// the right, where the marks of ended tasks stand.
Extent fitted(Extent all, Position shortest);

}  // namespace awaitscope::ui
