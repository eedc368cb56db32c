// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/course_list.hpp"

#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <catch2/catch.hpp>

#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/window/card.hpp"

using namespace awaitscope::ui;

TEST_CASE("The course says what is finished, and goes on with the first that is not") {
    QSettings().clear();
    const auto catalog = scenarioCatalog();
    REQUIRE(catalog.size() > 3);
    CourseList list;
    auto* go_on = list.findChild<QPushButton*>("courseGoOn");
    CHECK(go_on->text() == "Begin");
    const QString all = QString::number(catalog.size());
    CHECK(list.findChild<QLabel*>("courseDone")->text() == "0 of " + all + " finished");

    course_progress::finish(catalog[0].name);
    course_progress::finish(catalog[1].name);
    list.refresh();
    CHECK(list.findChild<QLabel*>("courseDone")->text() == "2 of " + all + " finished");
    CHECK(go_on->text() == "Go on");
    const QSignalSpy chosen(&list, &CourseList::scenarioChosen);
    go_on->click();
    REQUIRE(chosen.count() == 1);
    CHECK(chosen[0][0].toString() == catalog[2].name);
}

TEST_CASE("A card says how many questions were left open") {
    QSettings().clear();
    const auto first = scenarioCatalog()[0];
    CourseList list;
    const auto corner = [&] {
        QStringList texts;
        for (const QLabel* label : list.findChild<Card*>("scenario:" + first.name)->findChildren<QLabel*>())
            texts << label->text();
        return texts.join('|');
    };
    CHECK(corner().contains(QString("%1 min").arg(first.story.minutes)));
    course_progress::noteSeenToEnd(first.name);
    list.refresh();
    CHECK(corner().contains(QString("%1 questions open").arg(course_progress::openQuestions(first.name, first.story))));
    for (const auto& step : first.story.steps)
        if (step.question) course_progress::remember(first.name, step, 0);
    course_progress::finish(first.name);
    list.refresh();
    CHECK(corner().contains(QString::fromUtf8("✓")));
}

TEST_CASE("After a scenario comes the next one that is not finished, and after the last the first") {
    QSettings().clear();
    const auto catalog = scenarioCatalog();
    CHECK(CourseList::next() == catalog[0].name);
    CHECK(CourseList::next(catalog[0].name) == catalog[1].name);
    course_progress::finish(catalog[1].name);
    CHECK(CourseList::next(catalog[0].name) == catalog[2].name);
    CHECK(CourseList::next(catalog.back().name) == catalog[0].name);
    for (const auto& entry : catalog) course_progress::finish(entry.name);
    CHECK(CourseList::next().isEmpty());
    const CourseList list;
    CHECK(list.findChild<QPushButton*>("courseGoOn")->isHidden());
}

TEST_CASE("The stories of a chapter follow each other") {
    QStringList chapters;
    for (const auto& entry : scenarioCatalog()) {
        const QString chapter = QString::fromStdString(entry.story.chapter);
        CHECK_FALSE(chapter.isEmpty());
        if (chapters.isEmpty() || chapters.back() != chapter) chapters << chapter;
    }
    CHECK(chapters.removeDuplicates() == 0);
    CHECK(chapters.size() >= 8);
}
