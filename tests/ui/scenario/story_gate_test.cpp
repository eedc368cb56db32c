// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/story_gate.hpp"

#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/model/stepper.hpp"
#include "ui/scenario/course_progress.hpp"
#include "ui/scenario/question_card.hpp"
#include "ui/scenario/story_panel.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

const char* const trace_text = R"(
0.000 task_created 1 name=main
0.001 task_running 1
0.002 output 1 text="one"
0.003 task_suspended 1 on=sleep
1.000 task_ready 1
1.001 task_running 1
1.002 output 1 text="two"
1.003 task_done 1 state=finished
)";

const char* const story_text = R"(---
title: T
summary: S
---
## It prints
at: output n=1
It said one.
ask: When does it go on?
- at once
- [x] after a second
- never
why: It sleeps.
## It slept
at: task_running n=2
A second is over.
ask: What is next?
- [x] two
- one
why: So it is written.
## It ends
at: task_done
Done.
)";

/// A story that is walked through as in the window: with a gate before its source.
struct Walk {
    std::shared_ptr<StoryGate> gate;
    TraceSession session;
    ViewState view;
    Stepper stepper;
    StoryPanel panel;

    explicit Walk(const std::string& text = story_text)
        : gate(std::make_shared<StoryGate>(Story::parse(text, "story.md"), std::set<std::size_t>{})),
          session(std::make_unique<GatedSource>(test::text_source(trace_text), gate)),
          stepper((view.setFollowing(false), session), view),
          panel(Story::parse(text, "story.md"), session, view, "walk", gate) {
        QObject::connect(&stepper, &Stepper::walked, &panel, &StoryPanel::follow);
        REQUIRE(QTest::qWaitFor([&] { return view.cursor() == 2; }));
        panel.resize(300, 500);
        panel.show();
    }
    EventIndex known() { return session.trace()->event_count(); }
    bool waitForKnown(EventIndex count) {
        return QTest::qWaitFor([&] { return known() == count; });
    }
    QPushButton* button(const char* name) { return panel.findChild<QPushButton*>(name); }
};

struct FreshSettings {
    FreshSettings() { QSettings().clear(); }
};

}  // namespace

TEST_CASE("What comes after a question is in no trace before it is answered") {
    const FreshSettings fresh;
    Walk it;
    CHECK(it.known() == 3);
    CHECK(it.session.trace()->outputs().size() == 1);
    CHECK_FALSE(it.session.ended());
    CHECK_FALSE(it.session.info().live);  // else what is held back were taken for a program that hangs
    CHECK(it.view.futureHidden());
    it.panel.answer(1);
    REQUIRE(it.waitForKnown(6));
    CHECK(it.view.futureHidden());
    CHECK_FALSE(it.session.ended());
    it.panel.goToStep(1);
    it.panel.answer(0);
    REQUIRE(it.waitForKnown(8));
    CHECK_FALSE(it.view.futureHidden());
    CHECK(QTest::qWaitFor([&] { return it.session.ended(); }));
}

