// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recent_files.hpp"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <catch2/catch.hpp>

using awaitscope::ui::RecentFiles;

TEST_CASE("Recent files stand newest first, once each, and only so many") {
    QSettings().clear();
    const QTemporaryDir folder;
    const auto touch = [&](int n) {
        QFile file(folder.filePath(QString("%1.awaitscope").arg(n)));
        REQUIRE(file.open(QIODevice::WriteOnly));
        return file.fileName();
    };
    for (int n = 0; n < RecentFiles::kept + 3; ++n) RecentFiles::add(touch(n));
    CHECK(RecentFiles::list().size() == RecentFiles::kept);
    CHECK(RecentFiles::list().front() == touch(RecentFiles::kept + 2));
    RecentFiles::add(touch(5));
    CHECK(RecentFiles::list().front() == touch(5));
    CHECK(RecentFiles::list().count(touch(5)) == 1);
    QFile::remove(touch(5));
    CHECK_FALSE(RecentFiles::list().contains(folder.filePath("5.awaitscope")));
}
