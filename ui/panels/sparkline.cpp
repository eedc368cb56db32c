// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/sparkline.hpp"

#include <QPainterPath>
#include <algorithm>

#include "ui/model/format.hpp"

namespace awaitscope::ui {

void paintSparkline(QPainter& painter, const QRectF& rect, const QList<double>& values, double top, double bound,
                    const QColor& color, const QColor& line) {
    if (values.isEmpty() || top <= 0 || rect.isEmpty()) return;
    const double wide = rect.width() / static_cast<double>(values.size());
    const auto y = [&](double value) { return rect.bottom() - value / top * rect.height(); };
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(line, 1));
    painter.drawLine(QPointF(rect.left(), rect.bottom()), QPointF(rect.right(), rect.bottom()));
    if (bound > 0 && bound <= top) {
        painter.setPen(QPen(line, 1, Qt::DashLine));
        painter.drawLine(QPointF(rect.left(), y(bound)), QPointF(rect.right(), y(bound)));
    }
    QPainterPath steps(QPointF(rect.left(), y(values.first())));
    for (qsizetype i = 0; i < values.size(); ++i) {
        const double left = rect.left() + static_cast<double>(i) * wide;
        steps.lineTo(left, y(values[i]));
        steps.lineTo(left + wide, y(values[i]));
    }
    QPainterPath ground = steps;
    ground.lineTo(rect.right(), rect.bottom());
    ground.lineTo(rect.left(), rect.bottom());
    ground.closeSubpath();
    QColor under = color;
    under.setAlpha(45);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(ground, under);
    painter.setPen(QPen(color, 1.3));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(steps);
}

Sparkline::Sparkline(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Sparkline::setPanelStyle(const PanelStyle& style) {
    style_ = style;
    update();
}

void Sparkline::setValues(const QList<double>& values, double bound) {
    values_ = values;
    bound_ = bound;
    const double greatest = values.isEmpty() ? 0 : *std::ranges::max_element(values);
    setAccessibleDescription(values.isEmpty() ? QString() : tr("greatest %1, now %2").arg(greatest).arg(values.last()));
    update();
}

void Sparkline::paintEvent(QPaintEvent*) {
    if (values_.isEmpty()) return;
    QPainter painter(this);
    QFont font = this->font();
    font.setPixelSize(11);
    painter.setFont(font);
    const double greatest = *std::ranges::max_element(values_);
    const double top = std::max({1.0, greatest, bound_});
    const QString most = figures(QString::number(top).toStdString());
    const int wide = painter.fontMetrics().horizontalAdvance(most) + 6;
    painter.setPen(style_.textSoft);
    painter.drawText(QRect(0, 0, wide, 14), Qt::AlignLeft | Qt::AlignVCenter, most);
    painter.drawText(QRect(0, height() - 14, wide, 14), Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("0"));
    paintSparkline(painter, QRectF(rect()).adjusted(wide, 6, -1, -2), values_, top, bound_, style_.queue, style_.line);
}

}  // namespace awaitscope::ui
