// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/expected_run.hpp"

#include <QHBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/panels/output_panel.hpp"
#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::ui {

ExpectedRun::ExpectedRun(std::unique_ptr<EventSource> source, TraceSession& session, ViewState& view,
                         TimelineView& beside, QWidget* parent)
    : QWidget(parent),
      session_(session),
      view_(view),
      beside_(beside),
      own_session_(std::make_unique<TraceSession>(std::move(source))),
      own_view_(std::make_unique<ViewState>()) {
    own_view_->setFollowing(false);
    timeline_ = new TimelineView(*own_view_, this);
    timeline_->setSession(own_session_.get());
    timeline_->setLegendVisible(false);
    timeline_->setAxis(beside_.axis());
    timeline_->setAccessibleName(tr("Timeline of what people expect"));
    output_ = new OutputPanel(*own_session_, *own_view_, this);
    output_->setFixedWidth(250);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(timeline_, 1);
    row->addWidget(output_);

    const auto couple = [this](Side leader, Side follower) {
        connect(leader.view, &ViewState::cursorChanged, this, [=, this] { followCursor(leader, follower); });
        connect(leader.view, &ViewState::rangeChanged, this, [=, this] { followRange(leader, follower); });
    };
    const Side theirs{&session_, &view_}, own{own_session_.get(), own_view_.get()};
    couple(theirs, own);
    couple(own, theirs);
    followAxis(beside_, *timeline_);
    followAxis(*timeline_, beside_);
    for (TraceSession* one : {&session_, own_session_.get()}) {
        connect(one, &TraceSession::grown, this, &ExpectedRun::fitBoth);
        connect(one, qOverload<QString>(&TraceSession::ended), this, &ExpectedRun::fitBoth);
    }
}

ExpectedRun::~ExpectedRun() {
    delete timeline_;
    delete output_;
}

void ExpectedRun::followCursor(Side leader, Side follower) {
    if (std::exchange(moving_, true)) return;
    const EventIndex cursor = leader.view->cursor();
    EventIndex to = no_event;
    if (cursor != no_event) {
        // A reader at a time: never two at once in a thread.
        Nanoseconds since_begin = 0;
        {
            const auto trace = leader.session->trace();
            since_begin = trace->time_at(cursor) - trace->begin();
        }
        const auto trace = follower.session->trace();
        const EventIndex after = trace->first_at_or_after(trace->begin() + since_begin + 1);
        to = after == 0 ? no_event : after - 1;
    }
    follower.view->setCursor(to);
    moving_ = false;
}

void ExpectedRun::followRange(Side leader, Side follower) {
    if (timeline_->axis() != AxisKind::time) return;
    // By the real clock, the two did not start at the same time.
    const Nanoseconds shift = follower.session->trace()->begin() - leader.session->trace()->begin();
    const TimeRange range{leader.view->range().begin + shift, leader.view->range().end + shift};
    // Only what differs: setting a range ends follow mode.
    if (follower.view->range() != range) follower.view->setRange(range);
}

void ExpectedRun::followAxis(TimelineView& leads, TimelineView& follows) {
    connect(&leads, &TimelineView::axisChanged, this, [this, &follows](AxisKind axis) {
        if (follows.axis() == axis) return;
        follows.setAxis(axis);
        fitted_ = false;
        fitBoth();
    });
}

void ExpectedRun::fitBoth() {
    if (fitted_ || !session_.ended() || !own_session_->ended()) return;
    fitted_ = true;
    if (timeline_->axis() == AxisKind::steps) {
        timeline_->fit();
        beside_.fit();
        return;
    }
    Nanoseconds length = 0;
    for (TraceSession* one : {own_session_.get(), &session_}) {
        const auto trace = one->trace();
        length = std::max(length, trace->end() - trace->begin());
    }
    const Nanoseconds begin = session_.trace()->begin();
    view_.setRange({begin, begin + length});
}

void ExpectedRun::setStyles(const TimelineStyle& timeline, const PanelStyle& panel) {
    timeline_->setTimelineStyle(timeline);
    output_->setPanelStyle(panel);
}

QString ExpectedRun::about() {
    return tr(
        "The program that does behave as people expect, beside the one that is: compare its tracks and its output "
        "with the ones above. Its cursor stands at the same moment.");
}

}  // namespace awaitscope::ui
