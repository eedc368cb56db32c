// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/chosen_files.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <QUrl>
#include <algorithm>

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct ChosenFilesWords {
    Q_DECLARE_TR_FUNCTIONS(ChosenFiles)
};

/// A file dialog and a drag have an order of their own.
QStringList olderFirst(QStringList files) {
    std::ranges::stable_sort(files, {}, [](const QString& file) { return QFileInfo(file).lastModified(); });
    return files;
}

}  // namespace

DraggedFiles draggedFiles(const QMimeData* data) {
    DraggedFiles dragged;
    for (const QUrl& url : data->urls()) {
        const QString path = url.toLocalFile();
        if (!url.isLocalFile())
            dragged.refused
                << ChosenFilesWords::tr("%1 is no file on this machine; save it first.").arg(url.toDisplayString());
        else if (QFileInfo(path).isDir())
            dragged.refused << ChosenFilesWords::tr("%1 is a folder; drop the recordings that are in it.")
                                   .arg(QFileInfo(path).fileName());
        else
            dragged.files << path;
    }
    dragged.files = olderFirst(std::move(dragged.files));
    return dragged;
}

QStringList chooseRecordings(QWidget* parent) {
    return olderFirst(QFileDialog::getOpenFileNames(
        parent, ChosenFilesWords::tr("Choose the two recordings to compare"), QSettings().value("folder").toString(),
        ChosenFilesWords::tr("Recordings (*.awaitscope);;Traces (*.json);;All files (*)")));
}

}  // namespace awaitscope::ui
