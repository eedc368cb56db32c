// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_catalog.hpp"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <catch2/catch.hpp>

using namespace awaitscope::ui;

namespace {

void write(const QString& path, const QByteArray& text) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
}

}  // namespace

TEST_CASE("The scenarios that come with the program have a story, a program and a twin") {
    QStringList problems;
    const auto entries = scenarioCatalog(":/scenarios", &problems);
    CHECK(problems.join('\n').toStdString() == "");
    REQUIRE(entries.size() >= 3);
    for (const ScenarioEntry& entry : entries) {
        INFO(entry.name.toStdString());
        CHECK_FALSE(entry.program.isEmpty());
        CHECK_FALSE(entry.twin.isEmpty());
        CHECK(entry.story.minutes > 0);
        CHECK(entry.story.steps.size() >= 4);
    }
    CHECK(std::ranges::is_sorted(entries, {}, [](const ScenarioEntry& entry) { return entry.story.order; }));
}

TEST_CASE("A catalogue is in the stories' order and leaves out what it cannot read, saying so") {
    const QTemporaryDir folder;
    const QByteArray body = "## A\nat: task_done\nText.\n";
    write(folder.filePath("one/story.md"), "---\ntitle: One\nsummary: s\norder: 2\n---\n" + body);
    write(folder.filePath("two/story.md"), "---\ntitle: Two\nsummary: s\norder: 1\n---\n" + body);
    write(folder.filePath("bad/story.md"), "no story\n");
    write(folder.filePath("two/twin.py"), "print()\n");
    QStringList problems;
    const auto entries = scenarioCatalog(folder.path(), &problems);
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].name == "two");
    CHECK(entries[0].twin == folder.filePath("two/twin.py"));
    CHECK(entries[1].name == "one");
    CHECK(entries[1].twin.isEmpty());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].startsWith(folder.filePath("bad/story.md") + ":1:"));
}
