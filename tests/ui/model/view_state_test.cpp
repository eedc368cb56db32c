// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/view_state.hpp"

#include <QSignalSpy>
#include <catch2/catch.hpp>

#include "ui/model/follow_live.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

TEST_CASE("a view state tells of changes, and only of changes") {
    ViewState view;
    QSignalSpy cursor(&view, &ViewState::cursorChanged);
    QSignalSpy selection(&view, &ViewState::selectionChanged);
    QSignalSpy search(&view, &ViewState::searchChanged);
    view.setCursor(3);
    view.setCursor(3);
    view.setSelectedTask(1);
    view.setSelectedTask(1);
    view.setSearch("lock");
    view.setSearch("lock");
    CHECK(cursor.count() == 1);
    CHECK(selection.count() == 1);
    CHECK(search.count() == 1);
    CHECK(view.cursor() == 3);
    CHECK(view.selectedTask() == 1);
    CHECK(view.search() == "lock");
}

TEST_CASE("moving the cursor or the range by hand leaves follow mode") {
    ViewState view;
    QSignalSpy following(&view, &ViewState::followingChanged);
    view.setCursor(5);
    CHECK_FALSE(view.following());
    view.setFollowing(true);
    view.setRange({0, 100});
    CHECK_FALSE(view.following());
    CHECK(following.count() == 3);
}

TEST_CASE("following moves cursor and range, stays in follow mode and leaves nothing to undo") {
    ViewState view;
    view.follow(9, {0, 50});
    CHECK(view.cursor() == 9);
    CHECK(view.range() == TimeRange{0, 50});
    CHECK(view.following());
    CHECK_FALSE(view.canUndo());
    view.setFollowing(false);
    view.follow(10, {0, 60});
    CHECK(view.cursor() == 9);
}

TEST_CASE("ranges are undone and redone, and a new one forgets what could be redone") {
    ViewState view;
    view.setGestureGap(0);
    view.setRange({0, 100});
    view.setRange({20, 40});
    view.undo();
    CHECK(view.range() == TimeRange{0, 100});
    CHECK(view.canRedo());
    view.redo();
    CHECK(view.range() == TimeRange{20, 40});
    view.undo();
    view.setRange({1, 2});
    CHECK_FALSE(view.canRedo());
    view.undo();
    view.undo();
    CHECK(view.range() == TimeRange{0, 0});
    CHECK_FALSE(view.canUndo());
    view.undo();
    CHECK(view.range() == TimeRange{0, 0});
}

TEST_CASE("the changes of one gesture are undone as one") {
    ViewState view;
    view.setGestureGap(1'000'000);
    view.setRange({0, 100});
    view.setRange({1, 99});
    view.setRange({2, 98});
    view.undo();
    CHECK(view.range() == TimeRange{0, 0});
}

TEST_CASE("whatever is looked at goes onto one stack, a word that is typed as one, each folding by itself") {
    ViewState view;
    view.setGestureGap(1'000'000);
    const Sight before = view.sight();
    view.setRange({0, 100});
    for (const char* text : {"w", "wo", "wor"}) view.setFilter("tasks", text);
    view.setFolded(3, true);
    view.setFolded(4, true);
    view.setSearch("x");
    view.setIoFolded(true);
    QSignalSpy filters(&view, &ViewState::filterChanged), foldings(&view, &ViewState::foldingChanged);
    view.undo();
    CHECK_FALSE(view.sight().io_folded);
    view.undo();
    CHECK(view.search().isEmpty());
    view.undo();
    CHECK(view.sight().folded_tasks == std::set<TaskIndex>{3});
    view.undo();
    CHECK(foldings.count() == 3);
    CHECK(view.filter("tasks") == "wor");
    view.undo();
    CHECK(view.filter("tasks").isEmpty());
    CHECK(filters.count() == 1);
    view.undo();
    CHECK(view.sight() == before);
    CHECK_FALSE(view.canUndo());
    for (int i = 0; i < 6; ++i) view.redo();
    CHECK(view.sight().io_folded);
    CHECK(view.filter("tasks") == "wor");
    CHECK(view.filter("events").isEmpty());
}

TEST_CASE("a range that slides after the cursor leaves nothing to undo") {
    ViewState view;
    view.setRange({0, 100});
    view.slideRange({50, 150});
    CHECK(view.range() == TimeRange{50, 150});
    view.undo();
    CHECK(view.range() == TimeRange{0, 0});
    CHECK_FALSE(view.canUndo());
}

TEST_CASE("a mark has a note of one line, and is told of when it changes") {
    ViewState view;
    QSignalSpy changed(&view, &ViewState::marksChanged);
    view.setMark(7, "two\nlines");
    view.setMark(7, "two lines");
    CHECK(view.marks() == std::map<EventIndex, QString>{{7, "two lines"}});
    CHECK(changed.count() == 1);
    view.removeMark(8);
    view.removeMark(7);
    CHECK(changed.count() == 2);
}

TEST_CASE("an inverted range is turned round") {
    ViewState view;
    view.setRange({40, 20});
    CHECK(view.range() == TimeRange{20, 40});
}

TEST_CASE("follow mode shows all of a recording, and the newest stretch of something live") {
    CHECK(followRange({}, 0, 500, false) == TimeRange{0, 500});
    CHECK(followRange({3, 5}, 0, 500, false) == TimeRange{0, 500});
    CHECK(followRange({}, 7, 7, false) == TimeRange{7, 8});
    CHECK(followRange({}, 0, 500, true) == TimeRange{0, live_span});
    CHECK(followRange({}, 0, 3 * live_span, true) == TimeRange{2 * live_span, 3 * live_span});
    CHECK(followRange({0, 100}, 0, 500, true) == TimeRange{400, 500});
}
