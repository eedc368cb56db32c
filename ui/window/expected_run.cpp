// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/expected_run.hpp"

#include <QBoxLayout>
#include <algorithm>

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
      own_view_(std::make_unique<ViewState>()),
      aligned_({session_, view_}, {*own_session_, *own_view_}) {
    own_view_->setFollowing(false);
    timeline_ = new TimelineView(*own_view_, this);
    timeline_->setSession(own_session_.get());
    timeline_->setLegendVisible(false);
    timeline_->setAxis(beside_.axis());
    timeline_->setAccessibleName(tr("Timeline of what people expect"));
    output_ = new OutputPanel(*own_session_, *own_view_, this);
    parts_ = new QBoxLayout(QBoxLayout::LeftToRight, this);
    parts_->setContentsMargins(0, 0, 0, 0);
    parts_->setSpacing(0);
    parts_->addWidget(timeline_, 1);
    parts_->addWidget(output_);
    layOutParts();

    aligned_.setRangesTogether(beside_.axis() == AxisKind::time);
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
        // Steps have nothing in common: each shows its own.
        aligned_.setRangesTogether(axis == AxisKind::time);
        follows.setAxis(axis);
        layOutParts();
        fitted_ = false;
        fitBoth();
    });
}

void ExpectedRun::layOutParts() {
    const bool below = timeline_->axis() == AxisKind::time;
    parts_->setDirection(below ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    output_->setMinimumSize(0, 0);
    output_->setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
    if (below)
        output_->setFixedHeight(std::clamp(height() * 3 / 10, 48, 140));
    else
        output_->setFixedWidth(std::clamp(width() * 2 / 5, 250, 420));
}

void ExpectedRun::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOutParts();
}

void ExpectedRun::fitBoth() {
    aligned_.alignBegins();  // by the real clock, the two did not start at the same time
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
    // With air of its own: just all of one run is fitted with the air that its timeline leaves, which the other has
    // not.
    const Nanoseconds air = length / 50 + 1;
    aligned_.setRange({begin - air, begin + length + air});
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
