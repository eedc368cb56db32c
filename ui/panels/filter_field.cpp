// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/filter_field.hpp"

#include <QKeyEvent>

namespace awaitscope::ui {

FilterField::FilterField(ViewState& view, const QString& name, const QString& what, const QString& spoken,
                         QWidget* parent)
    : QLineEdit(view.filter(name), parent) {
    setPlaceholderText(what);
    setAccessibleName(spoken);
    setClearButtonEnabled(true);
    setMinimumWidth(104);
    setMaximumWidth(190);
    connect(this, &QLineEdit::textChanged, &view, [&view, name](const QString& text) { view.setFilter(name, text); });
    connect(&view, &ViewState::filterChanged, this, [this, &view, name](const QString& changed) {
        if (changed == name && text() != view.filter(name)) setText(view.filter(name));
    });
}

bool FilterField::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return false;
        }
    }
    return QLineEdit::event(event);
}

}  // namespace awaitscope::ui
