// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcuts_page.hpp"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>
#include <map>
#include <vector>

#include "ui/timeline/timeline_view.hpp"
#include "ui/window/window_actions.hpp"

namespace awaitscope::ui {
namespace {

constexpr int least_words = 120;  ///< pixels

struct Line {
    QStringList keys;
    QString what;
};
struct Group {
    QString title;
    std::vector<Line> rows;
};

Line line(const QList<QAction*>& actions, const QString& what) {
    Line made{{}, what};
    for (const QAction* action : actions) made.keys << ShortcutsPage::caps(action->shortcut());
    return made;
}

std::vector<Group> groups(const WindowActions& actions) {
    const Group walk{
        ShortcutsPage::tr("WALK"),
        {line({actions.run}, ShortcutsPage::tr("run or pause")),
         line({actions.step}, ShortcutsPage::tr("step: the next time a task runs")),
         line({actions.stepBack}, ShortcutsPage::tr("step back")),
         line({actions.nextIteration, actions.previousIteration}, ShortcutsPage::tr("next, previous turn of the loop")),
         line({actions.nextOutput, actions.previousOutput}, ShortcutsPage::tr("next, previous output")),
         line({actions.nextOfSelected, actions.previousOfSelected},
              ShortcutsPage::tr("next, previous step of the selected task")),
         line({actions.nextFinding, actions.previousFinding}, ShortcutsPage::tr("next, previous finding")),
         line({actions.nextEvent, actions.previousEvent}, ShortcutsPage::tr("next, previous event")),
         line({actions.first, actions.last}, ShortcutsPage::tr("first, last event")),
         line({actions.goTo}, ShortcutsPage::tr("go to a time, an event, a turn, a task")),
         line({actions.follow}, ShortcutsPage::tr("follow what is live")),
         line({actions.otherRun}, ShortcutsPage::tr("the real run, the expected run"))}};
    Group timeline{ShortcutsPage::tr("TIMELINE"), {}};
    for (const KeyRow& keys : TimelineView::keyRows()) {
        if (keys.words.isEmpty()) continue;
        Line& made = timeline.rows.emplace_back(QStringList(), keys.words);
        for (const KeyCommand& command : keys.commands) made.keys << ShortcutsPage::caps(command.keys.first());
    }
    timeline.rows.push_back(line({actions.fit}, ShortcutsPage::tr("fit everything")));
    timeline.rows.push_back(line({actions.undo, actions.redo}, ShortcutsPage::tr("undo, redo: zoom, filter, folding")));
    Group mouse{ShortcutsPage::tr("MOUSE ON THE TIMELINE"), {}};
    for (const Gesture& gesture : TimelineView::gestures()) mouse.rows.push_back({{gesture.how}, gesture.words});
    const Group find{ShortcutsPage::tr("FIND"),
                     {line({actions.search}, ShortcutsPage::tr("search tasks, lines, events")),
                      line({actions.nextMatch, actions.previousMatch}, ShortcutsPage::tr("next, previous match")),
                      line({actions.escape}, ShortcutsPage::tr("clear the search, the measure or the selection")),
                      line({actions.commands}, ShortcutsPage::tr("every command by its name")),
                      line({actions.help}, ShortcutsPage::tr("the manual")),
                      line({actions.shortcuts}, ShortcutsPage::tr("this page"))}};
    const Group open{ShortcutsPage::tr("OPEN"),
                     {line({actions.openFile}, ShortcutsPage::tr("open a recording")),
                      line({actions.openPart}, ShortcutsPage::tr("open a part of a recording")),
                      line({actions.earlierPart, actions.laterPart}, ShortcutsPage::tr("the part before, behind")),
                      line({actions.stopReading}, ShortcutsPage::tr("read no further")),
                      line({actions.attach}, ShortcutsPage::tr("attach to a running program")),
                      line({actions.record}, ShortcutsPage::tr("record it to a file")),
                      line({actions.newWindow}, ShortcutsPage::tr("another window")),
                      line({actions.close}, ShortcutsPage::tr("close what is open, then the window")),
                      line({actions.quit}, ShortcutsPage::tr("close all windows"))}};
    const Group panel{
        ShortcutsPage::tr("PANEL"),
        {line({actions.copyTable, actions.copyPicture}, ShortcutsPage::tr("copy the panel's table, its picture")),
         line({actions.savePicture}, ShortcutsPage::tr("save the panel's picture")),
         line({actions.print}, ShortcutsPage::tr("print the panel")),
         line({actions.openEditor}, ShortcutsPage::tr("open the line in your editor")),
         line({actions.larger, actions.smaller, actions.normalSize},
              ShortcutsPage::tr("everything larger, smaller, as at first"))}};
    return {walk, find, timeline, panel, open, mouse};
}

/// "Ctrl Z" as it stands on the user's keyboard.
QString keyText(const QString& keys) {
    // Qt's own words for them, which menus show: translated here as well, since Qt's translations need not be
    // installed.
    (void)QT_TRANSLATE_NOOP("QShortcut", "Ctrl");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Shift");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Alt");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Space");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Home");
    (void)QT_TRANSLATE_NOOP("QShortcut", "End");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Esc");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Left");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Right");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Up");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Down");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Return");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Backspace");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Del");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Wheel");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Drag");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Click");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Right-click");
    (void)QT_TRANSLATE_NOOP("QShortcut", "Double-click");
    (void)QT_TRANSLATE_NOOP("QShortcut", "PgUp");
    (void)QT_TRANSLATE_NOOP("QShortcut", "PgDown");
    QStringList words = keys.split(' ');
    for (QString& word : words) word = QCoreApplication::translate("QShortcut", word.toUtf8().constData());
    return words.join(' ');
}

