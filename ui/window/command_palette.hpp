// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QFrame>
#include <QList>
#include <QPointer>
#include <vector>

class QLineEdit;
class QListWidget;
class QMenu;

namespace awaitscope::ui {

/// A command and its name in the palette, which is without what only a menu needs.
struct Command {
    QString name;
    QPointer<QAction> action;
};

/// The commands under their own names, and after them what only menus have, each with its submenu's title before it
/// ("Theme: Dark"). Menus are brought up to date first.
std::vector<Command> commandsOf(const QList<QAction*>& actions, const QList<QMenu*>& menus);

/// Every command of a window by its name: type a part of it, press Return. Lies over its parent, and goes by Esc or
/// when it loses the focus. What fits best what was typed stands first.
class CommandPalette : public QFrame {
    Q_OBJECT
  public:
    /// Shows the palette over `parent`; it deletes itself.
    static CommandPalette* open(QWidget* parent, std::vector<Command> commands);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    CommandPalette(QWidget* parent, std::vector<Command> commands);
    void fill(const QString& filter);
    void run();

    std::vector<Command> commands_;
    QLineEdit* filter_;
    QListWidget* list_;
};

}  // namespace awaitscope::ui
