// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_painter.hpp"

namespace awaitscope::ui {

TimelinePainter::TimelinePainter(const TimelineStyle& style)
    : style_(style), names_(style.font), small_(style.small_font), mono_(style.mono_font) {
    cursor_head_.addRoundedRect(QRectF(-6, 0, 12, 7), 1.5, 1.5);
    QPainterPath tip;
    tip.moveTo(-6, 5.5);
    tip.lineTo(6, 5.5);
    tip.lineTo(0, 12);
    tip.closeSubpath();
    cursor_head_ = cursor_head_.united(tip);
}

void TimelinePainter::setVector(bool vector) {
    vector_ = vector;
    names_.setVector(vector);
    small_.setVector(vector);
    mono_.setVector(vector);
}

void TimelinePainter::paint(QPainter& painter, const TimelineFrame& frame) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRect(QPoint(), frame.size), style_.background);
    if (frame.zones.legend.height() > 0) paintLegend(painter, style_, frame.zones.legend);
    paintOverview(painter, frame);
    paintCorner(painter, frame);
    if (!frame.empty.isEmpty()) {
        paintEmpty(painter, frame);
        return;
    }
    painter.save();
    painter.setClipRect(frame.zones.names.united(frame.zones.tracks));
    paintRows(painter, frame);
    painter.setClipRect(frame.zones.tracks);
    paintGrid(painter, frame);
    paintSpans(painter, frame);
    paintConnections(painter, frame);
    paintEndMarks(painter, frame, false);
    paintOutputs(painter, frame, false);
    paintLabels(painter, frame, false);
    painter.restore();
    paintNames(painter, frame);
    paintLoops(painter, frame);
    painter.save();
    painter.setClipRect(frame.zones.tracks.united(frame.zones.loops));
    paintLosses(painter, frame);
    paintFuture(painter, frame);
    painter.setClipRect(frame.zones.tracks);
    // What was printed at the cursor, and how a task has ended there, stands right of it, and is no future.
    paintLabels(painter, frame, true);
    paintEndMarks(painter, frame, true);
    paintOutputs(painter, frame, true);
    paintArrows(painter, frame);
    painter.restore();

    paintRuler(painter, frame);
    paintAnswer(painter, frame);
    paintMarks(painter, frame);
    paintNoted(painter, frame);
    paintCursor(painter, frame);
}

void TimelinePainter::paintRows(QPainter& painter, const TimelineFrame& frame) {
    const bool lines = frame.density != RowDensity::packed;
    for (const auto& item : frame.rows) {
        if (item.selected) {
            // A row of few pixels needs more colour to be found.
            painter.fillRect(item.rect, lines ? style_.selected_row : mixed(style_.selected_row, style_.running, 0.35));
        } else if (isHeading(item.row.kind)) {
            painter.fillRect(item.rect, style_.raised);
        } else if (item.hovered) {
            painter.fillRect(item.rect, style_.hovered_row);
        }
        if (lines) painter.fillRect(QRect(item.rect.left(), item.rect.bottom(), item.rect.width(), 1), style_.line);
    }
}

void TimelinePainter::paintGrid(QPainter& painter, const TimelineFrame& frame) {
    const QRect& zone = frame.zones.tracks;
    for (const auto& tick : frame.ticks) {
        if (!tick.jump) {
            painter.fillRect(QRectF(tick.x, zone.top(), 1, zone.height()), style_.grid);
            continue;
        }
        // Where time leaps, the paper is torn: a dashed line.
        for (int y = zone.top(); y < zone.bottom(); y += 6)
            painter.fillRect(QRectF(tick.x, y, 1, 3), mixed(style_.background, style_.text_dim, 0.45));
    }
}

