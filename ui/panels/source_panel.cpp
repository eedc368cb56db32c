// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_panel.hpp"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/follow_live.hpp"
#include "ui/model/format.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/source_editor.hpp"
#include "ui/panels/source_marks.hpp"

namespace awaitscope::ui {
namespace {

constexpr int python_tab = 0, program_tab = 1;
constexpr int columns_least = 44;  ///< of code, for each of two sides
constexpr const char* python_key = "source/python";
constexpr const char* both_key = "source/both";
constexpr const char* split_key = "source/split";

std::shared_ptr<const TwinProgram> twinOf(const SourcePanel::Programs& programs) {
    if (programs.python.isEmpty()) return nullptr;
    const QFileInfo program(programs.cpp);
    return std::make_shared<const TwinProgram>(
        TwinProgram{SourceTwin(readSource(programs.cpp), readSource(programs.python)), program.fileName(),
                    program.completeBaseName() + ".py"});
}

}  // namespace

SourcePanel::SourcePanel(TraceSession& session, ViewState& view, Programs programs, QWidget* parent)
    : QWidget(parent), session_(session), view_(view), programs_(std::move(programs)), twin_(twinOf(programs_)) {
    setObjectName("sourcePanel");
    buildTitle();
    buildSides();
    connect(&view_, &ViewState::cursorChanged, this, &SourcePanel::refresh);
    connect(&view_, &ViewState::selectionChanged, this, &SourcePanel::refresh);
    connect(&view_, &ViewState::toldLineChanged, this, &SourcePanel::refresh);
    connect(&view_, &ViewState::followingChanged, this, &SourcePanel::refresh);
    connect(&session_, &TraceSession::grown, this, &SourcePanel::refresh);
    chooseLanguage();
}

void SourcePanel::buildTitle() {
    tools_ = new QWidget(this);
    tabs_ = new QTabBar(tools_);
    tabs_->setObjectName("languageTabs");
    tabs_->addTab(tr("Python"));
    tabs_->addTab(tr("C++"));
    tabs_->setExpanding(false);
    tabs_->setDrawBase(false);
    tabs_->setAccessibleName(tr("Language in which lines are shown and named"));
    tabs_->setTabVisible(python_tab, hasTwin());
    tabs_->setCurrentIndex(hasTwin() && QSettings().value(python_key, true).toBool() ? python_tab : program_tab);
    both_ = new QToolButton(tools_);
    both_->setObjectName("sourceBoth");
    both_->setText(tr("Both"));
    both_->setProperty("class", "quiet");
    both_->setToolTip(tr("Show Python and C++ side by side"));
    both_->setCheckable(true);
    both_->setChecked(QSettings().value(both_key, true).toBool());
    both_->hide();
    auto* row = new QHBoxLayout(tools_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(tabs_, 0, Qt::AlignBottom);
    row->addWidget(both_, 0, Qt::AlignVCenter);
    connect(tabs_, &QTabBar::currentChanged, this, [this] {
        if (hasTwin()) QSettings().setValue(python_key, showsPython());
        chooseLanguage();
    });
    connect(both_, &QToolButton::toggled, this, [this](bool on) {
        QSettings().setValue(both_key, on);
        arrange();
    });
}

void SourcePanel::buildSides() {
    splitter_ = new QSplitter(this);
    splitter_->setChildrenCollapsible(false);
    python_ = new SourceSide(splitter_);
    program_ = new SourceSide(splitter_);
    for (SourceSide* side : {python_, program_}) {
        connect(side->view(), &SourceView::lineActivated, this, [this, side](int line) { openLine(*side, line); });
        connect(side->view()->verticalScrollBar(), &QScrollBar::valueChanged, this,
                [this, side] { scrollBeside(*side); });
    }
    python_->view()->setAccessibleName(tr("Source code in Python"));
    splitter_->restoreState(QSettings().value(split_key).toByteArray());
    connect(splitter_, &QSplitter::splitterMoved, this,
            [this] { QSettings().setValue(split_key, splitter_->saveState()); });
    empty_ = new EmptyState(
        tr("No line yet"),
        tr("As soon as a task runs, the line it stands at is shown here, and where the others wait."), this);
    missing_ = new EmptyState({}, {}, this);
    stack_ = new QStackedWidget(this);
    stack_->addWidget(empty_);
    stack_->addWidget(missing_);
    stack_->addWidget(splitter_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(stack_);

    locate_ = [this](const QString& recorded) {
        return QFileDialog::getOpenFileName(this, tr("Where is %1?").arg(QFileInfo(recorded).fileName()));
    };
    connect(missing_->addButton(tr("Locate the file...")), &QPushButton::clicked, this, [this] {
        const QString recorded = wanted_;
        const QString found = locate_(recorded);
        if (found.isEmpty()) return;
        finder_.learn(recorded, found);
        refresh();
    });
}

QString SourcePanel::about() {
    return tr(
        "The line where the current task stands (the selected one, else the one that runs, unless a live program is "
        "followed), lighter the lines from which it was called, and where other tasks stand at this moment. Framed: "
        "the line that the story's card speaks of. A scenario's C++ program and its Python twin "
        "do the same: the language in front names the lines in all panels, and where there is room both are seen. A "
        "double click, or F4, opens the line in your editor (AWAITSCOPE_EDITOR, for instance \"code -g %f:%l\", or "
        "else VISUAL and EDITOR).");
}

bool SourcePanel::showsPython() const {
    return hasTwin() && tabs_->currentIndex() == python_tab;
}

void SourcePanel::showPython(bool python) {
    tabs_->setCurrentIndex(python && hasTwin() ? python_tab : program_tab);
}

int SourcePanel::widthForBoth() const {
    return 2 * (program_->view()->fontMetrics().horizontalAdvance('9') * columns_least);
}

bool SourcePanel::showsBoth() const {
    return hasTwin() && both_->isChecked() && width() >= widthForBoth();
}

void SourcePanel::setPanelStyle(const PanelStyle& style) {
    for (const SourceSide* side : {python_, program_}) side->view()->setPanelStyle(style);
    arrange();
}

void SourcePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void SourcePanel::chooseLanguage() {
    view_.setPlaces(showsPython() ? PlaceWords(twin_) : PlaceWords());
    arrange();
}

void SourcePanel::arrange() {
    both_->setVisible(hasTwin() && width() >= widthForBoth());
    for (SourceSide* side : {python_, program_}) side->setTitled(showsBoth());
    refresh();
}

/// The text of the program that ran, or of the one that will.
bool SourcePanel::showProgram(const QString& recorded) {
    const QString path = recorded.isEmpty() ? programs_.cpp : finder_.find(recorded);
    if (path.isEmpty()) {
        program_->clear();
        return false;
    }
    if (path == program_->path()) return true;
    program_->showFile(path, QFileInfo(path).fileName());
    const QString language = nameOf(languageOf(path));
    program_->view()->setAccessibleName(tr("Source code in %1").arg(language));
    // Beside a twin the language says which it is; alone it is the file that one wants to know.
    const QFileInfo file(path);
    tabs_->setTabText(program_tab, hasTwin() ? language : file.fileName());
    tabs_->setTabToolTip(program_tab, file.absoluteFilePath());
    return true;
}

void SourcePanel::showMissing(const QString& recorded) {
    wanted_ = recorded;
    missing_->setText(
        tr("%1 is not on this machine").arg(QFileInfo(recorded).fileName()),
        tr("It was recorded as %1. Show where it lies here, and other files are found the same way.").arg(recorded));
    stack_->setCurrentWidget(missing_);
}

void SourcePanel::refresh() {
    const auto trace = session_.trace();
    const EventIndex cursor = view_.cursor();
    // Where none is told of, the text stays, and only who waits where is marked.
    const TaskIndex current = rushes(session_, view_) ? no_task : currentTask(*trace, view_.selectedTask(), cursor);
    const auto told = view_.toldLine();
    const auto lines = taskLines(*trace, current, cursor);
    const auto marks = [&](const SourceView& text, const QString& code, const LineInText& line_in) {
        return sourceMarks(*trace, lines, line_in, lineWith(text.toPlainText(), code));
    };

    // The file: that of the current task's line; a done task's is its coroutine's.
    PlaceId place = current == no_task ? 0 : lineOf(*trace, current, cursor);
    if (!place && current != no_task) place = trace->tasks()[current].definition;
    const auto fileOf = [&](PlaceId of) { return toQString(trace->symbols().string(trace->symbols().place(of).file)); };
    if (!place && !shown_.isEmpty()) {
        const auto same = std::ranges::find(lines, shown_, [&](const TaskLine& line) { return fileOf(line.place); });
        if (same != lines.end()) place = same->place;
    }
    if (!place && !lines.empty()) place = lines.front().place;
    const StringId file = trace->symbols().place(place).file;
    const QString recorded = shown_ = fileOf(place);
    const bool python = showsPython(), both = showsBoth();
    const bool found = (!python || both) && showProgram(recorded);
    python_->setVisible(python || both);
    program_->setVisible(found);
    if (!python && !found) {
        if (recorded.isEmpty())
            stack_->setCurrentWidget(empty_);
        else
            showMissing(recorded);
        return;
    }
    stack_->setCurrentWidget(splitter_);
    const QScopedValueRollback moving(moving_, true);
    if (python_->isVisibleTo(splitter_)) {
        python_->showFile(programs_.python, twin_->file);
        python_->view()->setMarks(marks(*python_->view(), told ? told->python : QString(),
                                        linesOfTwin(*trace, twin_->lines, twin_->program)));
    }
    if (found)
        program_->view()->setMarks(marks(*program_->view(), told ? told->cpp : QString(), linesOf(*trace, file)));
    if (both && found) alignSides();
}

/// The lines to look at side by side.
void SourcePanel::alignSides() {
    const int here = front()->view()->lineToSee(), there = back()->view()->lineToSee();
    if (here > 0 && there > 0) back()->view()->setTopLine(there - here + front()->view()->topLine());
}

/// What is scrolled takes the other along, so that the same lines stand side by side.
void SourcePanel::scrollBeside(const SourceSide& moved) {
    if (moving_ || !showsBoth() || program_->path().isEmpty()) return;
    const QScopedValueRollback moving(moving_, true);
    const bool from_python = &moved == python_;
    const int above = moved.view()->linesInSight() / 3;
    const int line = moved.view()->topLine() + above;
    const int there = from_python ? twin_->lines.nearCpp(line) : twin_->lines.nearPython(line);
    (from_python ? program_ : python_)->view()->setTopLine(there - above);
}

void SourcePanel::openInEditor() {
    const SourceSide& side = back()->view()->hasFocus() && showsBoth() ? *back() : *front();
    openLine(side, side.view()->chosenLine());
}

void SourcePanel::openLine(const SourceSide& side, int line) {
    if (side.path().isEmpty()) {
        emit told(tr("No source is shown that could be opened."), true);
        return;
    }
    const QString problem = ui::openInEditor(side.path(), side.name(), line);
    if (problem.isEmpty())
        emit told(tr("%1 is being opened in your editor, at line %2.").arg(side.name()).arg(line), false);
    else
        emit told(problem, true);
}

}  // namespace awaitscope::ui
