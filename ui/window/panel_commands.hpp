// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <functional>

namespace awaitscope::ui {

class PanelDock;
class WindowActions;
class Workspace;

/// The commands on one panel, the one that had the focus last: copy its picture or its table, save or print it. A
/// panel's context menu offers them, too.
class PanelCommands : public QObject {
    Q_OBJECT
  public:
    /// The actions outlive it. `tell` shows a line to the user, as what went wrong or just so.
    PanelCommands(WindowActions& actions, std::function<void(const QString& text, bool error)> tell, QObject* parent);

    void setWorkspace(Workspace* workspace);
    /// The panel that the commands are about; nullptr on the welcome page.
    PanelDock* current() const;

  private:
    void showMenu(PanelDock* dock, const QPoint& at);
    void copyPicture();
    void copyTable();
    void savePicture();
    void print();

    WindowActions& actions_;
    std::function<void(const QString&, bool)> tell_;
    QPointer<Workspace> workspace_;
    QPointer<PanelDock> current_;
};

}  // namespace awaitscope::ui
