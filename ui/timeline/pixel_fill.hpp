// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QRect>
#include <optional>
#include <vector>

namespace awaitscope::ui {

/// Writes rectangles of one colour straight into the image that a painter paints on: a tenth of what drawRects() costs
/// for the tens of thousands of few pixels' size that a dense trace gives. Rounds to pixels as QPainter does without
/// antialiasing, and keeps to the painter's clip.
class PixelFill {
  public:
    /// Nothing where the painter does not paint on an image of 32 bits a pixel, unrotated, within a rectangular clip.
    static std::optional<PixelFill> on(QPainter& painter);

    /// How many pixels of the image make one of the painter's units.
    double scale() const { return scale_; }

    void fill(const std::vector<QRectF>& rects, const QColor& color) const;
    /// Fills with an image that repeats from the left of the device and the top of each rectangle. Of one with an alpha
    /// channel, which is premultiplied, transparent pixels leave what is there; one without is copied, far quicker.
    void tile(const std::vector<QRectF>& rects, const QImage& tile) const;
    /// Lays a colour where an image of 8 bits of alpha says, its left upper corner at a point.
    void mask(const QPointF& at, const QImage& alpha, const QColor& color) const;

  private:
    PixelFill(QImage& image, const QRect& clip, double scale, QPointF offset);
    QRect pixels(const QRectF& rect) const;
    QRgb* line(int y) const { return reinterpret_cast<QRgb*>(bits_ + y * stride_); }

    uchar* bits_;
    qsizetype stride_;
    QRect clip_;  ///< in pixels
    double scale_;
    QPointF offset_;
};

}  // namespace awaitscope::ui
