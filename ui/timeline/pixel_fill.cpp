// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/pixel_fill.hpp"

#include <algorithm>

namespace awaitscope::ui {
namespace {

/// Each channel times a / 255, rounded: two channels at once, each with room for its product.
QRgb times(QRgb pixel, unsigned a) {
    const auto pair = [a](unsigned channels) {
        channels *= a;
        return (channels + (channels >> 8 & 0xff00ff) + 0x800080) >> 8 & 0xff00ff;
    };
    return pair(pixel & 0xff00ff) | pair(pixel >> 8 & 0xff00ff) << 8;
}

/// `over` on `under`, premultiplied: what QPainter's source-over does.
QRgb blend(QRgb over, QRgb under) {
    return over + times(under, 255 - static_cast<unsigned>(qAlpha(over)));
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
    QRect area;
    area.setCoords(std::max(clip_.left(), qRound(rect.left() * scale_ + offset_.x())),
                   std::max(clip_.top(), qRound(rect.top() * scale_ + offset_.y())),
                   std::min(clip_.right(), qRound(rect.right() * scale_ + offset_.x()) - 1),
                   std::min(clip_.bottom(), qRound(rect.bottom() * scale_ + offset_.y()) - 1));
    return area;
}

void PixelFill::fill(const std::vector<QRectF>& rects, const QColor& color) const {
    const QRgb pixel = qPremultiply(color.rgba());
    const bool opaque = color.alpha() == 255;
    constexpr int narrow = 8;  // most rectangles of a dense trace: a call of fill_n() would cost more than the pixels
    for (const QRectF& rect : rects) {
        const QRect area = pixels(rect);
        if (area.isEmpty()) continue;
        const int width = area.width();
        for (int y = area.top(); y <= area.bottom(); ++y) {
            QRgb* line = this->line(y) + area.left();
            if (!opaque)
                std::transform(line, line + width, line, [&](QRgb under) { return blend(pixel, under); });
            else if (width > narrow)
                std::fill_n(line, width, pixel);
            else
                for (int x = 0; x < width; ++x) line[x] = pixel;
        }
    }
}

void PixelFill::tile(const std::vector<QRectF>& rects, const QImage& tile) const {
    const bool opaque = !tile.hasAlphaChannel();
    const int wide = tile.width();
    for (const QRectF& rect : rects) {
        const QRect area = pixels(rect);
        if (area.isEmpty()) continue;
        const int origin = qRound(rect.top() * scale_ + offset_.y());
        for (int y = area.top(); y <= area.bottom(); ++y) {
            QRgb* line = this->line(y);
            const auto* pattern = reinterpret_cast<const QRgb*>(tile.constScanLine((y - origin) % tile.height()));
            for (int x = area.left(); x <= area.right();) {
                const int column = x % wide;
                const int count = std::min(wide - column, area.right() + 1 - x);
                if (opaque)
                    std::copy_n(pattern + column, count, line + x);
                else
                    std::transform(pattern + column, pattern + column + count, line + x, line + x,
                                   [](QRgb over, QRgb under) { return over == 0 ? under : blend(over, under); });
                x += count;
            }
        }
    }
}

void PixelFill::mask(const QPointF& at, const QImage& alpha, const QColor& color) const {
    const QPoint origin(qRound(at.x() * scale_ + offset_.x()), qRound(at.y() * scale_ + offset_.y()));
    const QRect area = QRect(origin, alpha.size()).intersected(clip_);
    const QRgb pixel = qPremultiply(color.rgba());
    for (int y = area.top(); y <= area.bottom(); ++y) {
        QRgb* line = this->line(y) + area.left();
        const uchar* cover = alpha.constScanLine(y - origin.y()) + (area.left() - origin.x());
        for (int i = 0; i < area.width(); ++i)
            if (cover[i] != 0) line[i] = blend(times(pixel, cover[i]), line[i]);
    }
}

}  // namespace awaitscope::ui
