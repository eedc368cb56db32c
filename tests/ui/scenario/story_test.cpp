// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

const std::string front =
    "---\ntitle: A title\nsummary: One sentence.\nminutes: 3\norder: 2\nprogram: app/scenarios/x.cpp\n---\n";

std::string errorOf(const std::string& text) {
    try {
        Story::parse(text, "story.md");
    } catch (const StoryError& error) {
        return error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("A story's front matter, steps, anchors and question are read") {
    const Story story = Story::parse(front + R"(
## First
at: task_running task=Task-1 n=2
One line
and another.

A second paragraph.

## Second
at: output "A: done"
It printed.
ask: What is next?
- this
- [x] that
- [ ] neither of
  the two
why: Because.
)",
                                     "story.md");
    CHECK(story.title == "A title");
    CHECK(story.summary == "One sentence.");
    CHECK(story.minutes == 3);
    CHECK(story.order == 2);
    CHECK(story.program == "app/scenarios/x.cpp");
    REQUIRE(story.steps.size() == 2);
    CHECK(story.steps[0].title == "First");
    CHECK(story.steps[0].text == "One line and another.\n\nA second paragraph.");
    CHECK(story.steps[0].at.kind == EventKind::task_running);
    CHECK(story.steps[0].at.task == "Task-1");
    CHECK(story.steps[0].at.n == 2);
    CHECK_FALSE(story.steps[0].question);
    CHECK(story.steps[0].line == 9);
    const auto& output = story.steps[1];
    CHECK(output.at.kind == EventKind::output);
    CHECK(output.at.n == 1);
    REQUIRE(output.at.fields.size() == 1);
    CHECK(output.at.fields[0] == std::pair<std::string, std::string>("text", "A: done"));
    REQUIRE(output.question);
    CHECK(output.question->ask == "What is next?");
    REQUIRE(output.question->answers.size() == 3);
    CHECK_FALSE(output.question->answers[0].right);
    CHECK(output.question->answers[1].right);
    CHECK(output.question->answers[2].text == "neither of the two");
    CHECK(output.question->why == "Because.");
}

TEST_CASE("A story says whether its run meets the outside, and whether it warns") {
    const std::string step = "## A\nat: task_done\nx\n";
    const Story plain = Story::parse(front + step, "story.md");
    CHECK_FALSE(plain.outside);
    CHECK_FALSE(plain.warns);
    const std::string head = "---\ntitle: x\nsummary: y\n";
    CHECK(Story::parse(head + "outside: yes\n---\n" + step, "story.md").outside);
    CHECK(Story::parse(head + "warns: yes\n---\n" + step, "story.md").warns);
    CHECK(plain.python == 11);
    CHECK(Story::parse(head + "python: 3.13\n---\n" + step, "story.md").python == 13);
}

TEST_CASE("A name with spaces needs no quotes, and may have them") {
    const Story story = Story::parse(front +
                                         "## A\nat: task_suspended task=Task A on=sleep n=2\nx\n"
                                         "## B\nat: task_suspended task=\"Task A\" on=sleep\nx\n",
                                     "story.md");
    for (const StoryStep& step : story.steps) {
        CHECK(step.at.task == "Task A");
        REQUIRE(step.at.fields.size() == 1);
        CHECK(step.at.fields[0].second == "sleep");
    }
    CHECK(story.steps[0].at.n == 2);
}

TEST_CASE("A story's mistakes name the file and the line") {
    CHECK(errorOf("title: x\n") == "story.md:1: a story begins with front matter between two lines of ---");
    CHECK(errorOf("---\ntitle: x\n") == "story.md:2: the front matter has no end: a line of ---");
    CHECK(
        errorOf("---\ntitle: x\nsumary: y\n---\n") ==
        "story.md:3: unknown key \"sumary\"; known are title, expected, summary, chapter, minutes, order, program, of, "
        "python, outside, warns");
    CHECK(errorOf("---\ntitle: x\nsummary: y\nminutes: soon\n---\n") ==
          "story.md:4: \"minutes\" wants a number from 1, not \"soon\"");
    CHECK(errorOf("---\ntitle: x\nsummary: y\nwarns: no\n---\n") ==
          "story.md:4: \"warns\" is yes, or left out; not \"no\"");
    CHECK(errorOf("---\ntitle: x\nsummary: y\npython: three\n---\n") ==
          "story.md:4: \"python\" is a version such as 3.13; not \"three\"");
    CHECK(errorOf(front) == "story.md:7: a story needs at least one step: \"## Title\"");
    CHECK(errorOf(front + "stray\n") == "story.md:8: text before the first step: a step begins with \"## Title\"");
    CHECK(errorOf(front + "## A\nat: task_walking\nx\n") == "story.md:9: \"task_walking\" is no kind of event");
    CHECK(errorOf(front + "## A\nat: task_done colour=red\nx\n") == "story.md:9: task_done has no field \"colour\"");
    CHECK(errorOf(front + "## A\nat: task_done state=tired\nx\n") == "story.md:9: \"tired\" is no value of state");
    CHECK(errorOf(front + "## A\nat: task_done n=0\nx\n") == "story.md:9: \"n\" wants a number from 1, not \"0\"");
    CHECK(errorOf(front + "## A\nat: task_done \"x\"\nx\n") == "story.md:9: a bare \"text\" goes with output only");
    CHECK(errorOf(front + "## A\nx\n") == "story.md:8: the step has no \"at:\" line");
    CHECK(errorOf(front + "## A\nat: task_done\n") == "story.md:8: the step has no text");
    CHECK(errorOf(front + "## A\nat: task_done\nx\nask: why?\n- a\n") ==
          "story.md:8: a question wants at least two answers");
    CHECK(errorOf(front + "## A\nat: task_done\nx\nask: why?\n- a\n- b\n") ==
          "story.md:8: a question has one right answer, marked \"- [x]\"");
    CHECK(errorOf(front + "## A\nat: task_done\nat: task_done\nx\n") == "story.md:10: a step has one \"at:\"");
    CHECK(errorOf(front + "## A\nat: task_done\nx\nuntil: nowhere\n") ==
          "story.md:11: \"until:\" stands once after an \"ask:\"");
    CHECK(errorOf(front + "## A\nat: task_done\nx\nwhy: so\n") == "story.md:11: \"why:\" without \"ask:\" before it");
}
