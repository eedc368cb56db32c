// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_panel.hpp"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/model/stepper.hpp"
#include "ui/scenario/question_card.hpp"
#include "ui/scenario/story_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

const char* const trace_text = R"(
0.000 task_created 1 name=main coro=main file=a.cpp line=3
0.001 task_running 1
0.002 output 1 text="one"
0.003 output 1 text="two"
0.004 task_done 1 state=finished
)";

const char* const story_text = R"(---
title: T
summary: S
---
## It begins
at: task_running task=main
The **loop** runs `main`.
## It prints
at: output n=2
Two lines.
ask: What is next?
- a third line
- [x] the end
why: There are only two.
## It ends
at: task_done
Done.
)";

/// A panel on a trace that has been read to its end.
struct Fixture {
    TraceSession session{test::text_source(trace_text)};
    ViewState view;
    Stepper stepper{session, view};
    StoryPanel panel{Story::parse(story_text, "story.md"), session, view};

    Fixture() {
        REQUIRE(QTest::qWaitFor([&] { return panel.unresolvedSteps().empty(); }));
        panel.resize(400, 600);
        panel.show();
    }
    QString text() const {
        QCoreApplication::processEvents();
        QStringList lines;
        for (const QLabel* label : panel.findChildren<QLabel*>())
            if (label->isVisible()) lines << label->text();
        lines << panel.findChild<StoryText*>()->toPlainText();
        return lines.join('\n');
    }
    void press(const char* name) {
        QCoreApplication::processEvents();
        QTest::mouseClick(panel.findChild<QPushButton*>(name), Qt::LeftButton);
    }
};

}  // namespace

TEST_CASE("The story's own buttons move the cursor") {
    Fixture it;
    CHECK(it.panel.currentStep() == 0);
    CHECK(it.text().contains("Card 1 of 3"));
    CHECK(it.text().contains("The loop runs"));
    CHECK_FALSE(it.panel.findChild<QPushButton*>("storyPrevious")->isEnabled());
    it.press("storyNext");
    CHECK(it.panel.currentStep() == 1);
    CHECK(it.view.cursor() == 3);
    CHECK(it.view.selectedTask() == 0);
    it.press("storyPrevious");
    CHECK(it.view.cursor() == 1);
    CHECK(it.panel.currentStep() == 0);
}

TEST_CASE("A step's own line holds for its own moment") {
    std::string text = story_text;
    text.replace(text.find("at: output n=2"), 14, "at: output n=2\nline: print(two) | print(\"two\");");
    TraceSession session{test::text_source(trace_text)};
    ViewState view;
    StoryPanel panel{Story::parse(text, "story.md"), session, view};
    REQUIRE(QTest::qWaitFor([&] { return panel.unresolvedSteps().empty(); }));
    CHECK_FALSE(view.toldLine());
    panel.goToStep(1);
    CHECK(view.toldLine() == LineByCode{"print(two)", "print(\"two\");"});
    view.setCursor(2);
    CHECK_FALSE(view.toldLine());
    view.setCursor(3);
    CHECK(view.toldLine());
    panel.goToStep(2);
    CHECK_FALSE(view.toldLine());
}

TEST_CASE("A story tells of who creates a task and who asks for its end, not of whom that happens to") {
    const test::TextTrace trace(R"(
0.0 task_created 1 name=main
0.1 task_running 1
0.2 task_created 2 name=child
0.3 task_cancel_requested 2
0.4 task_suspended 1 on=task object=2
0.5 task_running 2
0.6 output 2 text=hi
)");
    CHECK(storyTask(trace.trace, 0) == trace.task("main"));  // nobody runs
    CHECK(storyTask(trace.trace, 2) == trace.task("main"));
    CHECK(storyTask(trace.trace, 3) == trace.task("main"));
    CHECK(storyTask(trace.trace, 6) == trace.task("child"));
}

