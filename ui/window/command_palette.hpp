// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace awaitscope::ui {

/// Every command of a window by its name: type a part of it, press Return. Lies over its parent, and goes by Esc or
/// when it loses the focus.
class CommandPalette : public QFrame {
    Q_OBJECT
  public:
    /// Shows the palette over `parent`; it deletes itself.
    static CommandPalette* open(QWidget* parent, const QList<QAction*>& actions);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    CommandPalette(QWidget* parent, const QList<QAction*>& actions);
    void fill(const QString& filter);
    void run();

    QList<QAction*> actions_;
    QLineEdit* filter_;
    QListWidget* list_;
};

}  // namespace awaitscope::ui
