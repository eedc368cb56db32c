// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow that opens things, and in which the user chooses what: dialogs, and files dropped on it.
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>

#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/scenario/story_gate.hpp"
#include "ui/window/attach_dialog.hpp"
#include "ui/window/banner.hpp"
#include "ui/window/chosen_files.hpp"
#include "ui/window/course_list.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/part_dialog.hpp"
#include "ui/window/recent_files.hpp"
#include "ui/window/recording_bar.hpp"
#include "ui/window/top_bar.hpp"
#include "ui/window/window_actions.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {
namespace {

/// A gate for a scenario that is walked through, open where the learner wants to see all; null where there is no story.
std::shared_ptr<StoryGate> makeGate(const QString& scenario) {
    auto entry = scenarioNamed(scenario);
    if (!entry) return nullptr;
    std::set<std::size_t> answered;
    for (std::size_t i = 0; i < entry->story.steps.size(); ++i)
        if (course_progress::answer(scenario, entry->story.steps[i])) answered.insert(i);
    auto gate = std::make_shared<StoryGate>(std::move(entry->story), answered);
    if (course_progress::showsAll()) gate->releaseAll();
    return gate;
}

/// "server, pid 4711".
QString programText(const SourceDescription& source) {
    return QString("%1, %2").arg(source.name, source.detail);
}

}  // namespace

void MainWindow::opened(OpenedSource result) {
    if (!result.source) {
        showError(result.error.isEmpty() ? tr("It could not be opened.") : result.error);
        return;
    }
    open(std::move(result.source), std::move(result.description));
}

void MainWindow::openScenario(const QString& name) {
    if (services_.startScenario) opened(services_.startScenario(name));
}

void MainWindow::openNextScenario() {
    const QString next = workspace_ ? CourseList::next(workspace_->description().scenario) : QString();
    if (next.isEmpty() || !services_.startScenario)
        closeSource();
    else
        openScenario(next);
}

void MainWindow::attachTo(int pid) {
    if (services_.attach) opened(services_.attach(pid));
}

void MainWindow::openFile(const QString& path) {
    if (!services_.openFile) return;
    OpenedSource result = services_.openFile(path);
    if (result.source) RecentFiles::add(path);
    opened(std::move(result));
}

void MainWindow::open(std::unique_ptr<EventSource> source, SourceDescription description) {
    const RecordingOverview* all = description.overview.get();
    if (all && all->events_in(description.part) > GrowingTrace::events_that_fit(trace_memory_)) {
        // More than the trace may hold: its end, which tells of whatever happened to the program at last.
        const std::int64_t to = description.part.to.value_or(all->end());
        OpenedSource end = description.openPart(all->part_up_to(to, GrowingTrace::events_that_fit(trace_memory_)));
        if (!end.source) return showError(end.error);
        source = std::move(end.source);
        description = std::move(end.description);
    }
    const SourceDescription before = workspace_ ? workspace_->description() : SourceDescription();
    closeSource();
    if (description.kind == SourceDescription::Kind::scenario) description.gate = makeGate(description.scenario);
    if (description.gate) source = std::make_unique<GatedSource>(std::move(source), description.gate);
    showSession(std::make_unique<TraceSession>(std::move(source), nullptr, trace_memory_), std::move(description));
    if (before.runsOn && before.runsOn())
        banner_->tell(Banner::Kind::note, tr("%1 runs on without this window.").arg(programText(before)));
}

bool MainWindow::mayLetGo() {
    if (!workspace_) return true;
    const SourceDescription source = workspace_->description();  // kept: a signal may close all while it is asked
    if (!source.runsOn || !source.runsOn()) return true;
    QMessageBox question(QMessageBox::Question, tr("%1 still runs").arg(source.name),
                         tr("%1, which was started for this window, still runs.").arg(programText(source)),
                         QMessageBox::NoButton, this);
    question.setInformativeText(tr("It can go on without the window, and be attached to again."));
    auto* leave = question.addButton(tr("Leave it running"), QMessageBox::AcceptRole);
    auto* end = question.addButton(tr("End it"), QMessageBox::DestructiveRole);
    auto* cancel = question.addButton(tr("Cancel"), QMessageBox::RejectRole);
    question.setDefaultButton(leave);
    question.setEscapeButton(cancel);
    question.exec();
    if (question.clickedButton() == end) source.endProgram();
    return question.clickedButton() == end || question.clickedButton() == leave;
}

