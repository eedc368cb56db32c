// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelinePainter which paints spans and what belongs to them.
#include <QPainterPath>
#include <cmath>

#include "ui/timeline/pixel_fill.hpp"
#include "ui/timeline/timeline_painter.hpp"

namespace awaitscope::ui {
namespace {

/// Round corners cost eight times a plain rectangle: only while there are few.
constexpr std::size_t rounded_most = 600;

constexpr int tile_size = 8;

/// What lies left of the tracks is moved into sight. What a word does not fit into is cut by the cache.
double labelLeft(const FrameLabel& label, const TimelineFrame& frame) {
    return std::max(label.rect.left(), frame.zones.tracks.left() + 6.0);
}

}  // namespace

void paintPatternLines(QPainter& painter, const QRectF& rect, WaitPattern pattern) {
    constexpr double step = tile_size;
    const auto firstAt = [](double from) { return std::ceil(from / step) * step; };
    const double height = rect.height();
    QVector<QLineF> lines;
    // Cut by hand, for SVG knows no clipping: a slanted line enters late or leaves early at the sides.
    const auto slanted = [&](double x, bool rising) {
        const double from = std::max(x, rect.left()), to = std::min(x + height, rect.right());
        if (from >= to) return;
        if (rising)
            lines << QLineF(from, rect.bottom() - (from - x), to, rect.bottom() - (to - x));
        else
            lines << QLineF(from, rect.top() + (from - x), to, rect.top() + (to - x));
    };
    if (pattern == WaitPattern::rising || pattern == WaitPattern::crossed)
        for (double x = firstAt(rect.left() - height); x < rect.right(); x += step) slanted(x, true);
    if (pattern == WaitPattern::falling || pattern == WaitPattern::crossed)
        for (double x = firstAt(rect.left() - height); x < rect.right(); x += step) slanted(x, false);
    if (pattern == WaitPattern::level)
        for (double y = rect.top() + 3; y < rect.bottom(); y += step / 2)
            lines << QLineF(rect.left(), y, rect.right(), y);
    if (pattern == WaitPattern::upright)
        for (double x = firstAt(rect.left()); x < rect.right(); x += step)
            lines << QLineF(x, rect.top(), x, rect.bottom());
    if (pattern == WaitPattern::dots) {
        bool shifted = false;
        for (double y = rect.top() + 4; y < rect.bottom(); y += step / 2, shifted = !shifted)
            for (double x = firstAt(rect.left()) + (shifted ? step / 2 : 0); x < rect.right() - 1.5; x += step)
                lines << QLineF(x, y, x + 1.5, y);
    }
    painter.drawLines(lines);
}

void TimelinePainter::fill(QPainter& painter, const std::vector<QRectF>& rects, const QColor& color, double radius) {
    if (rects.empty()) return;
    if (radius <= 0) {
        if (const auto pixels = vector_ ? std::nullopt : PixelFill::on(painter)) {
            pixels->fill(rects, color);
            return;
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRects(rects.data(), static_cast<int>(rects.size()));
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    for (const QRectF& rect : rects) {
        const double round = std::min(radius, std::min(rect.width(), rect.height()) / 3);
        if (rect.width() < 4)
            painter.fillRect(rect, color);
        else
            painter.drawRoundedRect(rect, round, round);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

const QImage& TimelinePainter::tile(WaitClass kind, bool grounded, double ratio) {
    if (tiles_ratio_ != ratio) {
        tiles_.fill({});
        grounded_tiles_.fill({});
        tiles_ratio_ = ratio;
    }
    QImage& tile = (grounded ? grounded_tiles_ : tiles_)[static_cast<std::size_t>(kind)];
    if (!tile.isNull()) return tile;
    // With its ground it is copied, and the wider it is the longer are the stretches.
    const QSize size(grounded ? 32 * tile_size : tile_size, tile_size);
    tile =
        QImage((QSizeF(size) * ratio).toSize(), grounded ? QImage::Format_RGB32 : QImage::Format_ARGB32_Premultiplied);
    tile.setDevicePixelRatio(ratio);
    tile.fill(grounded ? style_.waitGround(kind) : QColor(Qt::transparent));
    const WaitPattern pattern = waitPattern(kind);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing, pattern == WaitPattern::rising || pattern == WaitPattern::falling ||
                                                      pattern == WaitPattern::crossed);
    painter.setPen(QPen(patternColor(kind), pattern == WaitPattern::level  ? 1.0
                                            : pattern == WaitPattern::dots ? 2.0
                                                                           : 1.7));
    // Lines that leave the tile on one side come in on the other.
    paintPatternLines(painter, QRectF(-tile_size, -tile_size, size.width() + 2 * tile_size, 3 * tile_size), pattern);
    return tile;
}

QColor TimelinePainter::patternColor(WaitClass kind) const {
    return mixed(style_.wait_ground, style_.waitColor(kind), 0.38);
}

void TimelinePainter::paintPattern(QPainter& painter, const std::vector<QRectF>& rects, WaitClass kind) {
    if (vector_) {
        painter.setPen(QPen(patternColor(kind), 1.4, Qt::SolidLine, Qt::FlatCap));
        for (const QRectF& rect : rects) paintPatternLines(painter, rect, waitPattern(kind));
        return;
    }
    const QImage& tile = this->tile(kind, false, painter.device()->devicePixelRatio());
    if (const auto pixels = PixelFill::on(painter)) {
        pixels->tile(rects, tile);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(QBrush(tile));
    for (const QRectF& rect : rects) {
        painter.setBrushOrigin(QPointF(0, rect.top()));
        painter.drawRect(rect);
    }
    painter.setBrushOrigin(0, 0);
}

void TimelinePainter::paintWaiting(QPainter& painter, const TimelineFrame& frame, std::size_t kind, bool rounded) {
    const auto wait = static_cast<WaitClass>(kind);
    fill(painter, frame.wait_thin[kind], mixed(style_.wait_ground, style_.waitColor(wait), 0.5), 0);
    const std::vector<QRectF>& rects = frame.waiting[kind];
    const bool plain = waitPattern(wait) == WaitPattern::plain;
    const auto pixels = plain || rounded || vector_ ? std::nullopt : PixelFill::on(painter);
    if (pixels && !rects.empty()) {
        pixels->tile(rects, tile(wait, true, painter.device()->devicePixelRatio()));
    } else if (!rects.empty()) {
        fill(painter, rects, style_.waitGround(wait), rounded ? 2 : 0);
        if (!plain) paintPattern(painter, rects, wait);
    }
    fill(painter, frame.wait_edges[kind], style_.waitColor(wait), 0);
}

void TimelinePainter::paintSpans(QPainter& painter, const TimelineFrame& frame) {
    const bool rounded = frame.density != RowDensity::packed && frame.rectangleCount() <= rounded_most;
    fill(painter, frame.wait_slivers, style_.wait_ground, 0);
    for (std::size_t kind = 0; kind < wait_class_count; ++kind) paintWaiting(painter, frame, kind, rounded);
    fill(painter, frame.overdue, mixed(style_.wait_ground, style_.ready, 0.42), 0);
    fill(painter, frame.ready, style_.ready, rounded ? 2 : 0);
    for (std::size_t level = 0; level < frame.running_dense.size(); ++level) {
        const double share = static_cast<double>(level) / (TimelineFrame::share_levels - 1);
        fill(painter, frame.running_dense[level], mixed(style_.wait_ground, style_.running, 0.3 + 0.62 * share), 0);
    }
    fill(painter, frame.running, style_.running, rounded ? 3 : 0);
}

void TimelinePainter::paintConnections(QPainter& painter, const TimelineFrame& frame) {
    fill(painter, frame.connection_lines, mixed(style_.background, style_.text_dim, 0.5), 0);
    fill(painter, frame.writes, style_.io_write, 0);
    fill(painter, frame.reads, style_.io_read, 0);
    fill(painter, frame.output_ticks, mixed(style_.background, style_.text_dim, 0.6), 0);
    fill(painter, frame.hits, style_.mark, 0);
}

void TimelinePainter::paintEndMarks(QPainter& painter, const TimelineFrame& frame, bool known) {
    if (frame.end_marks.empty()) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    for (const auto& mark : frame.end_marks) {
        const double r = mark.size / 2;
        if (mark.known != known) continue;
        const QPointF c = mark.centre;
        QPen sign(style_.glyph, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        painter.setPen(Qt::NoPen);
        if (mark.state == TaskState::finished) {  // a tick on a disc
            painter.setBrush(style_.finished);
            painter.drawEllipse(c, r, r);
            painter.setPen(sign);
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(QPolygonF(
                {c + QPointF(-0.45 * r, 0.02 * r), c + QPointF(-0.1 * r, 0.38 * r), c + QPointF(0.48 * r, -0.36 * r)}));
        } else if (mark.state == TaskState::cancelled) {  // a bar across a ring
            painter.setPen(QPen(style_.cancelled, 1.6));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(c, r - 0.8, r - 0.8);
            painter.drawLine(c + QPointF(-0.52 * r, 0.52 * r), c + QPointF(0.52 * r, -0.52 * r));
        } else {  // a cross on a square
            painter.setBrush(style_.failed);
            painter.drawRoundedRect(QRectF(c.x() - r, c.y() - r, 2 * r, 2 * r), 2, 2);
            painter.setPen(sign);
            painter.drawLine(c + QPointF(-0.4 * r, -0.4 * r), c + QPointF(0.4 * r, 0.4 * r));
            painter.drawLine(c + QPointF(-0.4 * r, 0.4 * r), c + QPointF(0.4 * r, -0.4 * r));
        }
    }
    painter.restore();
}

/// `now`: what is waited for at the cursor is no future, and stands beside the cursor's line, not below it.
void TimelinePainter::paintLabels(QPainter& painter, const TimelineFrame& frame, bool now) {
    const QColor on_wait = mixed(style_.text_dim, style_.text, 0.55);
    for (const auto& label : frame.labels) {
        const double cursor = frame.cursor_x;
        const bool at_cursor = frame.has_cursor && label.rect.left() <= cursor && cursor < label.rect.right();
        if (label.mono || at_cursor != now) continue;
        double left = labelLeft(label, frame);
        const double needed = small_.width(label.text);
        const bool crossed = now && left < cursor + 5 && cursor < left + needed + 4;
        if (crossed && cursor + 5 + needed <= label.rect.right()) left = cursor + 5;
        const double width = label.rect.right() - left;
        if (width < 16) continue;
        if (label.rect.height() > 13.5) {
            // The pattern would run through the letters.
            const double wide = std::min(width, needed);
            painter.fillRect(QRectF(left - 3, label.rect.top(), wide + 6, label.rect.height()),
                             style_.waitGround(label.kind));
        }
        painter.setPen(on_wait);
        small_.draw(painter, label.text, left, label.rect.center().y(), width);
    }
}

void TimelinePainter::paintOutputs(QPainter& painter, const TimelineFrame& frame, bool known) {
    painter.setPen(style_.text_dim);
    for (const auto& label : frame.labels) {
        if (!label.mono || label.known != known) continue;
        const double left = labelLeft(label, frame);
        const double width = label.rect.right() - left;
        if (width >= 16) mono_.draw(painter, label.text, left, label.rect.center().y(), width);
    }
}

}  // namespace awaitscope::ui
