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

/// A file dialog and a drag have an order of their own.
QStringList olderFirst(QStringList files) {
    std::ranges::stable_sort(files, {}, [](const QString& file) { return QFileInfo(file).lastModified(); });
    return files;
}

}  // namespace

QStringList draggedFiles(const QMimeData* data) {
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    if (files.size() != data->urls().size() || files.size() > 2) return {};
    return olderFirst(std::move(files));
}

QStringList chooseRecordings(QWidget* parent) {
    return olderFirst(QFileDialog::getOpenFileNames(
        parent, QCoreApplication::translate("ChosenFiles", "Choose the two recordings to compare"),
        QSettings().value("folder").toString(),
        QCoreApplication::translate("ChosenFiles", "Recordings (*.awaitscope);;Traces (*.json);;All files (*)")));
}

}  // namespace awaitscope::ui
