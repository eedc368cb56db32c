// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// Two traces side by side: moving the cursor of one moves the other's to the same moment, and zooming or panning one
/// the other. What is at time t in the first is beside t + offset() in the second. Sessions and views outlive it.
class AlignedViews : public QObject {
    Q_OBJECT
  public:
    struct Side {
        TraceSession& session;
        ViewState& view;
    };
    AlignedViews(Side first, Side second, QObject* parent = nullptr);

    Nanoseconds offset() const { return offset_; }
    /// Moves the second one's range, and keeps its cursor.
    void setOffset(Nanoseconds offset);
    /// The offset at which both begin together, once both have begun.
    void alignBegins();
    /// Whether they show the same stretch; true to begin with. The cursors stay together with either.
    void setRangesTogether(bool together);
    /// Shows a stretch, in the first one's time.
    void setRange(TimeRange range);

  private:
    void followRange(const Side& moved);
    void followCursor(const Side& moved);
    const Side& other(const Side& side) const { return &side == &first_ ? second_ : first_; }
    Nanoseconds shiftFrom(const Side& side) const { return &side == &first_ ? offset_ : -offset_; }

    const Side first_;
    const Side second_;
    Nanoseconds offset_ = 0;
    bool ranges_together_ = true;
    bool moving_ = false;  ///< one follows the other just now
};

}  // namespace awaitscope::ui
