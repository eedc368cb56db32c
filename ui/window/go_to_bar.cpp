// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/go_to_bar.hpp"

#include <QLabel>
#include <QLineEdit>
#include <QStyle>

#include "ui/model/go_to.hpp"

namespace awaitscope::ui {

GoToBar::GoToBar(QWidget* parent, TraceSession& session, ViewState& view)
    : PopupField(tr("Go to a time, an event, a turn, a task"), tr("Go to"), parent), session_(session), view_(view) {
    setObjectName("goToPopup");
    words()->setObjectName("goToWords");
    connect(field(), &QLineEdit::textChanged, this, &GoToBar::preview);
    connect(field(), &QLineEdit::returnPressed, this, &GoToBar::go);
    preview();
}

void GoToBar::preview() {
    const GoToTarget target = readGoTo(field()->text(), *session_.trace(), view_.cursor());
    words()->setText(target.words);
    field()->setAccessibleDescription(target.words);
    words()->setProperty("class", target.found || field()->text().isEmpty() ? "soft" : "bad");
    words()->style()->polish(words());
}

void GoToBar::go() {
    const GoToTarget target = readGoTo(field()->text(), *session_.trace(), view_.cursor());
    if (!target.found) return;
    view_.setCursor(target.event);
    if (target.task != no_task) view_.setSelectedTask(target.task);
    close();
}

}  // namespace awaitscope::ui
