// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chip.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "ui/model/plain_tip.hpp"

namespace awaitscope::ui {
namespace {

constexpr int chip_height = 26;
constexpr int edge_width = 3;
constexpr int side = 9;
constexpr int gap = 6;

}  // namespace

Chip::Chip(const QString& name, const QString& word, const QColor& edge, const PanelStyle& style, QWidget* parent)
    : QWidget(parent),
      name_(name),
      word_(word),
      edge_(edge),
      ground_(style.chip),
      text_(style.text),
      soft_(style.textSoft) {
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAccessibleName(word.isEmpty() ? name : name + ' ' + word);
    setToolTip(plainTip(accessibleName()));
}

void Chip::setClickable(bool clickable) {
    clickable_ = clickable;
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setFocusPolicy(clickable ? Qt::TabFocus : Qt::NoFocus);
}

QFont Chip::strong() const {
    QFont made = font();
    made.setWeight(QFont::DemiBold);
    return made;
}

QSize Chip::sizeHint() const {
    const int words = QFontMetrics(strong()).horizontalAdvance(name_) +
                      (word_.isEmpty() ? 0 : gap + fontMetrics().horizontalAdvance(word_));
    return {edge_width + side * 2 + words + 2, chip_height};
}

QSize Chip::minimumSizeHint() const {
    return {std::min(sizeHint().width(), 60), chip_height};
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath plate;
    plate.addRoundedRect(rect(), 5, 5);
    painter.setClipPath(plate);
    painter.fillRect(rect(), ground_);
    painter.fillRect(QRect(0, 0, edge_width, this->height()), edge_);
    const int left = edge_width + side;
    const int room = width() - left - side + 2;
    painter.setFont(strong());
    painter.setPen(text_);
    const QString name = painter.fontMetrics().elidedText(name_, Qt::ElideMiddle, room);
    painter.drawText(QRect(left, 0, room, this->height()), Qt::AlignVCenter, name);
    const int used = painter.fontMetrics().horizontalAdvance(name) + gap;
    if (!word_.isEmpty() && used < room) {
        painter.setFont(font());
        painter.setPen(soft_);
        painter.drawText(QRect(left + used, 0, room - used, this->height()), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(word_, Qt::ElideRight, room - used));
    }
    if (hasFocus()) {
        painter.setClipping(false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(edge_, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    }
}

void Chip::mouseReleaseEvent(QMouseEvent* event) {
    if (clickable_ && event->button() == Qt::LeftButton && rect().contains(event->pos())) emit clicked();
}

void Chip::keyPressEvent(QKeyEvent* event) {
    if (clickable_ && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        emit clicked();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace awaitscope::ui
