// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/empty_state.hpp"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace awaitscope::ui {

EmptyState::EmptyState(const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent), title_(new QLabel(this)), text_(new QLabel(this)), column_(new QVBoxLayout(this)) {
    title_->setProperty("class", "strong soft");
    text_->setProperty("class", "soft");
    title_->setWordWrap(true);
    text_->setWordWrap(true);
    column_->setContentsMargins(18, 16, 18, 16);
    column_->setSpacing(6);
    column_->addWidget(title_);
    column_->addWidget(text_);
    column_->addStretch(1);
    setText(title, text);
}

void EmptyState::setText(const QString& title, const QString& text) {
    title_->setText(title);
    text_->setText(text);
    text_->setVisible(!text.isEmpty());
}

QString EmptyState::title() const {
    return title_->text();
}

QPushButton* EmptyState::addButton(const QString& text) {
    auto* button = new QPushButton(text, this);
    column_->insertWidget(column_->count() - 1, button, 0, Qt::AlignLeft);
    return button;
}

}  // namespace awaitscope::ui
