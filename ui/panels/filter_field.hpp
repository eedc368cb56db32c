// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include "ui/model/view_state.hpp"

namespace awaitscope::ui {

/// A field that narrows a panel. What it holds is the view state's filter of that name, so that undo takes it back with
/// everything else that was looked at; undo in the field is the window's. Its textChanged() tells of both.
class FilterField : public QLineEdit {
    Q_OBJECT
  public:
    /// `name` is the filter's; `what` stands in the empty field, `spoken` is its accessible name. The view outlives it.
    FilterField(ViewState& view, const QString& name, const QString& what, const QString& spoken, QWidget* parent);

    QSize sizeHint() const override { return {maximumWidth(), QLineEdit::sizeHint().height()}; }

  protected:
    bool event(QEvent* event) override;
};

}  // namespace awaitscope::ui
