// SPDX-License-Identifier: GPL-3.0-or-later
// A story is bound to events: each of its steps must be found in a real run, in the order in which it is told.
#include <algorithm>
#include <catch2/catch.hpp>

#include "instrumentation/source/open_source.hpp"
#include "instrumentation/trace/trace.hpp"
#include "tests/app/child.hpp"
#include "ui/scenario/scenario_catalog.hpp"
#include "ui/scenario/story_binding.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::vector<ui::ScenarioEntry> scenarios() {
    return ui::scenarioCatalog(AWAITSCOPE_SOURCE_DIR "/resources/scenarios");
}

/// The whole run of a scenario under the virtual clock.
struct Run {
    explicit Run(const std::string& name) : trace(symbols) {
        const std::string file = private_file("story-" + name + ".awaitscope");
        const Finished recorded = run_awaitscope({"scenario", name, "-o", file});
        INFO(recorded.err);
        REQUIRE(recorded.exit_code == 0);
        const auto source = open_source(file);
        std::vector<Event> events;
        while (source->read(*symbols, events, 1 << 16) == SourceState::more) continue;
        trace.append(events);
    }
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace;
};

}  // namespace

TEST_CASE("every step of every story is found in the scenario's run, in the order told") {
    CHECK(scenarios().size() >= 3);
    for (const auto& entry : scenarios()) {
        const Run run(entry.name.toStdString());
        ui::StoryBinding binding(entry.story);
        binding.update(run.trace);
        EventIndex before = 0;
        for (std::size_t step = 0; step < binding.size(); ++step) {
            INFO(entry.name.toStdString() << ", step " << step + 1 << ": " << entry.story.steps[step].title);
            REQUIRE(binding.event(step) != no_event);
            CHECK(binding.event(step) >= before);
            before = binding.event(step);
        }
    }
}

TEST_CASE("every story has 8 to 15 steps, and asks two to four questions with one right answer each") {
    for (const auto& entry : scenarios()) {
        INFO(entry.name.toStdString());
        CHECK(entry.story.steps.size() >= 8);
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
        CHECK(questions >= 2);
        CHECK(questions <= 4);
    }
}

TEST_CASE("the program and the twin of every story can be read") {
    for (const auto& entry : scenarios()) {
        INFO(entry.name.toStdString());
        CHECK_THAT(read_file(std::string(AWAITSCOPE_SOURCE_DIR "/") + entry.story.program),
                   Catch::Contains("Registration registration(\"" + entry.name.toStdString() + "\""));
        CHECK_THAT(read_file(entry.twin.toStdString()), Catch::Contains("asyncio.run(main())"));
    }
}
