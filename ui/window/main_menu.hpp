// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <QPointer>

namespace awaitscope::ui {

class WindowActions;
class Workspace;
struct WindowServices;

/// The menu behind the bar's first button: what can be opened, the panels, the theme, help.
class MainMenu : public QMenu {
    Q_OBJECT
  public:
    /// Services and actions outlive it.
    MainMenu(const WindowServices& services, const WindowActions& actions, QWidget* parent);

    /// Whose panels the View menu lists; nullptr on the welcome page.
    void setWorkspace(Workspace* workspace);

  signals:
    void scenarioChosen(QString name);
    void fileChosen(QString path);

  private:
    void fillScenarios(QMenu* menu);
    void fillRecent();
    void fillView();
    void fillThemes(QMenu* menu);
    void fillSizes(QMenu* menu);

    const WindowServices& services_;
    const WindowActions& actions_;
    QPointer<Workspace> workspace_;
    QMenu* recent_;
    QMenu* walk_;
    QMenu* view_;
    QMenu* panel_;
};

}  // namespace awaitscope::ui
