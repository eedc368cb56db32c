// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelinePainter which paints what stands around the tracks: names, ruler, overview, legend, loops.
#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "ui/model/format.hpp"
#include "ui/timeline/frame_builder.hpp"
#include "ui/timeline/timeline_painter.hpp"

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct TimelineWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::Timeline)
};

constexpr int name_left = 14, indent_step = 14, indents_most = 6;

/// Where on the ruler findings, marks and the cursor have their flags: begin and end, in the order of their begins.
std::vector<std::pair<double, double>> flagsOn(const TimelineFrame& frame) {
    std::vector<std::pair<double, double>> flags;
    for (const auto& noted : frame.noted) flags.emplace_back(noted.x - 6, noted.x + 7);
    for (const auto& mark : frame.marks) flags.emplace_back(mark.x - 1, mark.x + 10);
    if (frame.has_cursor) flags.emplace_back(frame.cursor_x - 7, frame.cursor_x + 9);
    std::ranges::sort(flags);
    return flags;
}

int indentOf(const Row& row) {
    return std::min<int>(row.depth, indents_most) * indent_step;
}

}  // namespace

QRect TimelinePainter::axisChoice(const QRect& corner, AxisKind kind) {
    const int width = std::min(54, (corner.width() - 20) / 2);
    const int left = name_left - 2 + (kind == AxisKind::steps ? width : 0);
    return QRect(left, corner.top() + 5, width, corner.height() - 10);
}

QRect TimelinePainter::foldMark(const TimelineFrame::RowItem& item, const TimelineFrame& frame) {
    if (item.row.descendants == 0 || frame.density == RowDensity::packed) return {};
    const int middle = isHeading(item.row.kind) ? item.rect.center().y() + 1
                                                : static_cast<int>(trackMeasures(frame, item.rect).centre) +
                                                      (frame.density == RowDensity::comfortable ? 0 : 1);
    return QRect(indentOf(item.row) + 1, middle - 7, 13, 14);
}

