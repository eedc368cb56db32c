// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_catalog.hpp"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>

using namespace awaitscope::ui;

namespace {

void write(const QString& path, const QByteArray& text) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
}

Story storyOf(const QString& path) {
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return Story::parse(file.readAll().toStdString(), path.toStdString());
}

/// What must be the same in every language.
std::string frameOf(const Story& story) {
    std::ostringstream out;
    out << story.minutes << ' ' << story.order << ' ' << story.python << ' ' << story.outside << story.warns << ' '
        << story.program << (story.expected.empty() ? "" : ", with what is expected") << '\n';
    for (const StoryStep& step : story.steps) {
        out << static_cast<int>(step.at.kind) << ' ' << step.at.task << ' ' << step.at.n;
        for (const auto& [name, value] : step.at.fields) out << ' ' << name << '=' << value;
        if (step.question)
            for (const StoryQuestion::Answer& answer : step.question->answers) out << (answer.right ? " [x]" : " [ ]");
        out << '\n';
    }
    return out.str();
}

}  // namespace

TEST_CASE(
    "A story in another language has the steps and the right answers of the English one, whole chapters have it") {
    const QDir root(":/scenarios");
    std::map<std::pair<QString, std::string>, std::set<std::string>> chapters;  // by language and English name
    std::map<std::pair<QString, std::string>, int> translated;
    std::map<std::string, int> all;
    for (const QString& name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QDir scenario(root.filePath(name));
        const Story english = storyOf(scenario.filePath("story.md"));
        ++all[english.chapter];
        for (const QString& file : scenario.entryList({"story.*.md"})) {
            INFO(name.toStdString() << '/' << file.toStdString());
            const Story other = storyOf(scenario.filePath(file));
            CHECK(frameOf(other) == frameOf(english));
            CHECK(other.title != english.title);
            const std::pair key(file.section('.', 1, 1), english.chapter);
            chapters[key].insert(other.chapter);
            ++translated[key];
        }
    }
    REQUIRE_FALSE(translated.empty());
    for (const auto& [key, count] : translated) {
        INFO(key.first.toStdString() << ", " << key.second);
        CHECK(count == all[key.second]);
        CHECK(chapters[key].size() == 1);
    }
}

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
