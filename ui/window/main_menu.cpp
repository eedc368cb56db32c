// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_menu.hpp"

#include <QActionGroup>
#include <QFileInfo>

#include "ui/scenario/scenario_catalog.hpp"
#include "ui/window/recent_files.hpp"
#include "ui/window/size_switch.hpp"
#include "ui/window/theme.hpp"
#include "ui/window/window_actions.hpp"
#include "ui/window/window_services.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {

MainMenu::MainMenu(const WindowServices& services, const WindowActions& actions, QWidget* parent)
    : QMenu(parent), services_(services), actions_(actions) {
    addAction(actions.welcome);
    if (services.startScenario) fillScenarios(addMenu(tr("Scenarios")));
    addSeparator();
    addAction(actions.openFile);
    recent_ = addMenu(tr("Recent recordings"));
    // So many lines as a low screen has room for.
    addMenu(tr("Part of a recording"))
        ->addActions({actions.openPart, actions.earlierPart, actions.laterPart, actions.stopReading});
    addAction(actions.compare);
    addAction(actions.attach);
    addAction(actions.record);
    addSeparator();
    walk_ = addMenu(tr("Walk"));
    for (const QList<QAction*>& way : {QList<QAction*>{actions.run, actions.step} + actions.forwards(),
                                       QList<QAction*>{actions.stepBack} + actions.backwards()}) {
        walk_->addActions(way);
        walk_->addSeparator();
    }
    walk_->addActions({actions.first, actions.last, actions.goTo});
    walk_->addSeparator();
    walk_->addActions({actions.paceSteps, actions.paceTime, actions.follow});
    view_ = addMenu(tr("View"));
    panel_ = addMenu(tr("Panel"));
    panel_->addActions(
        {actions.copyPicture, actions.copyTable, actions.savePicture, actions.print, actions.openEditor});
    fillThemes(addMenu(tr("Theme")));
    fillSizes(addMenu(tr("Size")));
    addSeparator();
    addAction(actions.commands);
    addMenu(tr("Help"))->addActions({actions.help, actions.tour, actions.shortcuts, actions.about});
    addSeparator();
    addAction(actions.newWindow);
    addAction(actions.close);
    addAction(actions.quit);
    connect(recent_, &QMenu::aboutToShow, this, &MainMenu::fillRecent);
    connect(view_, &QMenu::aboutToShow, this, &MainMenu::fillView);
    connect(this, &QMenu::aboutToShow, this, [this] {
        recent_->setEnabled(services_.openFile && !RecentFiles::list().isEmpty());
        for (QMenu* menu : {walk_, view_, panel_}) menu->setEnabled(workspace_);
    });
}

void MainMenu::setWorkspace(Workspace* workspace) {
    workspace_ = workspace;
}

void MainMenu::fillScenarios(QMenu* menu) {
    QMenu* chapter = menu;
    std::string name;
    for (const ScenarioEntry& entry : scenarioCatalog()) {
        if (entry.story.chapter != name) {
            name = entry.story.chapter;
            chapter = name.empty() ? menu : menu->addMenu(QString::fromStdString(name));
        }
        connect(chapter->addAction(QString::fromStdString(entry.story.title)), &QAction::triggered, this,
                [this, scenario = entry.name] { emit scenarioChosen(scenario); });
    }
    menu->setEnabled(!menu->isEmpty());
}

void MainMenu::fillRecent() {
    recent_->clear();
    for (const QString& path : RecentFiles::list()) {
        QAction* action = recent_->addAction(QFileInfo(path).fileName());
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { emit fileChosen(path); });
    }
}

void MainMenu::fillView() {
    view_->clear();
    if (workspace_) workspace_->fillViewMenu(view_);
    view_->addSeparator();
    view_->addAction(actions_.fit);
    view_->addAction(actions_.otherRun);
    view_->addAction(actions_.undo);
    view_->addAction(actions_.redo);
    view_->addSeparator();
    view_->addAction(actions_.frameTimes);
    view_->addAction(actions_.resetLayout);
}

void MainMenu::fillSizes(QMenu* menu) {
    auto* group = new QActionGroup(menu);
    for (const int percent : SizeSwitch::percents()) {
        QAction* action = menu->addAction(tr("%1 %").arg(percent));
        action->setCheckable(true);
        action->setData(percent);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [percent] { SizeSwitch::instance().choose(percent); });
    }
    menu->addSeparator();
    menu->addActions({actions_.larger, actions_.smaller, actions_.normalSize});
    connect(menu, &QMenu::aboutToShow, this, [group] {
        for (QAction* action : group->actions())
            action->setChecked(action->data().toInt() == SizeSwitch::instance().percent());
    });
}

void MainMenu::fillThemes(QMenu* menu) {
    using Choice = ThemeSwitch::Choice;
    auto* group = new QActionGroup(menu);
    const std::pair<Choice, QString> choices[] = {{Choice::system, tr("As the system")},
                                                  {Choice::light, tr("Light")},
                                                  {Choice::dark, tr("Dark")},
                                                  {Choice::contrast, tr("High contrast")}};
    for (const auto& [choice, name] : choices) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [choice = choice] { ThemeSwitch::instance().choose(choice); });
    }
    connect(menu, &QMenu::aboutToShow, this, [group] {
        for (QAction* action : group->actions())
            action->setChecked(action->data().toInt() == static_cast<int>(ThemeSwitch::instance().choice()));
    });
}

}  // namespace awaitscope::ui
