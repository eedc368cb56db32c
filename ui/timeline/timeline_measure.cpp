// SPDX-License-Identifier: GPL-3.0-or-later
// Stretches of the axis under the hand: the one to be zoomed to, and the one that is measured.
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::ui {

Extent TimelineView::draggedExtent() const {
    const QRect& tracks = frame_.zones.tracks;
    const double from = std::clamp<double>(pressed_at_.x(), tracks.left(), tracks.right());
    const double to = std::clamp<double>(pointer_.x(), tracks.left(), tracks.right());
    return {frame_.scale.at(std::min(from, to)), frame_.scale.at(std::max(from, to))};
}

namespace {

QString lengthWords(Nanoseconds length, EventIndex events) {
    return (events == 1 ? TimelineView::tr("%1, %2 event") : TimelineView::tr("%1, %2 events"))
        .arg(formatDuration(length), formatCount(events));
}

}  // namespace

QString TimelineView::measuredText() const {
    if (!measured_) return {};
    if (!measured_from_ || view_.cursor() == no_event) return lengthText(*measured_);
    // From event to event: whatever else stands at the same place of the axis does not count.
    QString text;
    withTrace([&](const Trace& trace) {
        const auto [first, last] = std::minmax({*measured_from_, view_.cursor()});
        text = lengthWords(trace.time_at(last) - trace.time_at(first), last - first);
    });
    return text;
}

QString TimelineView::lengthText(Extent extent) const {
    QString text;
    withTrace([&](const Trace& trace) {
        const Axis axis(trace, axis_);
        const Nanoseconds length = axis.timeAt(extent.end) - axis.timeAt(extent.begin);
        const EventIndex events = axis.firstAfter(extent.end) - axis.firstAfter(extent.begin);
        text = lengthWords(length, events);
    });
    return text;
}

void TimelineView::measureFromCursor() {
    if (measured_from_ || view_.cursor() == no_event) return stopMeasuring();
    measured_from_ = view_.cursor();
    measureToCursor();
}

void TimelineView::measureToCursor() {
    if (!measured_from_ || view_.cursor() == no_event) return;
    withTrace([this](const Trace& trace) {
        const Axis axis(trace, axis_);
        const auto [begin, end] = std::minmax({axis.ofCursor(*measured_from_), axis.ofCursor(view_.cursor())});
        measured_ = Extent{begin, end};
    });
    update();
}

void TimelineView::stopMeasuring() {
    measured_.reset();
    measured_from_.reset();
    update();
}

void TimelineView::paintBand(QPainter& painter, Extent extent, const QString& text) const {
    const TimelineStyle& style = timelineStyle();
    const QRect& tracks = frame_.zones.tracks;
    const double from = std::clamp<double>(frame_.scale.x(extent.begin), tracks.left(), tracks.right());
    const double to = std::clamp<double>(frame_.scale.x(extent.end), tracks.left(), tracks.right());
    QColor ground = style.accent;
    ground.setAlpha(45);
    const QRectF band(from, frame_.zones.ruler.top(), to - from,
                      std::max(tracks.bottom(), frame_.zones.loops.bottom()) - frame_.zones.ruler.top());
    painter.fillRect(band, ground);
    painter.fillRect(QRectF(band.left(), band.top(), 1, band.height()), style.accent);
    painter.fillRect(QRectF(band.right(), band.top(), 1, band.height()), style.accent);

    painter.setFont(style.small_font);
    const double wide = painter.fontMetrics().horizontalAdvance(text) + 12;
    const double left = std::clamp(band.center().x() - wide / 2, static_cast<double>(tracks.left()),
                                   std::max<double>(tracks.left(), tracks.right() - wide));
    const QRectF box(left, tracks.top() + 4, wide, 20);
    painter.fillRect(box, style.chip);
    painter.setPen(style.text);
    painter.drawText(box, Qt::AlignCenter, text);
}

}  // namespace awaitscope::ui
