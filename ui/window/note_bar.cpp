// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/note_bar.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

#include "ui/model/format.hpp"

namespace awaitscope::ui {

NoteBar::NoteBar(QWidget* parent, TraceSession& session, ViewState& view, EventIndex event)
    : PopupField(tr("A note for this mark"), tr("Note of the mark"), parent), view_(view), event_(event) {
    setObjectName("notePopup");
    field()->setText(view.marks().at(event));
    field()->selectAll();
    words()->setText(tr("Marked at %1. Return keeps the note, Shift+M removes the mark.")
                         .arg(formatTime(session.trace()->time_at(event))));
    field()->setAccessibleDescription(words()->text());
    connect(field(), &QLineEdit::returnPressed, this, &QWidget::close);
    connect(field(), &QLineEdit::editingFinished, this, [this] { view_.setMark(event_, field()->text()); });
}

bool NoteBar::eventFilter(QObject* watched, QEvent* event) {
    // What was typed is kept with any other end.
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
        field()->disconnect(this);
    return PopupField::eventFilter(watched, event);
}

}  // namespace awaitscope::ui
