// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/course_progress.hpp"

#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/scenario/story_panel.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

const char* const trace_text = R"(
0.000 task_created 1 name=main
0.001 task_running 1
0.002 task_done 1 state=finished
)";

const char* const story_text = R"(---
title: T
summary: S
---
## It begins
at: task_running
Text.
ask: Which?
- the first
- [x] the second
why: So it is.
## It ends
at: task_done
Done.
)";

/// A story's panel as it is on each start of the program, under the same scenario's name.
struct Start {
    TraceSession session{test::text_source(trace_text)};
    ViewState view;
    StoryPanel panel{Story::parse(story_text, "story.md"), session, view, "which"};
    Start() {
        REQUIRE(QTest::qWaitFor([&] { return panel.unresolvedSteps().empty(); }));
        panel.goToStep(0);
    }
    QVariant verdict(const char* name) const { return panel.findChild<QPushButton*>(name)->property("verdict"); }
};

}  // namespace

TEST_CASE("an answer is there again on the next start, and a story is finished once all is answered and seen") {
    QSettings().clear();
    {
        Start first;
        CHECK(first.verdict("answer0") == "");
        first.panel.goToStep(1);
        CHECK_FALSE(course_progress::finished("which"));
        CHECK(course_progress::seenToEnd("which"));
        first.panel.goToStep(0);
        first.panel.answer(0);
        CHECK(course_progress::finished("which"));
    }
    Start second;
    CHECK(second.verdict("answer0") == "wrong");
    CHECK(second.verdict("answer1") == "right");
    second.panel.goToStep(1);
    CHECK(course_progress::openQuestions("which", second.panel.story()) == 0);
}

TEST_CASE("answers are forgotten where the learner asks for it, and the story asks again") {
    QSettings().clear();
    Start start;
    auto* again = start.panel.findChild<QPushButton*>("storyAgain");
    CHECK(again->isHidden());
    start.panel.answer(1);
    start.panel.goToStep(1);
    start.panel.goToStep(0);
    CHECK_FALSE(again->isHidden());
    again->click();
    CHECK(again->isHidden());
    CHECK(start.verdict("answer1") == "");
    CHECK_FALSE(course_progress::finished("which"));
    CHECK_FALSE(course_progress::answer("which", start.panel.story().steps[0]));
}

TEST_CASE("an answer to a question that reads otherwise now is not taken for one") {
    QSettings().clear();
    Story story = Story::parse(story_text, "story.md");
    course_progress::remember("which", story.steps[0], 1);
    CHECK(course_progress::answer("which", story.steps[0]) == 1u);
    CHECK_FALSE(course_progress::answer("other", story.steps[0]));
    CHECK_FALSE(course_progress::answer("which", story.steps[1]));
    std::swap(story.steps[0].question->answers[0], story.steps[0].question->answers[1]);
    CHECK(course_progress::answer("which", story.steps[0]) == 0u);
    story.steps[0].question->answers[0].text = "the third";
    CHECK_FALSE(course_progress::answer("which", story.steps[0]));
    course_progress::remember("", story.steps[0], 1);
    CHECK_FALSE(course_progress::answer("", story.steps[0]));
    course_progress::finish("which");
    course_progress::forgetAll();
    CHECK_FALSE(course_progress::finished("which"));
}
