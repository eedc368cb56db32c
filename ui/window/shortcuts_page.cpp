// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcuts_page.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <vector>

namespace awaitscope::ui {
namespace {

struct Row {
    QStringList keys;
    QString what;
};
struct Group {
    QString title;
    std::vector<Row> rows;
};

std::vector<Group> groups() {
    const auto tr = [](const char* text) { return ShortcutsPage::tr(text); };
    return {{tr("WALK"),
             {{{"Space"}, tr("run or pause")},
              {{"→"}, tr("step: the next time a task runs")},
              {{"←"}, tr("step back")},
              {{"Shift →", "Shift ←"}, tr("next, previous turn of the loop")},
              {{"Ctrl →", "Ctrl ←"}, tr("next, previous output")},
              {{"Ctrl Shift →", "Ctrl Shift ←"}, tr("next, previous step of the selected task")},
              {{"F8", "Shift F8"}, tr("next, previous finding")},
              {{".", ","}, tr("next, previous event")},
              {{"Home", "End"}, tr("first, last event")},
              {{"Ctrl G"}, tr("go to a time, an event, a turn, a task")},
              {{"L"}, tr("follow what is live")}}},
            {tr("LOOK"),
             {{{"W", "S"}, tr("zoom in, out")},
              {{"A", "D"}, tr("pan left, right")},
              {{"F"}, tr("fit everything")},
              {{"Z"}, tr("zoom to the selected task's life")},
              {{"Ctrl Z"}, tr("undo the last zoom")},
              {{"X"}, tr("axis of time, or of steps")},
              {{"M", "[", "]"}, tr("mark the cursor; go to the marks")},
              {{"Wheel"}, tr("with Ctrl: zoom at the pointer")},
              {{"/"}, tr("search tasks, lines, events")},
              {{"Esc"}, tr("clear the selection or the search")}}},
            {tr("OPEN"),
             {{{"Ctrl O"}, tr("open a recording")},
              {{"Ctrl T"}, tr("attach to a running program")},
              {{"Ctrl N"}, tr("another window")},
              {{"Ctrl W"}, tr("close what is open, then the window")},
              {{"Ctrl Shift P"}, tr("every command by its name")},
              {{"F1"}, tr("the manual")},
              {{"Ctrl P"}, tr("print the panel")},
              {{"Ctrl Shift C"}, tr("copy the panel's picture")},
              {{"Ctrl Shift T"}, tr("copy the panel's table")},
              {{"?"}, tr("this page")}}}};
}

QWidget* keyCaps(const QStringList& keys, QWidget* parent) {
    auto* made = new QWidget(parent);
    auto* line = new QHBoxLayout(made);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    for (const QString& key : keys) {
        auto* cap = new QLabel(key, made);
        cap->setProperty("class", "key");
        line->addWidget(cap);
    }
    line->addStretch(1);
    return made;
}

}  // namespace

ShortcutsPage::ShortcutsPage(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keys"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(26, 22, 26, 24);
    column->setSpacing(16);
    auto* title = new QLabel(tr("Keys"), this);
    title->setProperty("class", "title");
    column->addWidget(title);
    auto* halves = new QHBoxLayout;
    halves->setSpacing(44);
    for (const Group& group : groups()) {
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(18);
        grid->setVerticalSpacing(9);
        auto* head = new QLabel(group.title, this);
        head->setProperty("class", "section");
        grid->addWidget(head, 0, 0, 1, 2);
        int row = 1;
        for (const Row& entry : group.rows) {
            grid->addWidget(keyCaps(entry.keys, this), row, 0);
            grid->addWidget(new QLabel(entry.what, this), row++, 1);
        }
        grid->setRowStretch(row, 1);
        halves->addLayout(grid);
    }
    column->addLayout(halves);
    auto* note =
        new QLabel(tr("Stepping moves the cursor over what was recorded. The program itself is never stopped."), this);
    note->setProperty("class", "soft");
    column->addWidget(note);
}

}  // namespace awaitscope::ui
