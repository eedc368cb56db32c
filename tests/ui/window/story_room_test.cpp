// SPDX-License-Identifier: GPL-3.0-or-later
// A story on a small screen: a question, all its answers and the buttons are seen at once.
#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include "tests/ui/window/open_window.hpp"
#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/scenario/story_panel.hpp"
#include "ui/window/panel_dock.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

constexpr int first_lessons = 10;

/// The moments of the cards of await-need-not-wait.
const char* const three_squares = R"(
0.000 task_created 1 name=Task-1 coro=main_ file=/src/demo.cpp line=3
0.001 task_running 1
0.002 task_created 2 name=other parent=1 coro=other file=/src/demo.cpp line=9
0.003 output 1 text="main: 1"
0.004 output 1 text="main: 9"
0.005 task_suspended 1 on=task object=2
0.006 task_running 2
0.007 output 2 text="other: runs"
0.008 task_done 2 state=finished
)";

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

TEST_CASE("A window that becomes low, or high again, takes the layout for that, unless panels were arranged by hand") {
    QSettings().clear();
    MainWindow window({});
    window.resize(1920, 1080);
    window.show();
    openScenario(window, *scenarioNamed("await-need-not-wait"));
    const auto resize = [&](int width, int height) {
        window.resize(width, height);
        for (int depth = 0; depth < 4; ++depth) QCoreApplication::processEvents();
    };
    const auto is_right = [&] {
        return window.workspace()->dock("source")->x() > window.workspace()->dock("timeline")->x();
    };
    resize(1920, 1000);
    CHECK_FALSE(is_right());
    SECTION("not arranged") {
        resize(1280, 720);
        CHECK(is_right());
        resize(1920, 1080);
        CHECK_FALSE(is_right());
    }
    SECTION("arranged") {
        QAction* toggle = window.workspace()->dock("charts")->toggleViewAction();
        toggle->trigger();
        resize(1280, 720);
        CHECK_FALSE(is_right());
        CHECK(window.workspace()->dock("charts")->isHidden());
    }
}

TEST_CASE("Where the expected run has no room of its own, it is in front below while the story tells of it") {
    QSettings().clear();
    MainWindow window({});
    window.resize(1280, 720);
    window.show();
    openScenario(window, *scenarioNamed("await-need-not-wait"));
    StoryPanel* story = window.workspace()->story();
    const auto front = [&] {
        QCoreApplication::processEvents();
        CHECK(window.workspace()->dock("timeline")->isShown());
        return window.workspace()->dock("expected")->isShown() ? "expected"
               : window.workspace()->dock("loop")->isShown()   ? "loop"
                                                               : "";
    };
    const std::vector<StoryStep>& steps = story->story().steps;
    const auto told = std::ranges::find(steps, true, &StoryStep::shows_expected);
    REQUIRE(told != steps.end());
    const auto step = static_cast<std::size_t>(told - steps.begin());
    CHECK(front() == std::string("loop"));
    story->goToStep(step);
    CHECK(front() == std::string("expected"));
    story->goToStep(step - 1);
    CHECK(front() == std::string("loop"));
}

TEST_CASE("A story begins with its timeline and loop in front, whatever was in front when another was left") {
    QSettings().clear();
    MainWindow window({});
    window.resize(1280, 720);
    window.show();
    for (const char* name : {"await-need-not-wait", "calling-starts-nothing"}) {
        openScenario(window, *scenarioNamed(name));
        QCoreApplication::processEvents();
        CHECK(window.workspace()->dock("timeline")->isShown());
        CHECK(window.workspace()->dock("loop")->isShown());
        window.workspace()->showPanel("charts");
        StoryPanel* story = window.workspace()->story();
        story->goToStep(story->story().steps.size() - 1);
        QCoreApplication::processEvents();
        CHECK(window.workspace()->dock("expected")->isShown());
    }
}

TEST_CASE("One click into the timeline turns no card and changes no tab, but stepping on over the end of a card does") {
    QSettings().clear();
    course_progress::setShowsAll(true);
    MainWindow window({});
    window.resize(1280, 720);
    window.show();
    SourceDescription description;
    description.kind = SourceDescription::Kind::scenario;
    description.name = description.scenario = "await-need-not-wait";
    description.startExpected = [] { return test::text_source(test::two_tasks); };
    window.open(test::text_source(three_squares), std::move(description));
    Workspace& workspace = *window.workspace();
    StoryPanel* story = workspace.story();
    REQUIRE(QTest::qWaitFor([&] { return workspace.session().ended() && story->unresolvedSteps().empty(); }));
    story->goToStep(1);
    for (int depth = 0; depth < 4; ++depth) QCoreApplication::processEvents();
    const EventIndex here = workspace.view().cursor();
    const bool loop_is_in_front = workspace.dock("loop")->isShown();
    TimelineView* timeline = workspace.timeline();
    QTest::mouseClick(timeline, Qt::LeftButton, {}, {timeline->width() - 12, timeline->height() / 2});
    QCoreApplication::processEvents();
    REQUIRE(workspace.view().cursor() == workspace.session().trace()->event_count() - 1);
    CHECK(story->currentStep() == 1);
    CHECK(workspace.dock("timeline")->isShown());
    CHECK(workspace.dock("loop")->isShown() == loop_is_in_front);
    auto* back = story->findChild<QPushButton*>("storyBack");
    REQUIRE(back->isVisible());
    QTest::mouseClick(back, Qt::LeftButton);
    CHECK(workspace.view().cursor() == here);
    CHECK_FALSE(back->isVisible());
    QTest::keyClick(timeline, Qt::Key_Right);
    CHECK(workspace.view().cursor() == 6);  // where other begins
    CHECK(story->currentStep() == 3);
}

TEST_CASE("The main menu has room on a low screen, in one column") {
    OpenWindow it;
    for (const QMenu* menu : it.window->findChildren<QMenu*>()) CHECK(menu->sizeHint().height() < 700);
}
