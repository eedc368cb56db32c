// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/panel_style.hpp"

namespace awaitscope::ui {

/// A task, a lock, a gather ... as a small plate with a coloured edge: the name strong, and a word more beside it. Can
/// be pressed, by mouse or keyboard, when setClickable.
class Chip : public QWidget {
    Q_OBJECT
  public:
    Chip(const QString& name, const QString& word, const QColor& edge, const PanelStyle& style,
         QWidget* parent = nullptr);

    void setClickable(bool clickable);
    QString name() const { return name_; }
    QString word() const { return word_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void clicked();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QFont strong() const;
    QString name_;
    QString word_;
    QColor edge_, ground_, text_, soft_;
    bool clickable_ = false;
};

}  // namespace awaitscope::ui
