// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/logo.hpp"

#include <QPainter>

namespace awaitscope::ui {

QPixmap logo(int size, const QColor& color, double device_pixel_ratio) {
    QPixmap pixmap(QSize(size, size) * device_pixel_ratio);
    pixmap.setDevicePixelRatio(device_pixel_ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const double stroke = size * 0.125;
    const QRectF ring = QRectF(0, 0, size, size).adjusted(stroke, stroke, -stroke, -stroke);
    painter.setPen(QPen(color, stroke, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, 60 * 16, 300 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double dot = size * 0.36;
    painter.drawEllipse(QRectF((size - dot) / 2, (size - dot) / 2, dot, dot));
    return pixmap;
}

QIcon logoIcon() {
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128}) icon.addPixmap(logo(size, QColor("#5b93ff")));
    return icon;
}

}  // namespace awaitscope::ui
