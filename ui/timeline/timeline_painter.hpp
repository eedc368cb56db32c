// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <array>

#include "ui/timeline/label_cache.hpp"
#include "ui/timeline/timeline_frame.hpp"

namespace awaitscope::ui {

/// Paints frames. Rectangles are painted grouped by colour and without antialiasing; few and wide ones get round
/// corners.
class TimelinePainter {
  public:
    explicit TimelinePainter(const TimelineStyle& style);

    const TimelineStyle& style() const { return style_; }
    /// Patterns as lines instead of pixels, text as text: for SVG.
    void setVector(bool vector);

    void paint(QPainter& painter, const TimelineFrame& frame);

    /// Where the choice of the axis is painted, within the corner zone.
    static QRect axisChoice(const QRect& corner, AxisKind kind);
    /// The little triangle that folds a row; empty for rows without one.
    static QRect foldMark(const TimelineFrame::RowItem& item, const TimelineFrame& frame);

  private:
    void paintRows(QPainter& painter, const TimelineFrame& frame);
    void paintNames(QPainter& painter, const TimelineFrame& frame);
    void paintFoldMark(QPainter& painter, const QRect& rect, bool folded);
    void paintGrid(QPainter& painter, const TimelineFrame& frame);
    void paintSpans(QPainter& painter, const TimelineFrame& frame);
    void paintWaiting(QPainter& painter, const TimelineFrame& frame, std::size_t kind, bool rounded);
    /// A pattern that repeats, alone or on the ground it lies on.
    const QImage& tile(WaitClass kind, bool grounded, double ratio);
    QColor patternColor(WaitClass kind) const;
    void paintPattern(QPainter& painter, const std::vector<QRectF>& rects, WaitClass kind);
    void fill(QPainter& painter, const std::vector<QRectF>& rects, const QColor& color, double radius);
    void paintConnections(QPainter& painter, const TimelineFrame& frame);
    /// Those that are known at the cursor, or the others. Likewise of outputs.
    void paintEndMarks(QPainter& painter, const TimelineFrame& frame, bool known);
    void paintOutputs(QPainter& painter, const TimelineFrame& frame, bool known);
    void paintLabels(QPainter& painter, const TimelineFrame& frame, bool now);
    void paintAnswer(QPainter& painter, const TimelineFrame& frame);
    void paintArrows(QPainter& painter, const TimelineFrame& frame);
    void paintFuture(QPainter& painter, const TimelineFrame& frame);
    void paintLosses(QPainter& painter, const TimelineFrame& frame);
    void paintRuler(QPainter& painter, const TimelineFrame& frame);
    void paintMarks(QPainter& painter, const TimelineFrame& frame);
    void paintNoted(QPainter& painter, const TimelineFrame& frame);
    const QColor& notedColor(int gravity) const;
    void paintCursor(QPainter& painter, const TimelineFrame& frame);
    void paintLoops(QPainter& painter, const TimelineFrame& frame);
    void paintCurve(QPainter& painter, const std::vector<QPointF>& points, double bottom);
    void paintOverview(QPainter& painter, const TimelineFrame& frame);
    void paintCorner(QPainter& painter, const TimelineFrame& frame);
    void paintEmpty(QPainter& painter, const TimelineFrame& frame);

    TimelineStyle style_;
    LabelCache names_;
    LabelCache small_;
    LabelCache mono_;
    std::array<QImage, wait_class_count> tiles_;
    std::array<QImage, wait_class_count> grounded_tiles_;
    double tiles_ratio_ = 0;
    QPainterPath cursor_head_;  ///< around the middle of its upper edge
    bool vector_ = false;
};

/// The legend: a chip with the colour and pattern of each kind. `right` of the last chip; painted from right to left.
void paintLegend(QPainter& painter, const TimelineStyle& style, const QRect& rect);

/// Lines of a pattern, none of which leaves the rectangle; the painter's pen is set.
void paintPatternLines(QPainter& painter, const QRectF& rect, WaitPattern pattern);

}  // namespace awaitscope::ui
