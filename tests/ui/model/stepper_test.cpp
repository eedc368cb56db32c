// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/stepper.hpp"

#include <catch2/catch.hpp>

#include "tests/ui/model/loaded_session.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::LoadedSession;

namespace {

constexpr auto two_tasks = R"(
    0.0 iteration n=1 ready=2 timers=0
    0.0 task_created 1 name=A
    0.0 task_created 2 name=B
    1.0 task_running 1
    1.1 output 1 text=one
    1.2 task_suspended 1 on=yield
    2.0 task_running 2
    2.2 task_done 2 state=finished
    3.0 iteration n=2 ready=1 timers=0
    3.0 task_running 1
    3.1 output 1 text=two
    4.0 task_done 1 state=finished
)";

}  // namespace

TEST_CASE("stepping goes from step to step, to the end, and back before the first event") {
    LoadedSession loaded(two_tasks);
    Stepper stepper(loaded.session, loaded.view);
    std::vector<EventIndex> cursors;
    for (int i = 0; i < 5; ++i) {
        stepper.step();
        cursors.push_back(loaded.view.cursor());
    }
    CHECK(cursors == std::vector<EventIndex>{3, 6, 9, 11, 11});
    cursors.clear();
    for (int i = 0; i < 5; ++i) {
        stepper.stepBack();
        cursors.push_back(loaded.view.cursor());
    }
    CHECK(cursors == std::vector<EventIndex>{9, 6, 3, no_event, no_event});
}

TEST_CASE("stepping by iteration, output, event and the selected task's steps") {
    LoadedSession loaded(two_tasks);
    Stepper stepper(loaded.session, loaded.view);
    const auto cursor = [&] { return loaded.view.cursor(); };
    stepper.nextIteration();
    CHECK(cursor() == 0);
    stepper.nextIteration();
    CHECK(cursor() == 8);
    stepper.nextIteration();
    CHECK(cursor() == 8);
    stepper.previousIteration();
    CHECK(cursor() == 0);
    stepper.nextOutput();
    CHECK(cursor() == 4);
    stepper.nextOutput();
    CHECK(cursor() == 10);
    stepper.previousOutput();
    CHECK(cursor() == 4);
    stepper.nextEvent();
    CHECK(cursor() == 5);
    stepper.previousEvent();
    CHECK(cursor() == 4);
    loaded.view.setSelectedTask(0);
    stepper.nextStepOfSelected();
    CHECK(cursor() == 9);
    stepper.previousStepOfSelected();
    CHECK(cursor() == 3);
    stepper.previousStepOfSelected();
    CHECK(cursor() == 3);
    stepper.last();
    CHECK(cursor() == 11);
    stepper.nextEvent();
    CHECK(cursor() == 11);
    stepper.first();
    CHECK(cursor() == no_event);
    stepper.previousEvent();
    CHECK(cursor() == no_event);
    stepper.nextEvent();
    CHECK(cursor() == 0);
}

TEST_CASE("stepping by findings goes where they were said to stand, and stays behind the last") {
    LoadedSession loaded(two_tasks);
    Stepper stepper(loaded.session, loaded.view);
    const auto cursor = [&] { return loaded.view.cursor(); };
    stepper.nextFinding();
    CHECK(cursor() == no_event);
    stepper.setFindings({2, 7, 10});
    std::vector<EventIndex> cursors;
    for (int i = 0; i < 4; ++i) {
        stepper.nextFinding();
        cursors.push_back(cursor());
    }
    CHECK(cursors == std::vector<EventIndex>{2, 7, 10, 10});
    loaded.view.setCursor(8);
    stepper.previousFinding();
    CHECK(cursor() == 7);
    stepper.previousFinding();
    stepper.previousFinding();
    CHECK(cursor() == 2);
    stepper.first();
    stepper.previousFinding();
    CHECK(cursor() == no_event);
}

