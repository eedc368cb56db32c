// SPDX-License-Identifier: GPL-3.0-or-later
// Events that somebody should look at: wedges on the ruler, and ticks in the overview.
#include <QPainter>
#include <cmath>

#include "ui/timeline/frame_pass.hpp"
#include "ui/timeline/timeline_painter.hpp"

namespace awaitscope::ui {
namespace {

/// Of those nearer than this the gravest stands for all.
constexpr double apart = 5;

void add(std::vector<TimelineFrame::Noted>& all, double x, int gravity) {
    if (!all.empty() && x < all.back().x + apart)
        all.back().gravity = std::max(all.back().gravity, gravity);
    else
        all.push_back({x, gravity});
}

}  // namespace

void FrameBuilder::addNoted(Pass& pass) {
    TimelineFrame& frame = pass.frame;
    const QRect& tracks = frame.zones.tracks;
    const QRect overview = frame.zones.overview.adjusted(2, 0, -2, 0);  // as the rest of the overview
    const TimeScale whole(fitted(pass.axis.all(), pass.axis.shortest()), overview.left(), overview.width());
    for (const NotedEvent& noted : pass.request.noted) {
        if (noted.event >= pass.trace.event_count()) continue;
        const double at = pass.axis.ofEvent(noted.event);
        const double x = frame.scale.x(at);
        if (x >= tracks.left() - 1 && x <= tracks.right() + 1) add(frame.noted, x, noted.gravity);
        add(frame.overview_noted, std::floor(whole.x(at)), noted.gravity);
    }
}

const QColor& TimelinePainter::notedColor(int gravity) const {
    return gravity >= 2 ? style_.failed : gravity == 1 ? style_.ready : style_.accent;
}

void TimelinePainter::paintNoted(QPainter& painter, const TimelineFrame& frame) {
    if (frame.noted.empty()) return;
    const QRect zone = frame.zones.tracks.united(frame.zones.loops);
    const QRect& ruler = frame.zones.ruler;
    painter.save();
    painter.setClipRect(zone.united(ruler));
    for (const auto& noted : frame.noted) {
        const QColor& color = notedColor(noted.gravity);
        QColor line = color;
        line.setAlpha(90);
        painter.fillRect(QRectF(std::floor(noted.x), zone.top(), 1, zone.height()), line);
        // Its foot is where it happened; the graver, the higher.
        const double height = noted.gravity >= 2 ? 11 : noted.gravity == 1 ? 8 : 6;
        const double foot = ruler.bottom() + 1;
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.setPen(QPen(style_.background, 1));
        painter.setBrush(color);
        painter.drawPolygon(
            QPolygonF{{noted.x + 0.5, foot}, {noted.x + 5.5, foot - height}, {noted.x - 4.5, foot - height}});
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.restore();
}

}  // namespace awaitscope::ui