TEST_CASE("An answer is marked as long as its card is there, and can be walked through with the event that shows it") {
    const FreshSettings fresh;
    Walk it;
    const QSignalSpy came(&it.panel, &StoryPanel::answerCame);
    it.panel.answer(0);
    REQUIRE(QTest::qWaitFor([&] { return came.count() == 1; }));
    CHECK(it.view.answer() == EventStretch{2, 5});
    CHECK(came[0][0].value<EventIndex>() == 5);
    CHECK(it.panel.currentStep() == 0);
    it.stepper.setPace(Stepper::Pace::time);
    it.stepper.runTo(5);
    it.stepper.advance(2'000'000'000);
    CHECK(it.view.cursor() == 5);
    CHECK_FALSE(it.stepper.running());
    CHECK(it.panel.currentStep() == 0);  // what says why stays beside what shows it
    CHECK(it.view.answer());
    it.panel.goToStep(1);
    CHECK_FALSE(it.view.answer());
    it.panel.goToStep(0);
    CHECK(it.view.answer() == EventStretch{2, 5});
    CHECK(came.count() == 1);
    it.stepper.nextEvent();
    it.stepper.nextEvent();
    it.stepper.nextEvent();
    CHECK(it.view.cursor() == 5);
    CHECK(it.panel.currentStep() == 1);  // who walks by hand is told where he is
}

TEST_CASE("Who goes to a card while an answer is played ends the play, and is at the card's moment") {
    const FreshSettings fresh;
    Walk it;
    QObject::connect(&it.panel, &StoryPanel::answerCame, &it.stepper, &Stepper::runTo);
    QObject::connect(&it.panel, &StoryPanel::stepWanted, &it.stepper, &Stepper::pause);
    it.stepper.setPace(Stepper::Pace::time);
    it.panel.answer(1);
    REQUIRE(QTest::qWaitFor([&] { return it.stepper.running(); }));
    it.stepper.advance(500'000'000);
    CHECK(it.panel.currentStep() == 0);
    const bool by_key = GENERATE(false, true);
    CAPTURE(by_key);
    if (by_key)
        QTest::keyClick(it.button("storyNext"), Qt::Key_Space);
    else
        QTest::mouseClick(it.button("storyNext"), Qt::LeftButton);
    CHECK_FALSE(it.stepper.running());
    CHECK(it.view.cursor() == 5);
    CHECK(it.panel.currentStep() == 1);
    it.panel.answer(0);
    REQUIRE(QTest::qWaitFor([&] { return it.stepper.running(); }));
    QTest::mouseClick(it.button("storyPrevious"), Qt::LeftButton);
    CHECK_FALSE(it.stepper.running());
    CHECK(it.view.cursor() == 2);
    CHECK(it.panel.currentStep() == 0);
}

TEST_CASE("Each card tells its moment, also where the next one goes back in time") {
    const FreshSettings fresh;
    std::string text = story_text;
    text.insert(text.find("## It slept"), "until: task_done\n");
    Walk it(text);
    it.panel.skip();
    REQUIRE(it.waitForKnown(6));
    it.panel.goToStep(1);
    it.panel.answer(0);
    REQUIRE(QTest::qWaitFor([&] { return it.panel.unresolvedSteps().empty(); }));
    it.panel.goToStep(0);
    const auto count = [&] { return it.panel.table().section('\n', 0, 0); };
    it.panel.answer(1);
    it.stepper.setPace(Stepper::Pace::time);
    it.stepper.runTo(7);
    it.stepper.advance(2'000'000'000);
    REQUIRE(it.view.cursor() == 7);
    CHECK(it.panel.currentStep() == 0);
    CHECK(count() == "Card 1 of 3, at 0.002 s");
    QTest::mouseClick(it.button("storyNext"), Qt::LeftButton);
    CHECK(it.view.cursor() == 5);
    CHECK(count().toStdString() == "Card 2 of 3, at 1.001 s");
    QTest::mouseClick(it.button("storyNext"), Qt::LeftButton);
    CHECK(count() == "Card 3 of 3, at 1.003 s");
    QTest::mouseClick(it.button("storyPrevious"), Qt::LeftButton);
    CHECK(count() == "Card 2 of 3, at 1.001 s");
}

TEST_CASE("No jump passes a question, also where the whole run is there, nor do steps from where it led") {
    const FreshSettings fresh;
    Walk it;
    it.panel.findChild<QToolButton*>("storyShowAll")->click();
    REQUIRE(it.waitForKnown(8));
    it.view.setCursor(5);
    it.stepper.nextEvent();
    it.view.setCursor(7);
    CHECK(it.panel.currentStep() == 0);
    CHECK(it.button("answer0"));
    QTest::mouseClick(it.button("storyNext"), Qt::LeftButton);
    CHECK(it.panel.currentStep() == 1);
    CHECK(it.view.cursor() == 5);
}

TEST_CASE("A story that is left half way goes on there, or at the question before it") {
    const FreshSettings fresh;
    {
        Walk it;
        it.panel.answer(1);
        REQUIRE(it.waitForKnown(6));
        it.panel.goToStep(1);
    }
    CHECK(course_progress::step("walk") == 1);
    course_progress::noteStep("walk", 2);
    const auto story = Story::parse(story_text, "story.md");
    const auto gate = std::make_shared<StoryGate>(story, std::set<std::size_t>{0});
    TraceSession session(std::make_unique<GatedSource>(test::text_source(trace_text), gate));
    ViewState view;
    view.setFollowing(false);
    StoryPanel panel(story, session, view, "walk", gate);
    REQUIRE(QTest::qWaitFor([&] { return view.cursor() == 5; }));
    CHECK(panel.currentStep() == 1);
    panel.skip();
    REQUIRE(QTest::qWaitFor([&] { return view.cursor() == 7; }));
    CHECK(course_progress::step("walk") == 0);  // seen to its end: it begins anew
}

TEST_CASE("No step and no walk passes a question: it reminds of it") {
    const FreshSettings fresh;
    Walk it;
    QObject::connect(&it.stepper, &Stepper::atEnd, &it.panel, &StoryPanel::remind);
    const QSignalSpy reminded(&it.panel, &StoryPanel::reminded);
    it.stepper.nextEvent();
    CHECK(it.view.cursor() == 2);
    CHECK(reminded.count() == 1);
    it.stepper.step();
    CHECK(reminded.count() == 2);
    it.stepper.run();
    it.stepper.advance(5'000'000'000);
    CHECK(it.view.cursor() == 2);
    CHECK_FALSE(it.stepper.running());
    CHECK(reminded.count() == 3);
    CHECK(it.panel.findChild<QuestionCard*>()->property("reminds").toBool());
}

TEST_CASE("A question is skipped below its answers, and what was left open is counted at the end") {
    const FreshSettings fresh;
    Walk it;
    CHECK_FALSE(it.button("storyNext")->isEnabled());
    CHECK(it.button("storyNext")->toolTip().startsWith("The question comes first"));
    CHECK(it.panel.findChild<QLabel*>("storyHeld")->isVisible());
    it.button("storySkip")->click();
    REQUIRE(QTest::qWaitFor([&] { return it.view.cursor() == 5; }));
    CHECK(it.panel.currentStep() == 1);
    it.panel.answer(1);
    it.button("storyNext")->click();
    REQUIRE(QTest::qWaitFor([&] { return it.view.cursor() == 7; }));
    CHECK(it.button("storyOpen")->isVisible());
    CHECK(it.button("storyOpen")->text() == "1 question open");
    CHECK(course_progress::seenToEnd("walk"));
    CHECK(course_progress::openQuestions("walk", it.panel.story()) == 1);
    CHECK_FALSE(course_progress::finished("walk"));
    it.button("storyOpen")->click();
    CHECK(it.panel.currentStep() == 0);
    it.panel.answer(1);
    CHECK(course_progress::finished("walk"));
}

TEST_CASE("The keyboard goes from answer to Next to answer") {
    const FreshSettings fresh;
    Walk it;
    it.panel.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&it.panel));
    const auto press = [] { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); };
    it.panel.focusWayOn();
    REQUIRE(QApplication::focusWidget()->objectName().startsWith("answer"));
    press();
    REQUIRE(QApplication::focusWidget() == it.button("storyNext"));
    CHECK(it.panel.currentStep() == 0);
    REQUIRE(QTest::qWaitFor([&] { return it.view.answer().has_value(); }));
    press();
    CHECK(it.panel.currentStep() == 1);
    REQUIRE(QApplication::focusWidget()->objectName().startsWith("answer"));
    press();
    CHECK(QApplication::focusWidget() == it.button("storyNext"));
}