TEST_CASE("the pace is changed during a walk, which goes on from where it is") {
    LoadedSession loaded(two_tasks);
    Stepper stepper(loaded.session, loaded.view);
    QSignalSpy changed(&stepper, &Stepper::paceChanged);
    CHECK(stepper.pace() == Stepper::Pace::time);
    stepper.setPace(Stepper::Pace::steps);
    stepper.run();
    stepper.advance(2'000'000'000);
    CHECK(loaded.view.cursor() == 6);
    stepper.setPace(Stepper::Pace::time);
    stepper.advance(100'000'000);
    CHECK(loaded.view.cursor() == 6);
    stepper.advance(100'000'000);
    CHECK(loaded.view.cursor() == 7);
    stepper.setPace(Stepper::Pace::time);
    CHECK(changed.count() == 2);
    stepper.pause();
}

TEST_CASE("by time, the walk lets the trace's own time pass, and stops at its end") {
    LoadedSession loaded(two_tasks);
    Stepper stepper(loaded.session, loaded.view);
    QSignalSpy running(&stepper, &Stepper::runningChanged);
    stepper.setPace(Stepper::Pace::time);
    stepper.run();
    stepper.advance(999'999'999);
    CHECK(loaded.view.cursor() == 2);
    stepper.advance(1);
    CHECK(loaded.view.cursor() == 3);
    stepper.setSpeed(2);
    stepper.advance(500'000'000);
    CHECK(loaded.view.cursor() == 6);
    CHECK(stepper.running());
    stepper.advance(5'000'000'000);
    CHECK(loaded.view.cursor() == 11);
    CHECK_FALSE(stepper.running());
    CHECK(running.count() == 2);
    stepper.run();
    CHECK(loaded.view.cursor() == no_event);
    stepper.pause();
}

TEST_CASE("by steps, each takes the same time") {
    LoadedSession loaded(two_tasks);
    Stepper stepper(loaded.session, loaded.view);
    stepper.setPace(Stepper::Pace::steps);
    stepper.toggle();
    stepper.advance(900'000'000);
    CHECK(loaded.view.cursor() == no_event);
    stepper.advance(100'000'000);
    CHECK(loaded.view.cursor() == 3);
    stepper.advance(2'000'000'000);
    CHECK(loaded.view.cursor() == 9);
    CHECK(stepper.running());
    stepper.advance(1'000'000'000);
    CHECK(loaded.view.cursor() == 11);
    CHECK_FALSE(stepper.running());
}

TEST_CASE("who moves the cursor during the walk takes it over") {
    LoadedSession loaded(two_tasks);
    Stepper stepper(loaded.session, loaded.view);
    stepper.setPace(Stepper::Pace::time);
    stepper.run();
    loaded.view.setCursor(8);
    stepper.advance(100'000'000);
    CHECK(loaded.view.cursor() == 10);
    CHECK(stepper.running());
    loaded.view.setFollowing(true);
    CHECK_FALSE(stepper.running());
}

TEST_CASE("an empty trace has nowhere to step to") {
    LoadedSession loaded("");
    Stepper stepper(loaded.session, loaded.view);
    stepper.step();
    stepper.last();
    stepper.nextEvent();
    CHECK(loaded.view.cursor() == no_event);
    stepper.run();
    stepper.advance(1'000'000'000);
    CHECK_FALSE(stepper.running());
}

TEST_CASE("the walk of something live waits at its end for more") {
    auto pipe = std::make_shared<test::PushedSource::Pipe>();
    TraceSession session(std::make_unique<test::PushedSource>(pipe));
    ViewState view;
    pipe->push({{Event::pack(EventKind::task_running, 1, 1), 10, 0, 0, 0}});
    REQUIRE(test::eventually([&] { return session.trace()->event_count() == 1; }));
    Stepper stepper(session, view);
    stepper.run();
    stepper.advance(1'000'000'000);
    CHECK(view.cursor() == 0);
    CHECK(stepper.running());
    pipe->push({{Event::pack(EventKind::task_running, 1, 2), 500, 0, 0, 0}});
    REQUIRE(test::eventually([&] { return session.trace()->event_count() == 2; }));
    stepper.advance(1'000'000'000);
    CHECK(view.cursor() == 1);
    CHECK(stepper.running());
}

TEST_CASE("speeds are kept within bounds") {
    LoadedSession loaded("");
    Stepper stepper(loaded.session, loaded.view);
    QSignalSpy changed(&stepper, &Stepper::speedChanged);
    stepper.setSpeed(1e9);
    CHECK(stepper.speed() == Stepper::speed_max);
    stepper.setSpeed(-3);
    CHECK(stepper.speed() == Stepper::speed_min);
    stepper.setSpeed(-3);
    CHECK(changed.count() == 2);
}
