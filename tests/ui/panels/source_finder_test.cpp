// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_finder.hpp"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <catch2/catch.hpp>

using awaitscope::ui::SourceFinder;

namespace {

QString touch(const QString& path) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    return path;
}

}  // namespace

TEST_CASE("A source is found where it was recorded, or not at all") {
    const QTemporaryDir folder;
    const QString path = touch(folder.filePath("src/a.cpp"));
    const SourceFinder finder;
    CHECK(finder.find(path) == path);
    CHECK(finder.find(folder.filePath("src/b.cpp")).isEmpty());
    CHECK(finder.find(folder.path()).isEmpty());
    CHECK(finder.find("a.cpp").isEmpty());
    CHECK(finder.find("").isEmpty());
}

TEST_CASE("Once shown where one file lies, others are found beside it") {
    const QTemporaryDir folder;
    touch(folder.filePath("checkout/src/net/a.cpp"));
    const QString other = touch(folder.filePath("checkout/src/main.cpp"));
    SourceFinder finder;
    CHECK(finder.find("/build/x/src/main.cpp").isEmpty());
    finder.learn("/build/x/src/net/a.cpp", folder.filePath("checkout/src/net/a.cpp"));
    CHECK(finder.find("/build/x/src/main.cpp") == other);
    CHECK(finder.find("/build/y/src/main.cpp").isEmpty());
}
