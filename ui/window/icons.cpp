// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/icons.hpp"

#include <QPainter>
#include <QPolygonF>

namespace awaitscope::ui {
namespace {

constexpr int side = 14;

void draw(QPainter& painter, Sign sign, const QColor& color) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const auto right = [&](double x) { painter.drawPolygon(QPolygonF{{x, 2.5}, {x + 8, 7}, {x, 11.5}}); };
    const auto left = [&](double x) { painter.drawPolygon(QPolygonF{{x + 8, 2.5}, {x, 7}, {x + 8, 11.5}}); };
    switch (sign) {
        case Sign::run:
        case Sign::step:
            right(3.5);
            break;
        case Sign::step_back:
            left(2.5);
            break;
        case Sign::pause:
            painter.drawRoundedRect(QRectF(3, 2.5, 3, 9), 1, 1);
            painter.drawRoundedRect(QRectF(8, 2.5, 3, 9), 1, 1);
            break;
        case Sign::first:
            painter.drawRect(QRectF(2, 2.5, 1.8, 9));
            left(4);
            break;
        case Sign::last:
            right(2);
            painter.drawRect(QRectF(10.2, 2.5, 1.8, 9));
            break;
        case Sign::down:
            painter.drawPolygon(QPolygonF{{3, 5}, {11, 5}, {7, 10}});
            break;
        case Sign::search:
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(color, 1.5));
            painter.drawEllipse(QRectF(2.5, 2.5, 6.5, 6.5));
            painter.drawLine(QPointF(8.4, 8.4), QPointF(12, 12));
            break;
        case Sign::menu:
            for (const double y : {3.0, 6.4, 9.8}) painter.drawRoundedRect(QRectF(1.5, y, 11, 1.6), 0.8, 0.8);
            break;
    }
}

QPixmap picture(Sign sign, const QColor& color, int scale) {
    QPixmap pixmap(side * scale, side * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    draw(painter, sign, color);
    return pixmap;
}

}  // namespace

QIcon icon(Sign sign, const QColor& color, const QColor& disabled) {
    QIcon made;
    for (const int scale : {1, 2}) {
        made.addPixmap(picture(sign, color, scale), QIcon::Normal);
        made.addPixmap(picture(sign, disabled, scale), QIcon::Disabled);
    }
    return made;
}

}  // namespace awaitscope::ui