QWidget* keyCaps(const QStringList& keys, QWidget* parent) {
    auto* made = new QWidget(parent);
    auto* line = new QHBoxLayout(made);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    for (const QString& key : keys) {
        auto* cap = new QLabel(keyText(key), made);
        cap->setProperty("class", "key");
        line->addWidget(cap);
    }
    line->addStretch(1);
    return made;
}

/// Where a language's words are too long for the window below, they go on in a second line.
void fitInto(QWidget& page, int width, const std::vector<std::vector<QLabel*>>& columns) {
    for (QWidget* widget : page.findChildren<QWidget*>()) widget->ensurePolished();
    const int over = page.sizeHint().width() - width;
    if (over <= 0) return;
    for (const std::vector<QLabel*>& words : columns) {
        int wide = 0;
        for (const QLabel* label : words) wide = std::max(wide, label->sizeHint().width());
        const int room = std::max(wide - over / static_cast<int>(columns.size()) - 1, least_words);
        for (QLabel* label : words) {
            if (label->sizeHint().width() <= room) continue;
            label->setWordWrap(true);
            label->setFixedWidth(room);
        }
    }
    page.layout()->activate();
}

}  // namespace

QString ShortcutsPage::caps(const QKeySequence& keys) {
    const Qt::KeyboardModifiers modifiers = keys[0].keyboardModifiers();
    QStringList words;
    if (modifiers & Qt::ControlModifier) words << "Ctrl";
    if (modifiers & Qt::AltModifier) words << "Alt";
    if (modifiers & Qt::ShiftModifier) words << "Shift";
    static const std::map<int, QString> signs{
        {Qt::Key_Right, "→"},         {Qt::Key_Left, "←"},   {Qt::Key_Up, "↑"},
        {Qt::Key_Down, "↓"},          {Qt::Key_Return, "↵"}, {Qt::Key_PageUp, "PgUp"},
        {Qt::Key_PageDown, "PgDown"}, {Qt::Key_Minus, "−"}};
    const int key = keys[0].key();
    const auto sign = signs.find(key);
    words << (sign != signs.end() ? sign->second : QKeySequence(key).toString(QKeySequence::PortableText));
    return words.join(' ');
}

ShortcutsPage::ShortcutsPage(const WindowActions& actions, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keys"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 14);
    column->setSpacing(10);
    auto* title = new QLabel(tr("Keys"), this);
    title->setProperty("class", "title");
    column->addWidget(title);
    auto* content = new QWidget;
    auto* thirds = new QHBoxLayout(content);
    thirds->setContentsMargins(0, 0, 12, 0);
    thirds->setSpacing(20);
    std::vector<std::vector<QLabel*>> columns;
    QGridLayout* grid = nullptr;
    int line = 0, group_at = 0;
    for (const Group& group : groups(actions)) {
        constexpr int groups_in_column = 2;
        if (group_at++ % groups_in_column == 0) {
            grid = new QGridLayout;
            grid->setHorizontalSpacing(10);
            grid->setVerticalSpacing(4);
            thirds->addLayout(grid);
            columns.emplace_back();
            line = 0;
        } else {
            grid->setRowMinimumHeight(line++, 6);
        }
        auto* head = new QLabel(group.title, content);
        head->setProperty("class", "section");
        grid->addWidget(head, line++, 0, 1, 2);
        for (const Line& entry : group.rows) {
            columns.back().push_back(new QLabel(entry.what, content));
            grid->addWidget(keyCaps(entry.keys, content), line, 0);
            grid->addWidget(columns.back().back(), line++, 1);
        }
        if (group_at % groups_in_column == 0) grid->setRowStretch(line, 1);
    }
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setAccessibleName(tr("Keys"));
    column->addWidget(scroll, 1);
    auto* note =
        new QLabel(tr("Stepping moves the cursor over what was recorded. The program itself is never stopped."), this);
    note->setProperty("class", "soft");
    column->addWidget(note);
    const QMargins around = column->contentsMargins();
    const int width = parent ? parent->window()->width() : QWIDGETSIZE_MAX;
    fitInto(*content, width - around.left() - around.right() - scroll->verticalScrollBar()->sizeHint().width(),
            columns);
    // As large as all of it, where the window below is: else it is scrolled.
    scroll->setMinimumWidth(content->sizeHint().width());
    const int height = parent ? parent->window()->height() : QWIDGETSIZE_MAX;
    scroll->setMinimumHeight(std::min(content->sizeHint().height() + 2, height - 130));
}

}  // namespace awaitscope::ui
