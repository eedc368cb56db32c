// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/walk_commands.hpp"

#include <QSettings>

#include "ui/model/stepper.hpp"
#include "ui/window/go_to_bar.hpp"
#include "ui/window/note_bar.hpp"
#include "ui/window/top_bar.hpp"
#include "ui/window/window_actions.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {

WalkCommands::WalkCommands(WindowActions& actions, TopBar& bar, QWidget* popup_area, QObject* parent)
    : QObject(parent), actions_(actions), bar_(bar), popup_area_(popup_area) {
    connectSteps();
    connect(actions_.goTo, &QAction::triggered, this, &WalkCommands::goTo);
    const std::pair<QAction*, Stepper::Pace> paces[] = {{actions_.paceSteps, Stepper::Pace::steps},
                                                        {actions_.paceTime, Stepper::Pace::time}};
    for (const auto& [action, pace] : paces)
        connect(action, &QAction::triggered, this, [this, pace = pace] {
            if (workspace_) workspace_->stepper().setPace(pace);
        });
    connect(&bar_, &TopBar::speedChosen, this, [this](double speed) {
        bar_.setSpeed(speed);
        QSettings().setValue("speed", speed);
        if (workspace_) workspace_->stepper().setSpeed(speed);
    });
}

void WalkCommands::connectSteps() {
    const std::pair<QAction*, void (Stepper::*)()> steps[] = {
        {actions_.run, &Stepper::toggle},
        {actions_.step, &Stepper::step},
        {actions_.stepBack, &Stepper::stepBack},
        {actions_.nextEvent, &Stepper::nextEvent},
        {actions_.previousEvent, &Stepper::previousEvent},
        {actions_.nextIteration, &Stepper::nextIteration},
        {actions_.previousIteration, &Stepper::previousIteration},
        {actions_.nextOutput, &Stepper::nextOutput},
        {actions_.previousOutput, &Stepper::previousOutput},
        {actions_.nextOfSelected, &Stepper::nextStepOfSelected},
        {actions_.previousOfSelected, &Stepper::previousStepOfSelected},
        {actions_.nextFinding, &Stepper::nextFinding},
        {actions_.previousFinding, &Stepper::previousFinding},
        {actions_.first, &Stepper::first},
        {actions_.last, &Stepper::last},
    };
    for (const auto& [action, step] : steps)
        connect(action, &QAction::triggered, this, [this, step = step] {
            if (workspace_) (workspace_->stepper().*step)();
        });
}

void WalkCommands::setWorkspace(Workspace* workspace) {
    workspace_ = workspace;
    if (!workspace) return;
    Stepper& stepper = workspace->stepper();
    stepper.setSpeed(QSettings().value("speed", 1.0).toDouble());
    bar_.setSpeed(stepper.speed());
    bar_.setRunning(stepper.running());
    showPace();
    connect(&stepper, &Stepper::runningChanged, this, [this, &stepper] { bar_.setRunning(stepper.running()); });
    connect(&stepper, &Stepper::paceChanged, this, &WalkCommands::showPace);
    connect(workspace, &Workspace::noteWanted, this, [this](EventIndex of) {
        (new NoteBar(popup_area_, workspace_->session(), workspace_->view(), of))->open();
    });
}

void WalkCommands::showPace() {
    const bool by_steps = workspace_->stepper().pace() == Stepper::Pace::steps;
    actions_.paceSteps->setChecked(by_steps);
    actions_.paceTime->setChecked(!by_steps);
}

void WalkCommands::goTo() {
    if (workspace_) (new GoToBar(popup_area_, workspace_->session(), workspace_->view()))->open();
}

}  // namespace awaitscope::ui
