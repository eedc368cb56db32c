// SPDX-License-Identifier: GPL-3.0-or-later
// What every story of the tree keeps to. That its steps are found in a real run is scenario_test's to check.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <sstream>

#include "tests/app/child.hpp"
#include "ui/model/source_twin.hpp"
#include "ui/scenario/scenario_catalog.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::vector<ui::ScenarioEntry> scenarios() {
    QStringList problems;
    auto entries = ui::scenarioCatalog(AWAITSCOPE_SOURCE_DIR "/resources/scenarios", &problems);
    INFO(problems.join("\n").toStdString());
    CHECK(problems.empty());
    CHECK(entries.size() >= 3);
    return entries;
}

std::vector<std::string> lines(const std::string& text) {
    std::vector<std::string> result;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) result.push_back(line);
    return result;
}

}  // namespace

TEST_CASE("every story has 4 to 15 steps, and asks one to four questions with one right answer each") {
    for (const auto& entry : scenarios()) {
        INFO(entry.name.toStdString());
        CHECK(entry.story.steps.size() >= 4);
        CHECK(entry.story.steps.size() <= 15);
        int questions = 0;
        for (const auto& step : entry.story.steps) {
            INFO(step.title);
            CHECK_FALSE(step.text.empty());
            if (!step.question) continue;
            ++questions;
            CHECK(step.question->answers.size() >= 2);
            CHECK(std::ranges::count(step.question->answers, true, &ui::StoryQuestion::Answer::right) == 1);
            CHECK_FALSE(step.question->why.empty());
        }
        CHECK(questions >= 1);
        CHECK(questions <= 4);
    }
}

TEST_CASE("every story takes 1 to 4 minutes and has a place of its own in the course") {
    std::map<int, std::string> places;
    for (const auto& entry : scenarios()) {
        const std::string name = entry.name.toStdString();
        INFO(name);
        CHECK(entry.story.minutes >= 1);
        CHECK(entry.story.minutes <= 4);
        CHECK(entry.story.order >= 1);
        const auto [place, free] = places.emplace(entry.story.order, name);
        INFO(place->second << " has the same place");
        CHECK(free);
    }
}

TEST_CASE("each await of a program is an await of its twin, so that the window can show both") {
    static const std::regex comment("//.*"), in_python(R"(\bawait\s+[\w(]|\basync\s+(with|for)\b)");
    for (const auto& entry : scenarios()) {
        const std::string cpp = read_file(std::string(AWAITSCOPE_SOURCE_DIR "/") + entry.story.program);
        const std::string python = read_file(entry.twin.toStdString());
        const ui::SourceTwin twin(QString::fromStdString(cpp), QString::fromStdString(python));
        const auto python_lines = lines(python);
        int number = 0;
        for (const auto& line : lines(cpp)) {
            ++number;
            if (std::regex_replace(line, comment, "").find("co_await") == line.npos) continue;
            INFO(entry.story.program << ":" << number << ": " << line);
            const int there = twin.pythonLine("", number);
            REQUIRE(there >= 1);
            INFO("its twin, line " << there << ": " << python_lines.at(there - 1));
            CHECK(std::regex_search(python_lines[there - 1], in_python));
        }
        CHECK(number > 0);
    }
}

TEST_CASE("the program and the twin of every story can be read") {
    for (const auto& entry : scenarios()) {
        INFO(entry.name.toStdString());
        CHECK_THAT(read_file(std::string(AWAITSCOPE_SOURCE_DIR "/") + entry.story.program),
                   Catch::Contains("Registration registration(\"" + entry.name.toStdString() + "\""));
        CHECK_THAT(read_file(entry.twin.toStdString()), Catch::Contains("import asyncio"));
    }
}
