// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace awaitscope::ui {

/// One clear line below the top bar: an error, or how a source ended. Stays until it is dismissed or replaced.
class Banner : public QFrame {
    Q_OBJECT
  public:
    enum class Kind { note, error };
    explicit Banner(QWidget* parent = nullptr);

    void tell(Kind kind, const QString& text);
    void clear();
    /// Empty while nothing is told.
    QString text() const;

  private:
    QLabel* sign_;
    QLabel* text_;
};

}  // namespace awaitscope::ui
