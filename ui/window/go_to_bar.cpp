// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/go_to_bar.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/go_to.hpp"

namespace awaitscope::ui {

GoToBar* GoToBar::open(QWidget* parent, TraceSession& session, ViewState& view) {
    auto* bar = new GoToBar(parent, session, view);
    const int width = std::min(460, parent->width() - 40);
    bar->setGeometry((parent->width() - width) / 2, 64, width, bar->sizeHint().height());
    bar->show();
    bar->raise();
    bar->field_->setFocus();
    return bar;
}

GoToBar::GoToBar(QWidget* parent, TraceSession& session, ViewState& view)
    : QFrame(parent), session_(session), view_(view), field_(new QLineEdit(this)), words_(new QLabel(this)) {
    setObjectName("goToPopup");
    setAttribute(Qt::WA_DeleteOnClose);
    field_->setPlaceholderText(tr("Go to a time, an event, a turn, a task"));
    field_->setAccessibleName(tr("Go to"));
    words_->setObjectName("goToWords");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->addWidget(field_);
    column->addWidget(words_);
    connect(field_, &QLineEdit::textChanged, this, &GoToBar::preview);
    connect(field_, &QLineEdit::returnPressed, this, &GoToBar::go);
    field_->installEventFilter(this);
    preview();
}

void GoToBar::preview() {
    const GoToTarget target = readGoTo(field_->text(), *session_.trace(), view_.cursor());
    words_->setText(target.words);
    field_->setAccessibleDescription(target.words);
    words_->setProperty("class", target.found || field_->text().isEmpty() ? "soft" : "bad");
    words_->style()->polish(words_);
}

void GoToBar::go() {
    const GoToTarget target = readGoTo(field_->text(), *session_.trace(), view_.cursor());
    if (!target.found) return;
    view_.setCursor(target.event);
    if (target.task != no_task) view_.setSelectedTask(target.task);
    close();
}

bool GoToBar::eventFilter(QObject* watched, QEvent* event) {
    const bool escape = (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) &&
                        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (event->type() == QEvent::FocusOut || (escape && event->type() == QEvent::KeyPress)) close();
    if (escape) event->accept();
    return escape || QFrame::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