void TimelinePainter::paintFoldMark(QPainter& painter, const QRect& rect, bool folded) {
    const QPointF c = QRectF(rect).center();
    QPainterPath path;
    if (folded) {
        path.moveTo(c + QPointF(-1.5, -3.5));
        path.lineTo(c + QPointF(3, 0));
        path.lineTo(c + QPointF(-1.5, 3.5));
    } else {
        path.moveTo(c + QPointF(-3, -1.5));
        path.lineTo(c + QPointF(4, -1.5));
        path.lineTo(c + QPointF(0.5, 3));
    }
    path.closeSubpath();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.fillPath(path, style_.text_dim);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimelinePainter::paintNames(QPainter& painter, const TimelineFrame& frame) {
    painter.save();
    painter.setClipRect(frame.zones.names);
    const QRect& zone = frame.zones.names;
    // Packed rows have names only where there is room for them, the selected one first.
    constexpr int name_height = 15;
    int free_from = zone.top(), selected_at = zone.top() - 2 * name_height;
    for (const auto& item : frame.rows)
        if (item.selected) selected_at = item.rect.center().y();
    for (const auto& item : frame.rows) {
        const double left = name_left + indentOf(item.row);
        const double width = frame.zones.names.right() - left - 8;
        const QRect& rect = item.rect;
        const QColor name_color = item.dimmed ? style_.text_faint : style_.text;
        if (const QRect mark = foldMark(item, frame); !mark.isEmpty()) paintFoldMark(painter, mark, item.row.folded);
        if (frame.density == RowDensity::packed) {
            const int of_row = rect.center().y();
            if (of_row < zone.top()) continue;
            const int middle = std::max(of_row, zone.top() + name_height / 2);  // the first stands whole, too
            const bool free = middle - name_height / 2 >= free_from && std::abs(middle - selected_at) >= name_height;
            if (!free && !item.selected) continue;
            painter.setPen(item.selected ? style_.text : style_.text_dim);
            small_.draw(painter, item.name, left, middle, width, Qt::ElideMiddle);
            free_from = middle + name_height / 2 + 1;
        } else if (frame.density == RowDensity::comfortable && !isHeading(item.row.kind)) {
            const double middle = trackMeasures(frame, rect).centre - 1;
            painter.setPen(name_color);
            names_.draw(painter, item.name, left, middle, width, Qt::ElideMiddle);
            painter.setPen(style_.text_dim);
            small_.draw(painter, item.detail, left, middle + 17, width);
        } else {
            painter.setPen(name_color);
            const double middle = isHeading(item.row.kind) || item.row.kind == RowKind::io
                                      ? rect.center().y()
                                      : trackMeasures(frame, rect).centre;
            names_.draw(painter, item.name, left, middle, width, Qt::ElideMiddle);
            const double used = std::min<double>(width, names_.width(item.name)) + 8;
            painter.setPen(style_.text_dim);
            if (width - used > 24) small_.draw(painter, item.detail, left + used, middle, width - used);
        }
    }
    painter.restore();
}

void TimelinePainter::paintRuler(QPainter& painter, const TimelineFrame& frame) {
    const QRect& ruler = frame.zones.ruler;
    painter.save();
    painter.setClipRect(ruler);
    const double middle = ruler.top() + 10;
    double free_from = ruler.left() - 10;
    for (const auto& tick : frame.ticks) {
        painter.fillRect(QRectF(tick.x, ruler.bottom() - 6, 1, 6), mixed(style_.line, style_.text_dim, 0.25));
        // The last one ends where the ruler does, if that is not where another stands.
        const double width = small_.width(tick.label) + (tick.jump ? 10 : 1);
        const double left = std::min(tick.jump ? tick.x - 4 : tick.x + 4, ruler.right() - width);
        if (left < free_from) continue;
        free_from = left + width + 4;
        if (tick.jump) {
            const QRectF chip(left, middle - 8, width, 16);
            painter.setRenderHint(QPainter::Antialiasing, true);
            painter.setPen(Qt::NoPen);
            painter.setBrush(style_.chip);
            painter.drawRoundedRect(chip, 3, 3);
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.setPen(style_.text);
            small_.draw(painter, tick.label, chip.left() + 5, middle, width);
        } else {
            painter.setPen(style_.text_dim);
            small_.draw(painter, tick.label, left, middle, width);
        }
    }
    const auto flags = flagsOn(frame);
    free_from = ruler.left() - 10;
    for (const auto& loss : frame.losses) {
        const QString text = TimelineWords::tr("%1 lost").arg(formatCount(loss.count));
        const double width = small_.width(text) + 10, last = ruler.right() - width - 2;
        // It gives way a little to the one before and to flags, and is left out where that were far from its place.
        double left = std::max(std::min(loss.begin, last), free_from);
        for (const auto& [from, to] : flags)
            if (from < left + width && left < to) left = to;
        if (left > last || left > loss.end + width) continue;
        free_from = left + width + 2;
        const QRectF chip(left, ruler.bottom() - 15, width, 15);
        painter.fillRect(chip, style_.loss);
        painter.setPen(style_.glyph);
        small_.draw(painter, text, chip.left() + 5, chip.center().y(), chip.width());
    }
    fill(painter, frame.hit_ticks, style_.mark, 0);
    painter.restore();
    if (!frame.search_note.isEmpty()) {
        const QRect& corner = frame.zones.ruler_corner;
        painter.setPen(style_.text_dim);
        small_.draw(painter, frame.search_note, name_left, corner.center().y(), corner.width() - name_left);
    }
    painter.fillRect(QRect(0, ruler.bottom(), frame.size.width(), 1), style_.line);
}

/// A flag on the ruler and two lines beside what they hold: a ground or a flag on the tracks would hide what it marks.
void TimelinePainter::paintAnswer(QPainter& painter, const TimelineFrame& frame) {
    if (frame.answer.isEmpty()) return;
    const QRect& ruler = frame.zones.ruler;
    const QRectF& rect = frame.answer;
    painter.save();
    painter.setClipRect(ruler.united(frame.zones.tracks));
    const double top = ruler.bottom() - 13;
    for (const double x : {rect.left() - 2, rect.right()})
        painter.fillRect(QRectF(x, top, 2, rect.bottom() - top), style_.accent);
    painter.fillRect(QRectF(rect.left(), ruler.bottom() - 2, rect.width(), 3), style_.accent);
    const QString words = TimelineWords::tr("the answer");
    const double wide = small_.width(words) + 12;
    // Within it where there is room, else on the side where there is.
    double left = rect.left();
    if (rect.width() < wide) left = rect.left() - wide >= ruler.left() ? rect.left() - wide : rect.right();
    const QRectF flag(left, top, wide, 13);
    painter.fillRect(flag, style_.accent);
    painter.setPen(style_.background);
    small_.draw(painter, words, flag.left() + 6, flag.center().y(), wide);
    painter.restore();
}

void TimelinePainter::paintMarks(QPainter& painter, const TimelineFrame& frame) {
    if (frame.marks.empty()) return;
    const QRect zone = frame.zones.tracks.united(frame.zones.loops);
    const QRect& ruler = frame.zones.ruler;
    painter.save();
    painter.setClipRect(zone.united(ruler));
    for (std::size_t i = 0; i < frame.marks.size(); ++i) {
        const auto& mark = frame.marks[i];
        const QColor color = mark.of_user ? style_.accent : style_.mark;
        QColor line = color;
        line.setAlpha(120);
        for (int y = zone.top(); y < zone.bottom(); y += 4) painter.fillRect(QRectF(mark.x, y, 1, 2), line);
        const double next = i + 1 < frame.marks.size() ? frame.marks[i + 1].x : zone.right();
        const double room = std::min(next - mark.x - 4, small_.width(mark.text) + 10.0);
        QPainterPath flag;
        const double top = ruler.bottom() - 13;
        flag.moveTo(mark.x, ruler.bottom());
        flag.lineTo(mark.x, top);
        flag.lineTo(mark.x + std::max(8.0, room), top);
        flag.lineTo(mark.x + std::max(8.0, room) - 3, top + 6.5);
        flag.lineTo(mark.x + std::max(8.0, room), top + 13);
        flag.closeSubpath();
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.fillPath(flag, color);
        painter.setRenderHint(QPainter::Antialiasing, false);
        if (room > 24) {
            painter.setPen(style_.glyph);
            small_.draw(painter, mark.text, mark.x + 4, top + 6.5, room - 6);
        }
    }
    painter.restore();
}

void TimelinePainter::paintCurve(QPainter& painter, const std::vector<QPointF>& points, double bottom) {
    // Level and upright parts, which are most of them, are rectangles: a tenth of the cost of antialiased lines.
    std::vector<QRectF> line, ground;
    std::vector<std::pair<QPointF, QPointF>> slopes;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const QPointF& from = points[i];
        const QPointF& to = points[i + 1];
        if (from.y() == to.y()) {
            if (to.x() - from.x() < 0.01) continue;
            line.emplace_back(from.x(), from.y() - 1, to.x() - from.x() + 1, 1.5);
            if (from.y() < bottom) ground.emplace_back(from.x(), from.y(), to.x() - from.x(), bottom - from.y());
        } else if (to.x() - from.x() < 1) {
            line.emplace_back(from.x(), std::min(from.y(), to.y()) - 1, 1.5, std::abs(to.y() - from.y()) + 1.5);
        } else {
            slopes.emplace_back(from, to);
        }
    }
    QColor under = style_.ready;
    under.setAlpha(30);
    // So do slopes where they are many: in steps of a pixel each.
    constexpr std::size_t smooth_most = 60;
    if (slopes.size() > smooth_most && !vector_) {
        for (const auto& [from, to] : slopes) {
            const double rise = (to.y() - from.y()) / (to.x() - from.x());
            for (double x = from.x(); x < to.x();) {
                const double next = std::min(to.x(), std::floor(x + 1));
                const double y = from.y() + (x - from.x()) * rise, then = y + (next - x) * rise;
                line.emplace_back(x, std::min(y, then) - 1, next - x, std::abs(then - y) + 1.5);
                ground.emplace_back(x, std::max(y, then), next - x, bottom - std::max(y, then));
                x = next;
            }
        }
        slopes.clear();
    }
    fill(painter, ground, under, 0);
    painter.setRenderHint(QPainter::Antialiasing, true);
    for (const auto& [from, to] : slopes) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(under);
        painter.drawPolygon(QPolygonF({from, to, QPointF(to.x(), bottom), QPointF(from.x(), bottom)}));
        painter.setPen(QPen(style_.ready, 1.5));
        painter.drawLine(from, to);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    fill(painter, line, style_.ready, 0);
}

