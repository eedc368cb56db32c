// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;

namespace awaitscope::ui {

/// A card that is pressed like a button: by mouse, Return or Space.
class Card : public QFrame {
    Q_OBJECT
  public:
    Card(const QString& title, const QString& text, const QString& corner, QWidget* parent = nullptr);

    /// Shows a sign that what it leads to is done.
    void setDone(bool done);
    /// What stands in the corner of a card that is not done.
    void setCorner(const QString& text);

  signals:
    void activated();

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QString corner_;
    QLabel* side_;
    bool pressed_ = false;
};

}  // namespace awaitscope::ui
