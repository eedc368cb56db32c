// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcuts_page.hpp"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <vector>

namespace awaitscope::ui {
namespace {

constexpr int least_words = 120;  ///< pixels

struct Row {
    QStringList keys;
    QString what;
};
struct Group {
    QString title;
    std::vector<Row> rows;
};

std::vector<Group> groups() {
    return {{ShortcutsPage::tr("WALK"),
             {{{"Space"}, ShortcutsPage::tr("run or pause")},
              {{"→"}, ShortcutsPage::tr("step: the next time a task runs")},
              {{"←"}, ShortcutsPage::tr("step back")},
              {{"Shift →", "Shift ←"}, ShortcutsPage::tr("next, previous turn of the loop")},
              {{"Ctrl →", "Ctrl ←"}, ShortcutsPage::tr("next, previous output")},
              {{"Ctrl Shift →", "Ctrl Shift ←"}, ShortcutsPage::tr("next, previous step of the selected task")},
              {{"F8", "Shift F8"}, ShortcutsPage::tr("next, previous finding")},
              {{".", ","}, ShortcutsPage::tr("next, previous event")},
              {{"Home", "End"}, ShortcutsPage::tr("first, last event")},
              {{"Ctrl G"}, ShortcutsPage::tr("go to a time, an event, a turn, a task")},
              {{"L"}, ShortcutsPage::tr("follow what is live")}}},
            {ShortcutsPage::tr("LOOK"),
             {{{"W", "S"}, ShortcutsPage::tr("zoom in, out")},
              {{"A", "D"}, ShortcutsPage::tr("pan left, right")},
              {{"F"}, ShortcutsPage::tr("fit everything")},
              {{"Z"}, ShortcutsPage::tr("zoom to the selected task's life")},
              {{"Ctrl Z", "Ctrl Shift Z"}, ShortcutsPage::tr("undo, redo: zoom, filter, folding")},
              {{"X"}, ShortcutsPage::tr("axis of time, or of steps")},
              {{"M", "[", "]"}, ShortcutsPage::tr("mark the cursor; go to the marks")},
              {{"Wheel"}, ShortcutsPage::tr("with Ctrl: zoom at the pointer")},
              {{"B"}, ShortcutsPage::tr("the real run, the expected run")},
              {{"/"}, ShortcutsPage::tr("search tasks, lines, events")},
              {{"F3", "Shift F3"}, ShortcutsPage::tr("next, previous match")},
              {{"Esc"}, ShortcutsPage::tr("clear the selection or the search")}}},
            {ShortcutsPage::tr("OPEN"),
             {{{"Ctrl O"}, ShortcutsPage::tr("open a recording")},
              {{"Ctrl T"}, ShortcutsPage::tr("attach to a running program")},
              {{"Ctrl N"}, ShortcutsPage::tr("another window")},
              {{"Ctrl W"}, ShortcutsPage::tr("close what is open, then the window")},
              {{"Ctrl Shift P"}, ShortcutsPage::tr("every command by its name")},
              {{"F1"}, ShortcutsPage::tr("the manual")},
              {{"Ctrl +", "Ctrl −"}, ShortcutsPage::tr("everything larger, smaller")},
              {{"Ctrl P"}, ShortcutsPage::tr("print the panel")},
              {{"Ctrl Shift C"}, ShortcutsPage::tr("copy the panel's picture")},
              {{"Ctrl Shift T"}, ShortcutsPage::tr("copy the panel's table")},
              {{"?"}, ShortcutsPage::tr("this page")}}}};
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
void fitInto(QDialog& page, int width, const std::vector<std::vector<QLabel*>>& columns) {
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

ShortcutsPage::ShortcutsPage(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keys"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    auto* title = new QLabel(tr("Keys"), this);
    title->setProperty("class", "title");
    column->addWidget(title);
    auto* halves = new QHBoxLayout;
    halves->setSpacing(20);
    std::vector<std::vector<QLabel*>> columns;
    for (const Group& group : groups()) {
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(10);
        grid->setVerticalSpacing(9);
        auto* head = new QLabel(group.title, this);
        head->setProperty("class", "section");
        grid->addWidget(head, 0, 0, 1, 2);
        int row = 1;
        std::vector<QLabel*>& words = columns.emplace_back();
        for (const Row& entry : group.rows) {
            words.push_back(new QLabel(entry.what, this));
            grid->addWidget(keyCaps(entry.keys, this), row, 0);
            grid->addWidget(words.back(), row++, 1);
        }
        grid->setRowStretch(row, 1);
        halves->addLayout(grid);
    }
    column->addLayout(halves);
    auto* note =
        new QLabel(tr("Stepping moves the cursor over what was recorded. The program itself is never stopped."), this);
    note->setProperty("class", "soft");
    column->addWidget(note);
    if (parent) fitInto(*this, parent->window()->width(), columns);
}

}  // namespace awaitscope::ui