void TimelinePainter::paintLoops(QPainter& painter, const TimelineFrame& frame) {
    for (const auto& loop : frame.loops) {
        painter.fillRect(loop.rect, style_.background);  // a row cut off above may reach in here
        painter.fillRect(QRect(0, loop.rect.top(), loop.rect.width(), 1), mixed(style_.line, style_.text_dim, 0.15));
        const double left = name_left;
        const double width = frame.zones.loop_names.right() - left - 8;
        painter.setPen(style_.text);
        names_.draw(painter, loop.name, left, loop.rect.top() + 18, width);
        painter.setPen(style_.text_dim);
        const QString depth = loop.greatest.isEmpty() ? TimelineWords::tr("ready depth")
                                                      : TimelineWords::tr("ready depth ≤ %1").arg(loop.greatest);
        const bool fits = loop.greatest.isEmpty() || small_.width(depth) <= width;
        small_.draw(painter, fits ? depth : QStringLiteral("≤ ") + loop.greatest, left, loop.rect.top() + 35, width);
        if (loop.points.size() < 2) continue;
        painter.save();
        painter.setClipRect(
            QRect(frame.zones.loops.left(), loop.rect.top(), frame.zones.loops.width(), loop.rect.height()));
        paintCurve(painter, loop.points, loop.rect.bottom() - 17);
        painter.restore();
    }
}

