// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/legend.hpp"

#include <QPainter>

#include "ui/timeline/timeline_painter.hpp"

namespace awaitscope::ui {

Legend::Legend(QWidget* parent) : QWidget(parent), style_(TimelineStyle::light()) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Colours of the timeline: running, ready, and waiting by what for"));
}

void Legend::setTimelineStyle(const TimelineStyle& style) {
    style_ = style;
    update();
}

void Legend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintLegend(painter, style_, rect());
}

}  // namespace awaitscope::ui