void MainWindow::chooseAttach() {
    AttachDialog dialog(services_, this);
    if (dialog.exec() == QDialog::Accepted) attachTo(dialog.pid());
}

QString MainWindow::chooseRecording(const QString& title) {
    const QString folder = QSettings().value("folder").toString();
    const QString path = QFileDialog::getOpenFileName(this, title, folder,
                                                      tr("Recordings (*.awaitscope);;Traces (*.json);;All files (*)"));
    if (!path.isEmpty()) QSettings().setValue("folder", QFileInfo(path).absolutePath());
    return path;
}

void MainWindow::chooseFile() {
    const QString path = chooseRecording(tr("Open a recording"));
    if (!path.isEmpty()) openFile(path);
}

void MainWindow::choosePart() {
    SourceDescription recording;
    if (workspace_ && workspace_->description().openPart) {
        recording = workspace_->description();
    } else {
        const QString path = chooseRecording(tr("Open a part of a recording"));
        if (path.isEmpty()) return;
        OpenedSource result = services_.openFile(path);
        if (!result.source) return showError(result.error);
        RecentFiles::add(path);
        recording = std::move(result.description);
    }
    if (!recording.overview || !recording.openPart)
        return showError(tr("%1 is no recording of which a part can be opened.").arg(recording.name));
    PartDialog dialog(recording.name, recording.overview, recording.part, GrowingTrace::events_that_fit(trace_memory_),
                      this);
    if (dialog.exec() == QDialog::Accepted) openPartOf(recording, dialog.part());
}

void MainWindow::openPart(const SourcePart& part) {
    if (workspace_ && workspace_->description().openPart) openPartOf(workspace_->description(), part);
}

void MainWindow::openPartOf(const SourceDescription& recording, const SourcePart& part) {
    OpenedSource result = recording.openPart(part);
    if (!result.source) return showError(result.error);
    const QString search = workspace_ ? workspace_->view().search() : QString();
    QWidget* focus = recording_bar_->isAncestorOf(focusWidget()) ? focusWidget() : nullptr;
    open(std::move(result.source), std::move(result.description));
    top_bar_->search()->setText(search);
    if (focus) focus->setFocus();
}

void MainWindow::showPart() {
    const SourceDescription& source = workspace_->description();
    if (!source.overview || source.part.is_all())
        recording_bar_->clear();
    else
        recording_bar_->show(source.overview, source.part, GrowingTrace::events_that_fit(trace_memory_));
    actions_->openPart->setEnabled(services_.openFile || source.openPart);
    actions_->earlierPart->setEnabled(recording_bar_->earlier().has_value());
    actions_->laterPart->setEnabled(recording_bar_->later().has_value());
}

void MainWindow::toggleRecording(bool on) {
    if (!on) {
        recording_.reset();
        return;
    }
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Record to"), workspace_->description().name + ".awaitscope", tr("Recordings (*.awaitscope)"));
    QString error;
    if (!path.isEmpty()) recording_ = services_.startRecording(workspace_->description().pid, path, &error);
    if (!error.isEmpty()) showError(error);
    actions_->record->setChecked(bool(recording_));
}

MainWindow* MainWindow::anotherWindow() {
    auto* window = new MainWindow(services_);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->move(pos() + QPoint(32, 32));
    window->show();
    return window;
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    // What cannot be opened is taken, too: dropped, it is said why.
    if (services_.openFile && event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    auto [files, refused] = draggedFiles(event->mimeData());
    event->acceptProposedAction();
    if (files.size() == 2) {
        compareFiles(files[0], files[1]);
        files.clear();
    }
    MainWindow* window = this;
    for (const QString& file : files) {
        OpenedSource result = services_.openFile(file);
        if (!result.source) {
            refused << result.error;
            continue;
        }
        RecentFiles::add(file);
        if (!window) window = anotherWindow();
        window->opened(std::move(result));
        window = nullptr;  // the next has one of its own
    }
    if (!refused.isEmpty()) showError(refused.join(' '));
}

}  // namespace awaitscope::ui
