// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;

namespace awaitscope::ui {

/// A field over the window with a line of words below it. Escape and a click elsewhere close it; what Return does, who
/// makes it says. It deletes itself when it closes.
class PopupField : public QFrame {
    Q_OBJECT
  public:
    PopupField(const QString& what, const QString& spoken, QWidget* parent);

    /// Lies near the top of its parent, and takes the focus.
    void open();
    QLineEdit* field() const { return field_; }
    QLabel* words() const { return words_; }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QLineEdit* field_;
    QLabel* words_;
};

}  // namespace awaitscope::ui