TEST_CASE(
    "Who walks on over the end of a card gets the next one, but who goes back, or jumps, keeps it and is led back") {
    Fixture it;
    QObject::connect(&it.stepper, &Stepper::walked, &it.panel, &StoryPanel::follow);
    const auto is_elsewhere = [&] { return it.panel.findChild<QPushButton*>("storyBack")->isVisible(); };
    SECTION("event by event") {
        it.stepper.nextEvent();
        CHECK(it.text().contains("It begins"));
        CHECK_FALSE(is_elsewhere());
        it.stepper.nextEvent();
        CHECK(it.text().contains("It prints"));
        it.stepper.previousEvent();
        CHECK(it.text().contains("It prints"));
        CHECK(it.text().contains("elsewhere: 0.002 s"));
        it.stepper.nextEvent();
        CHECK_FALSE(is_elsewhere());
        it.stepper.nextEvent();
        CHECK(it.text().contains("It ends"));
    }
    SECTION("by a walk of its own, and anew from the beginning") {
        it.stepper.setPace(Stepper::Pace::time);
        it.stepper.run();
        it.stepper.advance(1'000'000'000);
        CHECK(it.panel.currentStep() == 2);
        it.stepper.pause();
        it.stepper.run();
        CHECK(it.panel.currentStep() == 0);
    }
    SECTION("by a jump, over the end and from there on") {
        it.view.setCursor(3);
        CHECK(it.panel.currentStep() == 0);
        CHECK(it.text().contains("elsewhere: 0.003 s"));
        CHECK(it.panel.table().contains("elsewhere: 0.003 s"));
        it.stepper.nextEvent();
        CHECK(it.panel.currentStep() == 0);
        it.press("storyBack");
        CHECK(it.view.cursor() == 1);
        CHECK(it.panel.currentStep() == 0);
        CHECK_FALSE(is_elsewhere());
        it.stepper.last();
        CHECK(it.panel.currentStep() == 0);
        it.press("storyNext");
        CHECK(it.view.cursor() == 3);
    }
    SECTION("to before the first event") {
        it.stepper.first();
        CHECK(is_elsewhere());
        CHECK(it.panel.currentStep() == 0);
    }
}

TEST_CASE("The card of a moment can be asked for") {
    Fixture it;
    it.view.setCursor(4);
    it.panel.showCardAt(4);
    CHECK(it.text().contains("It ends"));
    CHECK(it.text().contains("Card 3 of 3, at 0.004 s"));
}

TEST_CASE("A question is answered once, and then says why") {
    Fixture it;
    it.panel.goToStep(1);
    CHECK(it.text().contains("What is next?"));
    CHECK_FALSE(it.text().contains("There are only two."));
    it.press("answer0");
    CHECK(it.text().contains("Not quite."));
    CHECK(it.text().contains("There are only two."));
    CHECK(it.panel.findChild<QPushButton*>("answer1")->property("verdict") == "right");
    CHECK(it.panel.findChild<QPushButton*>("answer0")->property("verdict") == "wrong");
    it.panel.answer(1);
    CHECK(it.text().contains("Not quite."));
    SECTION("and is remembered when the learner comes back") {
        it.panel.goToStep(2);
        CHECK_FALSE(it.text().contains("What is next?"));
        it.panel.goToStep(1);
        CHECK(it.text().contains("There are only two."));
    }
}

TEST_CASE("The right answer says so") {
    Fixture it;
    it.panel.goToStep(1);
    it.press("answer1");
    CHECK(it.text().contains("Right."));
    CHECK(it.panel.findChild<QPushButton*>("answer0")->property("verdict") == "other");
}

TEST_CASE("What shows an answer is told by who does it") {
    Fixture it;
    it.panel.goToStep(1);
    it.view.setSelectedTask(no_task);
    it.press("answer1");
    CHECK(it.view.selectedTask() == it.session.trace()->find_task(1));
}

TEST_CASE("After the last step the story asks for another scenario") {
    Fixture it;
    const QSignalSpy another(&it.panel, &StoryPanel::anotherWanted);
    it.panel.goToStep(2);
    it.press("storyNext");
    CHECK(another.count() == 1);
}

TEST_CASE("A story's text is escaped, and marked as it asks") {
    CHECK(storyRichText("a < b & **c**") == "a &lt; b &amp; <b>c</b>");
    CHECK(storyRichText("x\n\ny") == "x<br><br>y");
    CHECK(storyRichText("`run()`").contains(">run()</span>"));
}
