// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace awaitscope::ui {

/// A box to choose from, with the arrow that a style sheet takes from Qt's own.
class ChoiceBox : public QComboBox {
    Q_OBJECT
  public:
    using QComboBox::QComboBox;

  protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace awaitscope::ui
