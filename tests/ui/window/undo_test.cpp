// SPDX-License-Identifier: GPL-3.0-or-later
// One undo for all that is looked at, by keys.
#include <QLineEdit>
#include <QTableView>

#include "tests/ui/window/open_window.hpp"
#include "ui/panels/events_panel.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/window/top_bar.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

TEST_CASE("Ctrl+Z takes back zoom, folding, filter and search one by one, Ctrl+Shift+Z does them again") {
    OpenWindow it;
    it.view().setGestureGap(0);
    it.key(Qt::Key_F);
    const Sight whole = it.view().sight();
    it.key(Qt::Key_W);
    const TimeRange zoomed = it.view().range();
    CHECK(zoomed != whole.range);
    it.view().setSelectedTask(0);
    it.key(Qt::Key_Return);
    CHECK(it.view().sight().folded_tasks.contains(0));
    FilterField* filter = it.workspace().tasks()->filterField();
    it.workspace().showPanel("tasks");
    filter->setText("Task");
    it.key(Qt::Key_End);
    CHECK(it.workspace().tasks()->model().rowCount() == 1);
    it.window->topBar().search()->setText("two");
    const Sight last = it.view().sight();
    CHECK(last.search == "two");

    it.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(it.window->topBar().search()->text().isEmpty());
    it.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(filter->text().isEmpty());
    CHECK(it.workspace().tasks()->model().rowCount() == 2);
    CHECK(it.view().sight().folded_tasks.contains(0));
    it.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(it.view().sight().folded_tasks.empty());
    CHECK(it.view().range() == zoomed);
    it.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(it.view().sight() == whole);

    for (int i = 0; i < 4; ++i) it.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(it.view().sight() == last);
    CHECK(filter->text() == "Task");
    CHECK(it.window->topBar().search()->text() == "two");
}

TEST_CASE("A word typed into a filter is taken back as one, from within the field, too") {
    OpenWindow it;
    it.view().setGestureGap(1'000'000);
    it.workspace().showPanel("events");
    QCoreApplication::processEvents();
    EventsPanel* events = it.workspace().events();
    const int all = events->table()->model()->rowCount();
    FilterField* field = events->filterField();
    field->setFocus();
    QTest::keyClicks(field, "output");
    REQUIRE(QTest::qWaitFor([&] { return events->table()->model()->rowCount() == 2; }));
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
    CHECK(field->text().isEmpty());
    REQUIRE(QTest::qWaitFor([&] { return events->table()->model()->rowCount() == all; }));
}

TEST_CASE("The kinds of events that are shown are taken back, too") {
    OpenWindow it;
    it.view().setGestureGap(0);
    EventsPanel* events = it.workspace().events();
    const int all = events->table()->model()->rowCount();
    events->showGroups({"loop"});
    REQUIRE(QTest::qWaitFor([&] { return events->table()->model()->rowCount() < all; }));
    it.window->actions().undo->trigger();
    REQUIRE(QTest::qWaitFor([&] { return events->table()->model()->rowCount() == all; }));
}
