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

    // A reader of each trace at a time: never two at once in a thread.
    const auto follow = [this](TraceSession& leader, const ViewState& leads, TraceSession& follower,
                               ViewState& follows) {
        if (std::exchange(moving_, true)) return;
        Nanoseconds moment = 0;
        const EventIndex cursor = leads.cursor();
        if (cursor != no_event) moment = leader.trace()->time_at(cursor);
        EventIndex to = no_event;
        if (cursor != no_event) {
            const auto trace = follower.trace();
            const EventIndex after = trace->first_at_or_after(moment + 1);
            to = after == 0 ? no_event : after - 1;
        }
        follows.setCursor(to);
        moving_ = false;
    };
    connect(&view_, &ViewState::cursorChanged, this,
            [this, follow] { follow(session_, view_, *own_session_, *own_view_); });
    connect(own_view_.get(), &ViewState::cursorChanged, this,
            [this, follow] { follow(*own_session_, *own_view_, session_, view_); });
    // Only what differs: setting a range ends follow mode.
    const auto share = [this](const ViewState& from, ViewState& to) {
        if (timeline_->axis() == AxisKind::time && to.range() != from.range()) to.setRange(from.range());
    };
    connect(&view_, &ViewState::rangeChanged, this, [this, share] { share(view_, *own_view_); });
    connect(own_view_.get(), &ViewState::rangeChanged, this, [this, share] { share(*own_view_, view_); });
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
    TimeRange range;
    for (TraceSession* one : {&session_, own_session_.get()}) {
        const auto trace = one->trace();
        range.end = std::max(range.end, trace->end());
    }
    view_.setRange(range);
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
