// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/card.hpp"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QStyle>

#include "ui/panels/label.hpp"

namespace awaitscope::ui {

Card::Card(const QString& title, const QString& text, const QString& corner, QWidget* parent)
    : QFrame(parent), corner_(corner), side_(new QLabel(corner, this)) {
    setProperty("class", "card");
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(title);
    setAccessibleDescription(text);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 14, 16, 14);
    grid->setVerticalSpacing(6);
    QLabel* head = label(title, "subtitle", this);
    side_->setProperty("class", "faint");
    QLabel* words = label(text, "soft", this);
    grid->addWidget(head, 0, 0);
    grid->addWidget(side_, 0, 1, Qt::AlignRight | Qt::AlignTop);
    grid->addWidget(words, 1, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(2, 1);
}

void Card::setCorner(const QString& text) {
    corner_ = text;
    setDone(false);
}

void Card::setDone(bool done) {
    side_->setText(done ? QString::fromUtf8("✓") : corner_);
    side_->setProperty("class", done ? "good" : "faint");
    side_->style()->polish(side_);
    side_->setAccessibleName(done ? tr("finished") : corner_);
}

void Card::mousePressEvent(QMouseEvent* event) {
    pressed_ = event->button() == Qt::LeftButton;
}

void Card::mouseReleaseEvent(QMouseEvent* event) {
    const bool clicked = pressed_ && rect().contains(event->pos());
    pressed_ = false;
    if (clicked) emit activated();
}

void Card::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        emit activated();
    else
        QFrame::keyPressEvent(event);
}

}  // namespace awaitscope::ui
