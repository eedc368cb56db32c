// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recent_files.hpp"

#include <QFileInfo>
#include <QSettings>

namespace awaitscope::ui {

QStringList RecentFiles::list() {
    QStringList files = QSettings().value("recent").toStringList();
    files.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return files;
}

void RecentFiles::add(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = list();
    files.removeAll(absolute);
    files.prepend(absolute);
    while (files.size() > kept) files.removeLast();
    QSettings().setValue("recent", files);
}

}  // namespace awaitscope::ui
