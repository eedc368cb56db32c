// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/pixel_fill.hpp"

#include <algorithm>

namespace awaitscope::ui {
namespace {

/// `over` on `under`, premultiplied, in 8 bits a channel: what QPainter's source-over does.
QRgb blend(QRgb over, QRgb under) {
    const unsigned rest = 255 - qAlpha(over);
    const auto channel = [&](unsigned a, unsigned b) { return a + (b * rest + 127) / 255; };
    return qRgba(
        static_cast<int>(channel(qRed(over), qRed(under))), static_cast<int>(channel(qGreen(over), qGreen(under))),
        static_cast<int>(channel(qBlue(over), qBlue(under))), static_cast<int>(channel(qAlpha(over), qAlpha(under))));
}

}  // namespace

std::optional<PixelFill> PixelFill::on(QPainter& painter) {
    if (painter.device()->devType() != QInternal::Image || painter.opacity() != 1) return std::nullopt;
    auto& image = *static_cast<QImage*>(painter.device());
    if (image.format() != QImage::Format_RGB32 && image.format() != QImage::Format_ARGB32_Premultiplied)
        return std::nullopt;
    const QTransform transform = painter.combinedTransform();
    if (transform.type() > QTransform::TxScale || transform.m11() != transform.m22() || transform.m11() <= 0)
        return std::nullopt;
    QRect clip = image.rect();
    if (painter.hasClipping()) {
        if (painter.clipRegion().rectCount() > 1) return std::nullopt;
        clip &= transform.mapRect(painter.clipBoundingRect()).toAlignedRect();
    }
    return PixelFill(image, clip, transform.m11(), QPointF(transform.dx(), transform.dy()));
}

PixelFill::PixelFill(QImage& image, const QRect& clip, double scale, QPointF offset)
    : bits_(image.bits()), stride_(image.bytesPerLine()), clip_(clip), scale_(scale), offset_(offset) {}

QRect PixelFill::pixels(const QRectF& rect) const {
    const int left = qRound(rect.left() * scale_ + offset_.x()), right = qRound(rect.right() * scale_ + offset_.x());
    const int top = qRound(rect.top() * scale_ + offset_.y()), bottom = qRound(rect.bottom() * scale_ + offset_.y());
    return QRect(left, top, right - left, bottom - top).intersected(clip_);
}

void PixelFill::fill(const std::vector<QRectF>& rects, const QColor& color) const {
    const QRgb pixel = color.rgb();
    for (const QRectF& rect : rects) {
        const QRect area = pixels(rect);
        if (area.isEmpty()) continue;
        uchar* line = bits_ + area.top() * stride_;
        for (int y = area.top(); y <= area.bottom(); ++y, line += stride_)
            std::fill_n(reinterpret_cast<QRgb*>(line) + area.left(), area.width(), pixel);
    }
}

void PixelFill::tile(const std::vector<QRectF>& rects, const QImage& tile) const {
    for (const QRectF& rect : rects) {
        const QRect area = pixels(rect);
        if (area.isEmpty()) continue;
        const int origin = qRound(rect.top() * scale_ + offset_.y());
        for (int y = area.top(); y <= area.bottom(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(bits_ + y * stride_);
            const auto* pattern = reinterpret_cast<const QRgb*>(tile.constScanLine((y - origin) % tile.height()));
            int column = area.left() % tile.width();
            for (int x = area.left(); x <= area.right(); ++x) {
                if (const QRgb over = pattern[column]; over != 0) line[x] = blend(over, line[x]);
                if (++column == tile.width()) column = 0;
            }
        }
    }
}

}  // namespace awaitscope::ui
