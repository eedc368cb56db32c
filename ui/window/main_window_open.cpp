// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MainWindow in which the user chooses what to open: dialogs, and files dropped on it.
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

#include "ui/window/attach_dialog.hpp"
#include "ui/window/chosen_files.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/window_actions.hpp"
#include "ui/window/workspace.hpp"

namespace awaitscope::ui {
void MainWindow::chooseAttach() {
    AttachDialog dialog(services_, this);
    if (dialog.exec() == QDialog::Accepted) attachTo(dialog.pid());
}

void MainWindow::chooseFile() {
    const QString folder = QSettings().value("folder").toString();
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a recording"), folder,
                                                      tr("Recordings (*.awaitscope);;Traces (*.json);;All files (*)"));
    if (path.isEmpty()) return;
    QSettings().setValue("folder", QFileInfo(path).absolutePath());
    openFile(path);
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

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (services_.openFile && !draggedFiles(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QStringList files = draggedFiles(event->mimeData());
    if (files.size() == 1) openFile(files.front());
    if (files.size() == 2) compareFiles(files[0], files[1]);
}

}  // namespace awaitscope::ui
