// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/popup_field.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace awaitscope::ui {

PopupField::PopupField(const QString& what, const QString& spoken, QWidget* parent)
    : QFrame(parent), field_(new QLineEdit(this)), words_(new QLabel(this)) {
    setProperty("class", "popup");
    setAttribute(Qt::WA_DeleteOnClose);
    field_->setPlaceholderText(what);
    field_->setAccessibleName(spoken);
    words_->setProperty("class", "soft");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->addWidget(field_);
    column->addWidget(words_);
    field_->installEventFilter(this);
}

void PopupField::open() {
    const int width = std::min(460, parentWidget()->width() - 40);
    setGeometry((parentWidget()->width() - width) / 2, 64, width, sizeHint().height());
    show();
    raise();
    field_->setFocus();
}

bool PopupField::eventFilter(QObject* watched, QEvent* event) {
    const bool escape = (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) &&
                        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (event->type() == QEvent::FocusOut || (escape && event->type() == QEvent::KeyPress)) close();
    if (escape) event->accept();
    return escape || QFrame::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
