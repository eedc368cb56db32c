// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

namespace awaitscope::ui {

/// Every command of a window, with its name and its keys, in one place: the bar, the menus, the command palette and the
/// keyboard all use these. Belongs to the window it is made for, which connects them.
class WindowActions : public QObject {
    Q_OBJECT
  public:
    explicit WindowActions(QWidget* window);

    QAction* run;  ///< its text follows what it would do: Run, Pause
    QAction* step;
    QAction* stepBack;
    QAction* nextIteration;
    QAction* previousIteration;
    QAction* nextOutput;
    QAction* previousOutput;
    QAction* nextEvent;
    QAction* previousEvent;
    QAction* nextOfSelected;
    QAction* previousOfSelected;
    QAction* nextFinding;
    QAction* previousFinding;
    QAction* first;
    QAction* last;
    QAction* goTo;
    QAction* paceSteps;  ///< checkable, as is the next: one of the two is
    QAction* paceTime;
    QAction* follow;  ///< checkable
    QAction* fit;
    QAction* undo;
    QAction* redo;
    QAction* otherRun;  ///< only with two runs side by side
    QAction* search;
    QAction* nextMatch;
    QAction* previousMatch;
    QAction* frameTimes;  ///< checkable
    QAction* escape;
    QAction* openFile;
    QAction* openPart;  ///< of the recording that is open, or else of one to be chosen
    QAction* stopReading;
    QAction* earlierPart;  ///< of a recording that is not open as a whole
    QAction* laterPart;
    QAction* compare;
    QAction* attach;
    QAction* record;       ///< checkable
    QAction* copyPicture;  ///< of the panel that had the focus last, as the next three
    QAction* copyTable;
    QAction* savePicture;
    QAction* print;
    QAction* openEditor;
    QAction* newWindow;
    QAction* close;
    QAction* quit;
    QAction* welcome;
    QAction* resetLayout;
    QAction* larger;  ///< of everything, as the next two
    QAction* smaller;
    QAction* normalSize;
    QAction* help;
    QAction* tour;
    QAction* shortcuts;
    QAction* commands;
    QAction* about;

    /// Those that need an open source.
    QList<QAction*> onSource() const;
    /// Every way forwards, or back, beside the step itself.
    QList<QAction*> forwards() const { return {nextIteration, nextOutput, nextOfSelected, nextFinding, nextEvent}; }
    QList<QAction*> backwards() const {
        return {previousIteration, previousOutput, previousOfSelected, previousFinding, previousEvent};
    }
    /// All of them, for the command palette.
    QList<QAction*> all() const { return all_; }

  private:
    QAction* make(QWidget* window, const QString& text, const QList<QKeySequence>& keys, const QString& tip);
    QList<QAction*> all_;
};

}  // namespace awaitscope::ui
