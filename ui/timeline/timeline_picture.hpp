// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QSize>

#include "ui/timeline/frame_builder.hpp"
#include "ui/timeline/timeline_style.hpp"

namespace awaitscope::ui {

/// What a picture of a timeline shows.
struct TimelinePicture {
    QSize size{1280, 720};
    AxisKind axis = AxisKind::time;
    Nanoseconds from = 0;
    Nanoseconds to = 0;            ///< not after `from`: everything
    EventIndex cursor = no_event;  ///< no_event: no cursor
    TaskIndex selected = no_task;
    RowDensity density = RowDensity::automatic;
    std::vector<TaskIndex> first;   ///< whose rows stand above all others where not all rows fit
    std::vector<NotedEvent> noted;  ///< ascending
    TimelineStyle style = TimelineStyle::light();
    bool vector = false;  ///< patterns as lines, text as text: for an SVG
};

/// Paints the timeline of a trace without a window, exactly as TimelineView would. Rows that do not fit are left out.
/// Needs a QGuiApplication, for the fonts.
void renderTo(QPainter* painter, const Trace& trace, const TimelinePicture& picture);

}  // namespace awaitscope::ui
