// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/model/trace_session.hpp"
#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// The range that follow mode shows: all there is of a recording, and of something live the newest stretch, as long as
/// the range shown before, or `live_span` to begin with. Never empty.
TimeRange followRange(TimeRange shown, Nanoseconds begin, Nanoseconds end, bool live);
inline constexpr Nanoseconds live_span = 10'000'000'000;

/// Whether a live program is followed and no task is selected: which one runs changes many times a second then, and
/// nobody could read what a panel said of it.
bool rushes(const TraceSession& session, const ViewState& view);

/// Keeps a view state at the end of a session's trace while it is in follow mode. Both must outlive it.
class FollowLive : public QObject {
    Q_OBJECT
  public:
    FollowLive(TraceSession& session, ViewState& view, QObject* parent = nullptr);

  private:
    void follow();

    TraceSession& session_;
    ViewState& view_;
};

}  // namespace awaitscope::ui
