// SPDX-License-Identifier: GPL-3.0-or-later
// Each panel, as it stands at a moment when there is something to see.
#include <catch2/catch.hpp>

#include "tests/support/sample_traces.hpp"
#include "tests/ui/pictures/approved_picture.hpp"
#include "tests/ui/pictures/stage.hpp"
#include "ui/charts/charts_panel.hpp"
#include "ui/window/panel_dock.hpp"
#include "ui/window/workspace.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr Nanoseconds ms = 1'000'000;
constexpr QSize wide(900, 300), narrow(380, 480);

void checkPanel(const QString& key, QSize size, Nanoseconds at = 521 * ms, const std::string& selected = "Ann") {
    inEachTheme([&](ui::ThemeSwitch::Choice theme, const QString& suffix) {
        Stage stage(theme);
        stage.at(at, selected);
        checkPicture(key + suffix, stage.panel(key, size));
    });
}

ui::SourceDescription scenario() {
    ui::SourceDescription description;
    description.kind = ui::SourceDescription::Kind::scenario;
    description.name = description.scenario = "gather-factorial";
    return description;
}

void checkScenarioPanel(const QString& key, QSize size, const QString& picture) {
    inEachTheme([&](ui::ThemeSwitch::Choice theme, const QString& suffix) {
        Stage stage(theme, gather_factorial(), scenario());
        stage.at(1'000'000'000 + 4'000, "Task A");
        checkPicture(picture + suffix, stage.panel(key, size));
    });
}

}  // namespace

TEST_CASE("the loop: what is ready, timers, watched descriptors, tasks") {
    checkPanel("loop", wide);
}

TEST_CASE("the table of tasks") {
    checkPanel("tasks", wide);
}

TEST_CASE("the await graph with a cycle") {
    checkPanel("graph", {900, 420});
}

TEST_CASE("the primitives, with the level of a queue") {
    checkPanel("primitives", wide);
}

TEST_CASE("the findings and the chosen one") {
    checkPanel("findings", wide);
}

TEST_CASE("the log of events") {
    checkPanel("events", wide);
}

TEST_CASE("what was printed") {
    checkPanel("output", narrow);
}

TEST_CASE("the selected task and whom it waits for") {
    checkPanel("selection", narrow);
}

TEST_CASE("the marks with their notes") {
    inEachTheme([&](ui::ThemeSwitch::Choice theme, const QString& suffix) {
        Stage stage(theme);
        stage.at(302 * ms);
        const EventIndex here = stage.workspace().view().cursor();
        stage.workspace().view().setMark(here, "from here on nobody works");
        stage.workspace().view().setMark(20, "the shelf is full");
        stage.workspace().view().setMark(50, {});
        checkPicture("marks" + suffix, stage.panel("marks", wide));
    });
}

TEST_CASE("the charts over time") {
    checkPanel("charts", {900, 420});
}

TEST_CASE("latencies by coroutine") {
    inEachTheme([&](ui::ThemeSwitch::Choice theme, const QString& suffix) {
        Stage stage(theme);
        stage.at(521 * ms);
        auto* charts = qobject_cast<ui::ChartsPanel*>(stage.workspace().dock("charts")->panel());
        REQUIRE(charts);
        charts->showPage(ui::ChartsPanel::Page::latencies);
        checkPicture("latencies" + suffix, stage.panel("charts", wide));
    });
}

TEST_CASE("a story and its question") {
    checkScenarioPanel("story", narrow, "story");
}

TEST_CASE("the source with the lines where tasks stand") {
    checkScenarioPanel("source", {520, 480}, "source");
}

TEST_CASE("the source in both languages, side by side") {
    checkScenarioPanel("source", {1200, 420}, "source-both");
}

TEST_CASE("what panels say when there is nothing to show") {
    const char* const nothing = "0 loop_started name=empty\n";
    inEachTheme([&](ui::ThemeSwitch::Choice theme, const QString& suffix) {
        for (const QString key : {"loop", "tasks", "graph", "primitives", "findings", "charts", "selection", "marks",
                                  "output", "events", "source"}) {
            // An event that began the loop is one, too.
            Stage stage(theme, key == "events" ? "" : nothing);
            checkPicture("nothing-" + key + suffix, stage.panel(key, {520, 200}));
        }
    });
}