void TimelinePainter::paintLosses(QPainter& painter, const TimelineFrame& frame) {
    if (frame.losses.empty()) return;
    const QRect zone = frame.zones.tracks.united(frame.zones.loops);
    QColor ground = style_.loss;
    ground.setAlpha(40);
    QColor edge = style_.loss;
    edge.setAlpha(170);
    for (const auto& loss : frame.losses) {
        const QRectF rect(loss.begin, zone.top(), loss.end - loss.begin, zone.height());
        painter.fillRect(rect, ground);
        painter.save();
        painter.setClipRect(rect, Qt::IntersectClip);
        painter.setPen(QPen(ground, 1));
        paintPatternLines(painter, rect.intersected(QRectF(zone)), WaitPattern::crossed);
        painter.restore();
        painter.fillRect(QRectF(rect.left(), rect.top(), 1, rect.height()), edge);
        painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), edge);
    }
}

void TimelinePainter::paintFuture(QPainter& painter, const TimelineFrame& frame) {
    const QRect zone = frame.zones.tracks.united(frame.zones.loops);
    if (frame.has_cursor && frame.cursor_x < zone.right()) {
        const double begin = std::max<double>(zone.left(), frame.cursor_x);
        painter.fillRect(QRectF(begin, zone.top(), zone.right() + 1 - begin, zone.height()), style_.future);
    }
    if (frame.live && frame.live_edge_x >= zone.left() && frame.live_edge_x <= zone.right()) {
        QColor edge = style_.accent;
        edge.setAlpha(140);
        for (int y = zone.top(); y < zone.bottom(); y += 5) painter.fillRect(QRectF(frame.live_edge_x, y, 1, 2), edge);
    }
    for (const auto& item : frame.rows) {
        if (!item.dimmed) continue;
        QColor veil = item.selected ? style_.selected_row : style_.background;
        veil.setAlpha(190);
        painter.fillRect(item.rect.adjusted(0, 0, 0, -1), veil);
    }
}

void TimelinePainter::paintArrows(QPainter& painter, const TimelineFrame& frame) {
    if (frame.arrows.empty()) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    for (const auto& arrow : frame.arrows) {
        QColor color = arrow.at_cursor ? style_.cursor : style_.text;
        color.setAlpha(arrow.at_cursor ? 255 : 150);
        painter.setPen(QPen(color, arrow.at_cursor ? 1.6 : 1.1));
        painter.setBrush(Qt::NoBrush);
        QPainterPath path(arrow.from);
        const QPointF to = arrow.to;
        const double dy = to.y() - arrow.from.y();
        if (arrow.by_loop) {
            path.quadTo(QPointF(to.x(), arrow.from.y() + 2), to);
        } else {
            path.cubicTo(arrow.from + QPointF(0, dy * 0.55), to - QPointF(0, dy * 0.55), to);
        }
        painter.drawPath(path);
        const double side = dy >= 0 ? 1 : -1;
        QPainterPath head(to);
        head.lineTo(to + QPointF(-3, -5 * side));
        head.lineTo(to + QPointF(3, -5 * side));
        head.closeSubpath();
        painter.fillPath(head, color);
    }
    painter.restore();
}

void TimelinePainter::paintCursor(QPainter& painter, const TimelineFrame& frame) {
    if (!frame.has_cursor) return;
    const QRect& ruler = frame.zones.ruler;
    const double x = std::floor(frame.cursor_x);
    if (x < ruler.left() - 1 || x > ruler.right()) return;
    const int bottom = std::max(frame.zones.tracks.bottom(), frame.zones.loops.bottom());
    painter.save();
    painter.setClipRect(QRect(ruler.left(), 0, ruler.width(), frame.size.height()));
    painter.fillRect(QRectF(x - 0.5, ruler.bottom() - 4, 2, bottom - ruler.bottom() + 5), style_.cursor);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.fillPath(cursor_head_.translated(x + 0.5, ruler.bottom() - 10), style_.cursor);
    painter.restore();
}

void TimelinePainter::paintEmpty(QPainter& painter, const TimelineFrame& frame) {
    painter.setPen(style_.text_faint);
    painter.setFont(textFont(14));
    const int top = frame.zones.ruler.top();
    const QRect rect(24, top, frame.size.width() - 48, frame.size.height() - top);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextWordWrap, frame.empty);
}

}  // namespace awaitscope::ui
