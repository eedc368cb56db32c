// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/follow_live.hpp"

#include <algorithm>

namespace awaitscope::ui {

TimeRange followRange(TimeRange shown, Nanoseconds begin, Nanoseconds end, bool live) {
    end = std::max(end, begin + 1);
    if (!live) return {begin, end};
    const Nanoseconds length = shown.length() > 0 ? shown.length() : live_span;
    const Nanoseconds right = std::max(end, begin + length);
    return {right - length, right};
}

bool rushes(const TraceSession& session, const ViewState& view) {
    return view.following() && view.selectedTask() == no_task && session.info().live && !session.ended();
}

FollowLive::FollowLive(TraceSession& session, ViewState& view, QObject* parent)
    : QObject(parent), session_(session), view_(view) {
    connect(&session, &TraceSession::grown, this, &FollowLive::follow);
    connect(&view, &ViewState::followingChanged, this, &FollowLive::follow);
    follow();
}

void FollowLive::follow() {
    if (!view_.following()) return;
    const bool live = session_.info().live;
    EventIndex newest = no_event;
    TimeRange range;
    {
        const auto trace = session_.trace();
        if (trace->event_count() == 0) return;
        newest = trace->event_count() - 1;
        range = followRange(view_.range(), trace->begin(), trace->end(), live);
    }
    view_.follow(newest, range);
}

}  // namespace awaitscope::ui
