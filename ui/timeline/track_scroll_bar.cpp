// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/track_scroll_bar.hpp"

#include <QPainter>
#include <QStyleOptionSlider>

namespace awaitscope::ui {

TrackScrollBar::TrackScrollBar(QWidget* parent) : QScrollBar(Qt::Vertical, parent) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    // Where the thumb lies is the style's to say, for it answers the mouse: here from end to end, without buttons.
    setStyleSheet(
        QStringLiteral("QScrollBar { margin: 0; border: none; }"
                       "QScrollBar::handle { min-height: 24px; }"
                       "QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"));
}

void TrackScrollBar::setColors(const QColor& ground, const QColor& thumb) {
    ground_ = ground;
    thumb_ = thumb;
    update();
}

void TrackScrollBar::paintEvent(QPaintEvent*) {
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect thumb = style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, this);
    QPainter painter(this);
    painter.fillRect(rect(), ground_);
    painter.fillRect(thumb.adjusted(2, 1, -2, -1), thumb_);
}

}  // namespace awaitscope::ui
