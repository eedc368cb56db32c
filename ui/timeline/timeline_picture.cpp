// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_picture.hpp"

#include <QCoreApplication>

#include "ui/timeline/timeline_painter.hpp"

namespace awaitscope::ui {

void renderTo(QPainter* painter, const Trace& trace, const TimelinePicture& picture) {
    FrameRequest request;
    request.size = picture.size;
    request.pixel_ratio = picture.vector ? 1 : painter->device()->devicePixelRatio();
    request.axis = picture.axis;
    request.has_cursor = picture.cursor != no_event;
    request.cursor = picture.cursor;
    request.selected = picture.selected;
    request.noted = picture.noted;
    const Axis axis(trace, picture.axis);
    if (picture.to > picture.from) request.range = {axis.ofTime(picture.from), axis.ofTime(picture.to)};

    RowChoices choices;
    choices.density = picture.density;
    RowLayout layout;
    const TimelineZones zones = layOut(picture.size, 0, true, 1 << 24, trace.loops().size());
    layout.rebuild(trace, choices, zones.tracks.height());
    if (layout.height() > zones.tracks.height() && !picture.first.empty()) {
        choices.first = picture.first;
        layout.rebuild(trace, choices, zones.tracks.height());
    }

    FrameBuilder builder(picture.style);
    TimelineFrame frame = builder.build(trace, layout, request);
    if (trace.event_count() == 0)
        frame.empty = QCoreApplication::translate("Timeline", "This recording holds no events.");
    TimelinePainter timeline(picture.style);
    timeline.setVector(picture.vector);
    timeline.paint(*painter, frame);
}

}  // namespace awaitscope::ui
