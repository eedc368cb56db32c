// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/tour.hpp"

#include <QApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>

#include "tests/ui/window/open_window.hpp"
#include "ui/scenario/story_panel.hpp"

using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

TEST_CASE("The tour goes from place to place by keys, which do nothing else meanwhile, and ends") {
    OpenWindow it;
    const QPointer<Tour> tour = Tour::start(*it.window);
    REQUIRE(tour->count() >= 4);
    QStringList titles;
    for (std::size_t stop = 0; stop < tour->count(); ++stop) {
        CHECK(tour->current() == stop);
        titles << tour->accessibleName();
        CHECK_FALSE(tour->accessibleDescription().isEmpty());
        CHECK(tour->rect().contains(tour->findChild<QWidget*>("tourNote")->geometry()));
        QTest::keyClick(tour.data(), Qt::Key_Right);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (!tour) break;
    }
    CHECK(tour.isNull());
    CHECK(titles.removeDuplicates() == 0);
    CHECK(it.view().cursor() == awaitscope::no_event);
}

TEST_CASE("The tour ends on Escape, and with what it points at") {
    OpenWindow it;
    QPointer<Tour> tour = Tour::start(*it.window);
    QTest::keyClick(tour.data(), Qt::Key_Escape);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    CHECK(tour.isNull());
    tour = Tour::start(*it.window);
    it.window->closeSource();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    CHECK(tour.isNull());
}

TEST_CASE("The tour shows itself once") {
    OpenWindow it;
    Tour::startOnFirstDay(*it.window);
    const QPointer<Tour> first = it.window->findChild<Tour*>();
    REQUIRE(first);
    first->findChild<QPushButton*>("tourSkip")->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    Tour::startOnFirstDay(*it.window);
    CHECK(it.window->findChild<Tour*>() == nullptr);
}

TEST_CASE("After the tour the keyboard leads on through the story") {
    QSettings().clear();
    MainWindow window({});
    window.show();
    window.open(awaitscope::test::text_source("0 task_created 1 name=Task-1 coro=main_ file=a.cpp line=1\n"
                                              "0.1 task_running 1\n0.2 output 1 text=hello\n0.3 task_done 1\n"),
                {.kind = SourceDescription::Kind::scenario, .name = "hello-world", .scenario = "hello-world"});
    window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&window));
    StoryPanel* story = window.workspace()->story();
    REQUIRE(QTest::qWaitFor([&] { return window.workspace()->view().cursor() == 1; }));
    Tour* tour = Tour::start(window);
    QTest::keyClick(tour, Qt::Key_Escape);
    REQUIRE(QApplication::focusWidget() != nullptr);
    CHECK(QApplication::focusWidget()->objectName() == "storyNext");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    CHECK(story->currentStep() == 1);
}