void TimelinePainter::paintOverview(QPainter& painter, const TimelineFrame& frame) {
    const QRect& zone = frame.zones.overview;
    painter.fillRect(QRect(0, zone.top(), frame.size.width(), zone.height()), style_.raised);
    if (!frame.empty.isEmpty()) return;
    painter.save();
    painter.setClipRect(zone);
    fill(painter, frame.overview_running, style_.running, 0);
    fill(painter, frame.overview_losses, style_.loss, 0);
    for (const auto& noted : frame.overview_noted)
        painter.fillRect(QRectF(noted.x - 1, zone.top(), 2, 6), notedColor(noted.gravity));
    fill(painter, frame.overview_hits, style_.mark, 0);
    QColor veil = style_.background;
    veil.setAlpha(150);
    const QRectF& window = frame.overview_window;
    painter.fillRect(QRectF(zone.left(), zone.top(), window.left() - zone.left(), zone.height()), veil);
    painter.fillRect(QRectF(window.right(), zone.top(), zone.right() + 1 - window.right(), zone.height()), veil);
    if (frame.overview_cursor_x >= zone.left())
        painter.fillRect(QRectF(std::floor(frame.overview_cursor_x), zone.top(), 1, zone.height()), style_.cursor);
    // Where what came before is folded, the paper is torn.
    if (frame.overview_folded_x >= zone.left())
        for (int y = zone.top(); y < zone.bottom(); y += 6)
            painter.fillRect(QRectF(std::floor(frame.overview_folded_x) - 1, y, 3, 3), style_.text_dim);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(style_.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(window.adjusted(1, 0, -1, 0), 3, 3);
    // Handles tell that the ends can be taken hold of.
    if (window.width() > 24 && window.width() < zone.width() - 8) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(style_.accent);
        const double middle = window.center().y();
        painter.drawRoundedRect(QRectF(window.left() - 0.5, middle - 6, 3, 12), 1.5, 1.5);
        painter.drawRoundedRect(QRectF(window.right() - 2.5, middle - 6, 3, 12), 1.5, 1.5);
    }
    painter.restore();
}

