// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QAction;

namespace awaitscope::ui {

class Stepper;
class TopBar;
class WindowActions;
class Workspace;

/// The commands that move the cursor, joined to the stepper of whatever is open: every way to step, the walk with its
/// speed and pace, and Go to.
class WalkCommands : public QObject {
    Q_OBJECT
  public:
    /// Actions, bar and `popup_area`, over which Go to opens, outlive it.
    WalkCommands(WindowActions& actions, TopBar& bar, QWidget* popup_area, QObject* parent);

    /// Whose cursor is moved; nullptr: nobody's.
    void setWorkspace(Workspace* workspace);

  private:
    void connectSteps();
    void showPace();
    void goTo();

    WindowActions& actions_;
    TopBar& bar_;
    QWidget* popup_area_;
    QPointer<Workspace> workspace_;
};

}  // namespace awaitscope::ui
