// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/choice_box.hpp"

#include <QPainter>

namespace awaitscope::ui {

void ChoiceBox::paintEvent(QPaintEvent* event) {
    QComboBox::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Text));
    const QPointF middle(width() - 14, height() / 2.0);
    painter.drawPolygon(QPolygonF({middle + QPointF(-4, -1.5), middle + QPointF(4, -1.5), middle + QPointF(0, 2.5)}));
}

}  // namespace awaitscope::ui