void TimelinePainter::paintCorner(QPainter& painter, const TimelineFrame& frame) {
    const QRect& corner = frame.zones.corner;
    painter.fillRect(corner, style_.raised);
    for (const AxisKind kind : {AxisKind::time, AxisKind::steps}) {
        const QRect rect = axisChoice(corner, kind);
        const bool chosen = kind == frame.axis;
        if (chosen) {
            painter.setRenderHint(QPainter::Antialiasing, true);
            painter.setPen(Qt::NoPen);
            painter.setBrush(style_.chip);
            painter.drawRoundedRect(rect, 4, 4);
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
        painter.setPen(chosen ? style_.text : style_.text_dim);
        const QString word = kind == AxisKind::time ? TimelineWords::tr("Time") : TimelineWords::tr("Steps");
        small_.draw(painter, word, rect.left() + (rect.width() - small_.width(word)) / 2.0, rect.center().y() + 1.0,
                    rect.width());
    }
}

void paintLegend(QPainter& painter, const TimelineStyle& style, const QRect& rect) {
    struct Kind {
        QString word;
        QColor color;
    };
    std::vector<Kind> kinds = {{TimelineWords::tr("running"), style.running},
                               {TimelineWords::tr("ready"), style.ready}};
    for (const WaitClass wait :
         {WaitClass::sleep, WaitClass::gather, WaitClass::lock, WaitClass::queue, WaitClass::io, WaitClass::thread})
        kinds.push_back({waitClassText(wait), style.waitColor(wait)});
    QFont font = style.small_font;
    font.setWeight(QFont::DemiBold);
    const QFontMetrics metrics(font);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    double right = rect.right() - 10;
    const double height = 22, top = rect.top() + (rect.height() - height) / 2;
    for (std::size_t i = kinds.size(); i-- > 0;) {
        const double width = metrics.horizontalAdvance(kinds[i].word) + 20;
        if (right - width < rect.left() + 4) break;
        const QRectF chip(right - width, top, width, height);
        QPainterPath path;
        path.addRoundedRect(chip, 4, 4);
        painter.fillPath(path, style.chip);
        painter.save();
        painter.setClipPath(path);
        const QRectF swatch(chip.left(), chip.top(), 8, height);

        if (i < 2) {
            painter.fillRect(i == 0 ? swatch : QRectF(swatch.left(), swatch.center().y() - 3, 8, 6), kinds[i].color);
        } else {
            painter.fillRect(swatch, mixed(style.wait_ground, kinds[i].color, 0.25));
            painter.setPen(QPen(mixed(style.wait_ground, kinds[i].color, 0.7), 1.4));
            painter.setClipRect(swatch, Qt::IntersectClip);
            paintPatternLines(painter, swatch, waitPattern(static_cast<WaitClass>(i - 2)));
            painter.fillRect(QRectF(swatch.left(), swatch.top(), 3, height), kinds[i].color);
        }
        painter.restore();
        painter.setPen(mixed(style.text_dim, style.text, 0.3));
        painter.setFont(font);
        painter.drawText(QRectF(chip.left() + 12, chip.top(), width - 12, height), Qt::AlignVCenter | Qt::AlignLeft,
                         kinds[i].word);
        right -= width + 6;
    }
    painter.restore();
}

}  // namespace awaitscope::ui
