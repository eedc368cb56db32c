// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_panel.hpp"

#include <QDesktopServices>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/task_lines.hpp"

namespace awaitscope::ui {
namespace {

constexpr int python_tab = 0, program_tab = 1;

CodeLanguage languageOf(const QString& path) {
    static const QRegularExpression javascript(R"(\.[cm]?[jt]s$)");
    if (path.endsWith(".py")) return CodeLanguage::python;
    return path.contains(javascript) ? CodeLanguage::javascript : CodeLanguage::cpp;
}

/// As all languages call them.
QString nameOf(CodeLanguage language) {
    switch (language) {
        case CodeLanguage::python:
            return "Python";
        case CodeLanguage::javascript:
            return "JavaScript";
        case CodeLanguage::cpp:
            break;
    }
    return "C++";
}

QString text(const Trace& trace, StringId id) {
    const auto view = trace.symbols().string(id);
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

QString readText(const QString& path) {
    QFile file(path);
    constexpr qint64 sane_size = 4 << 20;
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(sane_size)) : QString();
}

/// "Task B, C here": names in full once, after that only what differs behind a common first word.
/// `cut`: there are more tasks than were looked at.
QString tagOf(const Trace& trace, const TaskLine& line, bool cut) {
    QString names;
    QString common;
    constexpr std::size_t shown = 4;
    for (std::size_t i = 0; i < line.tasks.size() && i < shown; ++i) {
        const QString name = text(trace, trace.tasks()[line.tasks[i]].name);
        if (i == 0) {
            common = name.left(std::max(name.lastIndexOf(' '), name.lastIndexOf('-')) + 1);
            names = name;
        } else {
            names += ", " + (!common.isEmpty() && name.startsWith(common) ? name.mid(common.size()) : name);
        }
    }
    if (line.tasks.size() > shown)
        names += cut ? QObject::tr(" and many more")
                     : QObject::tr(" and %1 more").arg(formatCount(line.tasks.size() - shown));
    if (!line.waiting || line.current) return QObject::tr("%1 here").arg(names);
    return line.tasks.size() == 1 ? QObject::tr("%1 waits here").arg(names) : QObject::tr("%1 wait here").arg(names);
}

QString briefOf(const TaskLine& line, const QString& tag, bool cut) {
    if (line.tasks.size() == 1) return tag;
    return QObject::tr("%1 here").arg(formatCount(line.tasks.size()) + (cut ? "+" : ""));
}

}  // namespace

SourcePanel::SourcePanel(TraceSession& session, ViewState& view, Programs programs, QWidget* parent)
    : QWidget(parent), session_(session), view_(view), programs_(std::move(programs)) {
    setObjectName("sourcePanel");
    tabs_ = new QTabBar(this);
    tabs_->setObjectName("languageTabs");
    tabs_->addTab(tr("Python"));
    tabs_->addTab(tr("C++"));
    tabs_->setExpanding(false);
    tabs_->setDrawBase(false);
    tabs_->setAccessibleName(tr("Language of the source shown"));
    const bool has_twin = !programs_.python.isEmpty();
    tabs_->setTabVisible(python_tab, has_twin);
    tabs_->setCurrentIndex(has_twin ? python_tab : program_tab);
    if (has_twin) twin_ = SourceTwin(readText(programs_.cpp), readText(programs_.python));

    code_ = new SourceView(this);
    empty_ = new EmptyState(
        tr("No line yet"),
        tr("As soon as a task runs, the line it stands at is shown here, and where the others wait."), this);
    missing_ = new EmptyState({}, {}, this);
    stack_ = new QStackedWidget(this);
    stack_->addWidget(empty_);
    stack_->addWidget(missing_);
    stack_->addWidget(code_);
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
    connect(tabs_, &QTabBar::currentChanged, this, &SourcePanel::refresh);
    connect(code_, &SourceView::lineActivated, this, &SourcePanel::openInEditor);
    connect(&view_, &ViewState::cursorChanged, this, &SourcePanel::refresh);
    connect(&view_, &ViewState::selectionChanged, this, &SourcePanel::refresh);
    connect(&session_, &TraceSession::grown, this, &SourcePanel::refresh);
    refresh();
}

QString SourcePanel::about() {
    return tr(
        "The line where the current task stands (the selected one, else the one that runs), and the lines where "
        "other tasks stand at this moment. A scenario's C++ program and its Python twin do the same; switch "
        "between them. A double click opens the file in your editor (AWAITSCOPE_EDITOR, for instance "
        "\"code -g %f:%l\").");
}

bool SourcePanel::showsPython() const {
    return tabs_->isTabVisible(python_tab) && tabs_->currentIndex() == python_tab;
}

void SourcePanel::showPython(bool python) {
    tabs_->setCurrentIndex(python && tabs_->isTabVisible(python_tab) ? python_tab : program_tab);
}

void SourcePanel::setPanelStyle(const PanelStyle& style) {
    code_->setPanelStyle(style);
}

bool SourcePanel::showFile(const QString& path) {
    if (path.isEmpty()) return false;
    if (path != shown_path_) {
        const CodeLanguage language = languageOf(path);
        code_->setCode(readText(path), language);
        if (!showsPython()) tabs_->setTabText(program_tab, nameOf(language));
        shown_path_ = path;
        code_->setToolTip(path.startsWith(':') ? QString() : path);
    }
    stack_->setCurrentWidget(code_);
    return true;
}

void SourcePanel::showMissing(const QString& recorded) {
    wanted_ = recorded;
    shown_path_.clear();
    missing_->setText(
        tr("%1 is not on this machine").arg(QFileInfo(recorded).fileName()),
        tr("It was recorded as %1. Show where it lies here, and other files are found the same way.").arg(recorded));
    stack_->setCurrentWidget(missing_);
}

void SourcePanel::refresh() {
    const auto trace = session_.trace();
    const EventIndex cursor = view_.cursor();
    const TaskIndex current = currentTask(*trace, view_.selectedTask(), cursor);
    const auto lines = taskLines(*trace, current, cursor);
    const bool python = showsPython();

    // The file: that of the current task's line; a done task's is its coroutine's.
    PlaceId place_id = current == no_task ? 0 : lineOf(*trace, current, cursor);
    if (!place_id && current != no_task) place_id = trace->tasks()[current].definition;
    if (!place_id && !lines.empty()) place_id = lines.front().place;
    const StringId file = trace->symbols().place(place_id).file;
    const QString recorded = text(*trace, file);
    if (python) {
        showFile(programs_.python);
    } else if (!showFile(finder_.find(recorded)) && (!recorded.isEmpty() || !showFile(programs_.cpp))) {
        if (recorded.isEmpty())
            stack_->setCurrentWidget(empty_);
        else
            showMissing(recorded);
        return;
    }

    std::vector<SourceMark> marks;
    const bool cut = trace->tasks().size() > task_lines_most;
    for (const TaskLine& line : lines) {
        const Place place = trace->symbols().place(line.place);
        if (place.file != file) continue;
        const QString tag = tagOf(*trace, line, cut);
        SourceMark mark{static_cast<int>(place.line), tag, briefOf(line, tag, cut), line.current};
        if (python) mark.line = twin_.pythonLine(text(*trace, place.function), mark.line);
        if (mark.line <= 0) continue;
        const auto same = std::ranges::find(marks, mark.line, &SourceMark::line);
        if (same == marks.end()) {
            marks.push_back(std::move(mark));
        } else {
            same->tag += ", " + mark.tag;
            same->current = same->current || mark.current;
        }
    }
    code_->setMarks(std::move(marks));
}

void SourcePanel::openInEditor(int line) {
    if (shown_path_.isEmpty() || shown_path_.startsWith(':')) return;
    QString command = qEnvironmentVariable("AWAITSCOPE_EDITOR");
    if (command.isEmpty()) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(shown_path_));
        return;
    }
    QStringList words = QProcess::splitCommand(command);
    for (QString& word : words) word.replace("%f", shown_path_).replace("%l", QString::number(line));
    const QString program = words.takeFirst();
    QProcess::startDetached(program, words);
}

}  // namespace awaitscope::ui
