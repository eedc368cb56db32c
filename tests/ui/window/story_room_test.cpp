// SPDX-License-Identifier: GPL-3.0-or-later
// A story on a small screen: a question, all its answers and the buttons are seen at once.
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include "tests/ui/window/open_window.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/scenario/story_panel.hpp"
#include "ui/window/panel_dock.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

constexpr int first_lessons = 10;

void openScenario(MainWindow& window, const ScenarioEntry& entry) {
    SourceDescription description;
    description.kind = SourceDescription::Kind::scenario;
    description.name = description.scenario = entry.name;
    if (!entry.story.expected.empty()) description.startExpected = [] { return test::text_source(test::two_tasks); };
    window.open(test::text_source(test::two_tasks), std::move(description));
    QCoreApplication::processEvents();
}

}  // namespace

TEST_CASE("In the first lessons nothing of a question has to be scrolled to at 1280x720, also after a larger screen") {
    QSettings().clear();
    ThemeSwitch::instance().apply(ThemeSwitch::Choice::light);
    for (const ScenarioEntry& entry : scenarioCatalog()) {
        if (entry.story.order > first_lessons) continue;
        INFO(entry.name.toStdString());
        MainWindow window({});
        window.resize(1920, 1080);
        window.show();
        openScenario(window, entry);
        window.closeSource();
        window.resize(1280, 720);
        QCoreApplication::processEvents();
        openScenario(window, entry);
        StoryPanel* story = window.workspace()->story();
        CHECK(window.workspace()->dock("story")->isShown());
        CHECK(window.workspace()->dock("source")->isShown());
        CHECK(window.workspace()->dock("timeline")->isShown());
        for (std::size_t step = 0; step < entry.story.steps.size(); ++step) {
            story->goToStep(step);
            for (int depth = 0; depth < 3; ++depth) QCoreApplication::processEvents();
            INFO(entry.story.steps[step].title);
            CHECK(story->findChild<QScrollArea*>()->verticalScrollBar()->maximum() == 0);
            const auto* next = story->findChild<QPushButton*>("storyNext");
            CHECK(story->rect().contains(QRect(next->mapTo(story, QPoint()), next->size())));
        }
        CHECK(story->width() < 420);  // the last step's buttons have not made the column wider
    }
}

TEST_CASE("Another run than the one that is does not show before the story tells of it") {
    QSettings().clear();
    const auto entry = scenarioNamed("awaits-in-a-row");
    REQUIRE(entry);
    MainWindow window({});
    window.resize(1920, 1080);
    window.show();
    openScenario(window, *entry);
    Workspace& workspace = *window.workspace();
    REQUIRE(workspace.expected());
    CHECK_FALSE(workspace.dock("expected")->isShown());
    std::size_t told = 0;
    while (!entry->story.steps[told].shows_expected) ++told;
    workspace.story()->goToStep(told - 1);
    CHECK_FALSE(workspace.dock("expected")->isShown());
    workspace.story()->goToStep(told);
    QCoreApplication::processEvents();
    CHECK(workspace.dock("expected")->isShown());
}
