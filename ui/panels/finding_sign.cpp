// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/finding_sign.hpp"

#include <QPainter>
#include <QPolygonF>
#include <cmath>

namespace awaitscope::ui {

QColor severityColor(Severity severity, const PanelStyle& style) {
    switch (severity) {
        case Severity::error:
            return style.failed;
        case Severity::warning:
            return style.ready;
        case Severity::hint:
            break;
    }
    return style.accent;
}

void paintSeveritySign(QPainter& painter, const QRectF& rect, Severity severity, const PanelStyle& style) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(severityColor(severity, style));
    const QPointF c = rect.center();
    const double r = rect.width() / 2;
    const QPen sign(style.window, r / 4, Qt::SolidLine, Qt::RoundCap);
    switch (severity) {
        case Severity::error: {
            QPolygonF octagon;
            for (int i = 0; i < 8; ++i) {
                const double angle = (i + 0.5) * M_PI / 4;
                octagon << c + QPointF(std::cos(angle), std::sin(angle)) * r;
            }
            painter.drawPolygon(octagon);
            painter.setPen(sign);
            painter.drawLine(c + QPointF(-r, -r) * 0.33, c + QPointF(r, r) * 0.33);
            painter.drawLine(c + QPointF(-r, r) * 0.33, c + QPointF(r, -r) * 0.33);
            break;
        }
        case Severity::warning:
            painter.drawPolygon(
                QPolygonF{{c.x(), c.y() - r}, {c.x() + r, c.y() + r * 0.85}, {c.x() - r, c.y() + r * 0.85}});
            painter.setPen(sign);
            painter.drawLine(QPointF(c.x(), c.y() - r * 0.3), QPointF(c.x(), c.y() + r * 0.2));
            painter.drawPoint(QPointF(c.x(), c.y() + r * 0.58));
            break;
        case Severity::hint:
            painter.drawEllipse(rect);
            painter.setPen(sign);
            painter.drawPoint(QPointF(c.x(), c.y() - r * 0.45));
            painter.drawLine(QPointF(c.x(), c.y() - r * 0.05), QPointF(c.x(), c.y() + r * 0.5));
            break;
    }
    painter.restore();
}

}  // namespace awaitscope::ui
