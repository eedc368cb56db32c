// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_actions.hpp"

#include <QActionGroup>
#include <QWidget>

namespace awaitscope::ui {

QAction* WindowActions::make(QWidget* window, const QString& text, const QList<QKeySequence>& keys,
                             const QString& tip) {
    auto* action = new QAction(text, window);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    action->setToolTip(keys.isEmpty() ? tip
                                      : QString("%1  (%2)").arg(tip, keys.first().toString(QKeySequence::NativeText)));
    window->addAction(action);
    all_ << action;
    return action;
}

WindowActions::WindowActions(QWidget* window) : QObject(window) {
    run = make(window, tr("Run"), {Qt::Key_Space}, tr("Run on, step by step, or pause"));
    step = make(window, tr("Step"), {Qt::Key_Right}, tr("Go to the next time a task runs"));
    stepBack = make(window, tr("Step back"), {Qt::Key_Left}, tr("Go back to the time a task ran before"));
    nextIteration =
        make(window, tr("Next turn of the loop"), {Qt::SHIFT | Qt::Key_Right}, tr("Go to the loop's next turn"));
    previousIteration =
        make(window, tr("Previous turn of the loop"), {Qt::SHIFT | Qt::Key_Left}, tr("Go to the loop's previous turn"));
    nextOutput = make(window, tr("Next output"), {Qt::CTRL | Qt::Key_Right}, tr("Go to what is printed next"));
    previousOutput =
        make(window, tr("Previous output"), {Qt::CTRL | Qt::Key_Left}, tr("Go to what was printed before"));
    nextEvent = make(window, tr("Next event"), {Qt::Key_Period}, tr("Go to the next event of the log"));
    previousEvent = make(window, tr("Previous event"), {Qt::Key_Comma}, tr("Go to the event of the log before"));
    nextOfSelected = make(window, tr("Next step of the selected task"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Right},
                          tr("Go to the next time the selected task runs"));
    previousOfSelected = make(window, tr("Previous step of the selected task"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Left},
                              tr("Go back to the time the selected task ran before"));
    nextFinding = make(window, tr("Next finding"), {Qt::Key_F8}, tr("Go to what was found next"));
    previousFinding = make(window, tr("Previous finding"), {Qt::SHIFT | Qt::Key_F8}, tr("Go to what was found before"));
    first = make(window, tr("First event"), {Qt::Key_Home}, tr("Go to the beginning"));
    last = make(window, tr("Last event"), {Qt::Key_End}, tr("Go to the end"));
    goTo = make(window, tr("Go to..."), {Qt::CTRL | Qt::Key_G}, tr("Go to a time, an event, a turn or a task"));
    paceSteps = make(window, tr("Run step by step"), {}, tr("Run gives each step the same time"));
    paceTime = make(window, tr("Run as time passed"), {}, tr("Run lets the program's own time pass"));
    auto* pace = new QActionGroup(this);
    for (QAction* action : {paceSteps, paceTime}) {
        action->setCheckable(true);
        pace->addAction(action);
    }
    follow = make(window, tr("Follow"), {Qt::Key_L}, tr("Keep up with what is live"));
    follow->setCheckable(true);
    fit = make(window, tr("Fit"), {Qt::Key_F}, tr("Show the whole time"));
    undo = make(window, tr("Undo"), {Qt::CTRL | Qt::Key_Z, Qt::Key_Backspace},
                tr("Take back the last zoom, filter, search or folding"));
    redo = make(window, tr("Redo"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y},
                tr("Do again what was taken back"));
    otherRun = make(window, tr("The other run"), {Qt::Key_B},
                    tr("Go from the run that is to the one that is expected, and back"));
    otherRun->setEnabled(false);
    search = make(window, tr("Search"), {Qt::Key_Slash, Qt::CTRL | Qt::Key_F}, tr("Search tasks, lines, events"));
    nextMatch = make(window, tr("Next match"), {Qt::Key_F3}, tr("Go to what the search found next"));
    previousMatch =
        make(window, tr("Previous match"), {Qt::SHIFT | Qt::Key_F3}, tr("Go to what the search found before"));
    frameTimes = make(window, tr("Frame times"), {}, tr("Show in the timeline how long it takes to draw"));
    frameTimes->setCheckable(true);
    escape =
        make(window, tr("Clear selection and search"), {Qt::Key_Escape}, tr("Clear the search, then the selection"));
    openFile = make(window, tr("Open a file..."), {QKeySequence::Open}, tr("Open a recording"));
    openPart = make(window, tr("Open a part of a recording..."), {Qt::CTRL | Qt::SHIFT | Qt::Key_O},
                    tr("Open what lies from one time to another, of a recording of any size"));
    stopReading = make(window, tr("Stop reading"), {Qt::SHIFT | Qt::Key_Escape},
                       tr("Read no further: what has been read of the file stays open"));
    earlierPart = make(window, tr("Open the part before"), {Qt::ALT | Qt::Key_PageUp},
                       tr("Open the part of the recording before the one that is open"));
    laterPart = make(window, tr("Open the part behind"), {Qt::ALT | Qt::Key_PageDown},
                     tr("Open the part of the recording behind the one that is open"));
    compare = make(window, tr("Compare two recordings..."), {}, tr("See what became slower, what is new or gone"));
    attach = make(window, tr("Attach..."), {Qt::CTRL | Qt::Key_T}, tr("Attach to a running program"));
    record =
        make(window, tr("Record to a file..."), {Qt::CTRL | Qt::Key_R}, tr("Record the attached program into a file"));
    record->setCheckable(true);
    copyPicture = make(window, tr("Copy the panel's picture"), {Qt::CTRL | Qt::SHIFT | Qt::Key_C},
                       tr("Put a picture of the panel on the clipboard"));
    copyTable = make(window, tr("Copy the panel's table"), {QKeySequence::Copy, Qt::CTRL | Qt::SHIFT | Qt::Key_T},
                     tr("Put the panel's table on the clipboard, as a spreadsheet takes it"));
    savePicture = make(window, tr("Save the panel's picture..."), {Qt::CTRL | Qt::SHIFT | Qt::Key_S},
                       tr("Write a picture of the panel into a file"));
    print = make(window, tr("Print the panel..."), {QKeySequence::Print}, tr("Print the panel"));
    openEditor = make(window, tr("Open the line in your editor"), {Qt::Key_F4},
                      tr("Open the line that the Source panel marks in your own editor"));
    newWindow = make(window, tr("New window"), {QKeySequence::New}, tr("Open another window"));
    close = make(window, tr("Close"), {Qt::CTRL | Qt::Key_W, Qt::CTRL | Qt::Key_F4},
                 tr("Close what is open, then the window"));
    quit = make(window, tr("Quit"), {Qt::CTRL | Qt::Key_Q}, tr("Close all windows"));
    welcome = make(window, tr("Welcome page"), {}, tr("Scenarios, running programs and recordings"));
    resetLayout = make(window, tr("Reset the layout"), {}, tr("Put all panels back where they were at first"));
    larger = make(window, tr("Draw everything larger"), {Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal},
                  tr("Larger words, panels and pictures"));
    smaller = make(window, tr("Draw everything smaller"), {Qt::CTRL | Qt::Key_Minus},
                   tr("Smaller words, panels and pictures"));
    normalSize =
        make(window, tr("Draw everything at its normal size"), {Qt::CTRL | Qt::Key_0}, tr("As large as at first"));
    help = make(window, tr("Help"), {QKeySequence::HelpContents}, tr("The manual"));
    tour = make(window, tr("Show me around"), {}, tr("A short tour of what is open"));
    shortcuts = make(window, tr("Keys"), {Qt::Key_Question}, tr("Every key, on one page"));
    commands = make(window, tr("Commands"), {Qt::CTRL | Qt::SHIFT | Qt::Key_P}, tr("Every command by its name"));
    about = make(window, tr("About Awaitscope"), {}, tr("Version and licence"));
    // What the bar's buttons say: with a sign on the side to which they go.
    step->setIconText(step->text() + QString::fromUtf8("  ▶"));
    stepBack->setIconText(QString::fromUtf8("◀  ") + stepBack->text());
    attach->setIconText(attach->text());
    for (QAction* action : onSource()) action->setEnabled(false);
    for (QAction* action : {record, stopReading, earlierPart, laterPart}) action->setEnabled(false);
}

QList<QAction*> WindowActions::onSource() const {
    return QList<QAction*>{nextMatch, previousMatch, frameTimes, run,         step,        stepBack,
                           first,     last,          goTo,       paceSteps,   paceTime,    follow,
                           fit,       undo,          redo,       search,      resetLayout, escape,
                           welcome,   copyPicture,   copyTable,  savePicture, print,       openEditor} +
           forwards() + backwards();
}

}  // namespace awaitscope::ui
