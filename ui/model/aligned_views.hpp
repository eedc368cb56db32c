// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// Two view states of two traces that show the same stretch, each of its own: zooming or panning one moves the other.
/// What is at time t in the first is beside t + offset() in the second. Both outlive it.
class AlignedViews : public QObject {
    Q_OBJECT
  public:
    AlignedViews(ViewState& first, ViewState& second, QObject* parent = nullptr);

    Nanoseconds offset() const { return offset_; }
    /// Moves the second one's range.
    void setOffset(Nanoseconds offset);
    /// Shows a stretch, in the first one's time.
    void setRange(TimeRange range);

  private:
    void follow(const ViewState& moved);

    ViewState& first_;
    ViewState& second_;
    Nanoseconds offset_ = 0;
    bool moving_ = false;
};

}  // namespace awaitscope::ui
