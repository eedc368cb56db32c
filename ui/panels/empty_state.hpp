// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace awaitscope::ui {

/// What a panel shows while it has nothing to show: what would fill it, and, where there is one, a button that does.
class EmptyState : public QWidget {
    Q_OBJECT
  public:
    explicit EmptyState(const QString& title, const QString& text = {}, QWidget* parent = nullptr);

    void setText(const QString& title, const QString& text);
    QString title() const;
    /// Adds a button below the text.
    QPushButton* addButton(const QString& text);

  private:
    QLabel* title_;
    QLabel* text_;
    QVBoxLayout* column_;
};

}  // namespace awaitscope::ui
