// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_catalog.hpp"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <sstream>

#include "ui/scenario/question_card.hpp"

using namespace awaitscope::ui;

namespace {

void write(const QString& path, const QByteArray& text) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

Story storyOf(const QString& path) {
    return Story::parse(bytesOf(path).toStdString(), path.toStdString());
}

/// Which text a translation was made from.
std::string digestOf(const QString& path) {
    return QCryptographicHash::hash(bytesOf(path), QCryptographicHash::Sha1).toHex().left(8).toStdString();
}

std::string frameOf(const StoryAnchor& anchor) {
    std::ostringstream out;
    out << static_cast<int>(anchor.kind) << ' ' << anchor.task << ' ' << anchor.n;
    for (const auto& [name, value] : anchor.fields) out << ' ' << name << '=' << value;
    return out.str();
}

/// What must be the same in every language.
std::string frameOf(const Story& story) {
    std::ostringstream out;
    out << story.minutes << ' ' << story.order << ' ' << story.python << ' ' << story.outside << story.warns << ' '
        << story.program << (story.expected.empty() ? "" : ", with what is expected") << '\n';
    for (const StoryStep& step : story.steps) {
        out << frameOf(step.at) << " line " << step.code << " | " << step.code_cpp;
        if (step.question) {
            if (step.question->until) out << " until " << frameOf(*step.question->until);
            for (const StoryQuestion::Answer& answer : step.question->answers) out << (answer.right ? " [x]" : " [ ]");
            out << (step.question->why.empty() ? "" : ", and why");
        }
        out << '\n';
    }
    return out.str();
}

/// The names of the program that a step's words have in `backticks`.
std::set<QString> namesIn(const StoryStep& step) {
    std::string words = step.title + '\n' + step.text;
    if (step.question) {
        words += '\n' + step.question->ask + '\n' + step.question->why;
        for (const auto& answer : step.question->answers) words += '\n' + answer.text;
    }
    std::set<QString> names;
    static const QRegularExpression code("`([^`]+)`");
    for (const auto& match : code.globalMatch(QString::fromStdString(words))) names.insert(match.captured(1));
    return names;
}

void checkWords(const Story& other, const Story& english) {
    CHECK(other.title != english.title);
    CHECK(other.summary != english.summary);
    for (std::size_t i = 0; i < english.steps.size(); ++i) {
        const StoryStep &step = other.steps[i], &original = english.steps[i];
        INFO(step.title);
        CHECK(step.text != original.text);
        CHECK(std::ranges::includes(namesIn(step), namesIn(original)));
        if (step.question) {
            CHECK(step.question->ask != original.question->ask);
            CHECK((original.question->why.empty() || step.question->why != original.question->why));
        }
    }
}

}  // namespace

TEST_CASE("Each story is in every language, with the steps, the right answers and the names of the English one") {
    const QDir root(":/scenarios");
    const QStringList names = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QStringList languages;
    for (const QString& name : names)
        for (const QString& file : QDir(root.filePath(name)).entryList({"story.*.md"}))
            languages << file.section('.', 1, 1);
    languages.removeDuplicates();
    REQUIRE_FALSE(languages.empty());
    for (const QString& language : languages) {
        std::map<std::string, std::string> chapters;  // from English
        for (const QString& name : names) {
            const QString path = root.filePath(name + "/story.md");
            const QString translation = root.filePath(QString("%1/story.%2.md").arg(name, language));
            INFO(translation.toStdString());
            if (!QFile::exists(translation)) FAIL_CHECK("is missing");
            if (!QFile::exists(translation)) continue;
            const Story english = storyOf(path), other = storyOf(translation);
            CHECK(frameOf(other) == frameOf(english));
            CHECK(chapters.emplace(english.chapter, other.chapter).first->second == other.chapter);
            if (frameOf(other) == frameOf(english)) checkWords(other, english);
        }
    }
}

TEST_CASE("Each translation of a story was made from the English text there is") {
    const QDir root(":/scenarios");
    for (const QString& name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QDir scenario(root.filePath(name));
        const std::string now = digestOf(scenario.filePath("story.md"));
        CHECK(storyOf(scenario.filePath("story.md")).of.empty());
        for (const QString& file : scenario.entryList({"story.*.md"})) {
            INFO("The English text of " << scenario.filePath(file).toStdString()
                                        << " has changed. Bring the translation up to date, then write into its front "
                                           "matter \"of: "
                                        << now << '"');
            CHECK(storyOf(scenario.filePath(file)).of == now);
        }
    }
}

TEST_CASE("Neither an answer's place nor its length tells that it is the right one") {
    std::map<std::size_t, std::map<std::size_t, int>> places;  // of the right answers, by how many answers there are
    int questions = 0, longest = 0;
    for (const ScenarioEntry& entry : scenarioCatalog(":/scenarios"))
        for (std::size_t step = 0; step < entry.story.steps.size(); ++step) {
            const auto& question = entry.story.steps[step].question;
            if (!question) continue;
            const auto& answers = question->answers;
            const auto right = static_cast<std::size_t>(
                std::ranges::find(answers, true, &StoryQuestion::Answer::right) - answers.begin());
            const auto order = answerOrder(entry.name, step, answers.size());
            ++places[answers.size()][static_cast<std::size_t>(std::ranges::find(order, right) - order.begin())];
            ++questions;
            longest += std::ranges::max(answers, {}, [](const auto& answer) { return answer.text.size(); }).right;
        }
    REQUIRE(questions > 100);
    CHECK(longest * 2 < questions);
    for (const auto& [answers, by_place] : places) {
        int all = 0;
        for (const auto& [place, count] : by_place) all += count;
        CHECK(by_place.size() == answers);
        for (const auto& [place, count] : by_place) {
            INFO("of " << all << " questions with " << answers << " answers, place " << place << ": " << count);
            CHECK(count * 100 < all * (answers == 2 ? 60 : 45));
        }
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