TEST_CASE("Who wants to see all sees it, in this story and the next") {
    const FreshSettings fresh;
    Walk it;
    auto* all = it.panel.findChild<QToolButton*>("storyShowAll");
    CHECK_FALSE(all->isChecked());
    all->click();
    REQUIRE(it.waitForKnown(8));
    CHECK_FALSE(it.view.futureHidden());
    CHECK(it.button("storyNext")->text() == "Next  ▶");
    CHECK(course_progress::showsAll());
    course_progress::forgetAll();
    CHECK(course_progress::showsAll());
    const QSignalSpy again(&it.panel, &StoryPanel::againWanted);
    all->click();
    CHECK_FALSE(course_progress::showsAll());
    CHECK(again.count() == 1);  // the questions that are open hold back again
}

TEST_CASE("To be asked again, the run is to be held back anew") {
    const FreshSettings fresh;
    Walk it;
    const QSignalSpy again(&it.panel, &StoryPanel::againWanted);
    CHECK_FALSE(it.button("storyAgain")->isVisible());
    it.panel.answer(1);
    CHECK(it.button("storyAgain")->isVisible());
    it.button("storyAgain")->click();
    CHECK(again.count() == 1);
    CHECK(course_progress::openQuestions("walk", it.panel.story()) == 2);
}

TEST_CASE("What was answered before holds nothing back") {
    const auto gate = std::make_shared<StoryGate>(Story::parse(story_text, "story.md"), std::set<std::size_t>{0, 1});
    GatedSource source(test::text_source(trace_text), gate);
    Symbols symbols;
    std::vector<Event> events;
    while (source.read(symbols, events, 3) != SourceState::ended) {
    }
    CHECK(events.size() == 8);
}

TEST_CASE("Answers have the same order each time, and not that of the file") {
    CHECK(answerOrder("hello-world", 2, 3) == answerOrder("hello-world", 2, 3));
    std::set<std::vector<std::size_t>> seen;
    for (std::size_t step = 0; step < 40; ++step) seen.insert(answerOrder("hello-world", step, 3));
    CHECK(seen.size() == 6);
}
