// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/await_graph_panel.hpp"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/graph/await_graph_view.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

const char* const two_locks = R"(
0.000 task_created 1 name=main
0.001 task_running 1
0.002 task_created 2 name=Ann parent=1
0.002 task_created 3 name=Bob parent=1
0.003 task_suspended 1 on=gather object=50
0.004 task_running 2
0.004 sync_acquired 2 object=20 kind=lock
0.005 task_suspended 2 on=sleep object=7
0.006 task_running 3
0.006 sync_acquired 3 object=21 kind=lock
0.007 task_suspended 3 on=lock object=20
0.012 task_ready 2
0.012 task_running 2
0.013 task_suspended 2 on=lock object=21
)";
constexpr EventIndex sleeping = 10, deadlocked = 13;

struct Fixture {
    Fixture() {
        qRegisterMetaType<TaskIndex>("awaitscope::TaskIndex");
        REQUIRE(QTest::qWaitFor([&] { return session.ended() && session.trace()->event_count() == 14; }));
        view.setFollowing(false);
        PanelStyle style;
        for (QColor* color : {&style.text, &style.textSoft, &style.textFaint, &style.accent, &style.chip, &style.window,
                              &style.selection, &style.running, &style.ready, &style.gather, &style.lock, &style.sleep})
            *color = Qt::gray;
        style.window = Qt::white;
        style.failed = Qt::red;
        panel.setPanelStyle(style);
        panel.resize(900, 400);
        panel.show();
    }
    void at(EventIndex cursor) {
        view.setCursor(cursor);
        panel.refresh();
    }
    AwaitGraphView& graph() { return *panel.graphView(); }
    int nodeNamed(const char* name) {
        const auto& nodes = graph().placed().graph.nodes;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (nodes[i].name == name) return static_cast<int>(i);
        FAIL("no node " << name);
        return -1;
    }
    QPoint middleOf(const char* name) {
        return graph().seenRectOf(static_cast<std::size_t>(nodeNamed(name))).center().toPoint();
    }
    void key(Qt::Key key) { QTest::keyClick(&graph(), key); }
    std::string selected() {
        return view.selectedTask() == no_task ? "" : test::name_of(*session.trace(), view.selectedTask());
    }
    int redPixels() {
        const QImage image = graph().picture();
        int found = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y) == QColor(Qt::red);
        return found;
    }

    TraceSession session{test::text_source(two_locks)};
    ViewState view;
    AwaitGraphPanel panel{session, view};
};

}  // namespace

TEST_CASE("a click selects a task everywhere, and another's selection shows here") {
    Fixture it;
    it.at(sleeping);
    QTest::mouseClick(it.graph().viewport(), Qt::LeftButton, {}, it.middleOf("Bob"));
    CHECK(it.selected() == "Bob");
    QTest::mouseClick(it.graph().viewport(), Qt::LeftButton, {}, it.middleOf("lock 20"));
    CHECK(it.selected() == "Bob");
    it.view.setSelectedTask(0);
    it.key(Qt::Key_Right);
    it.key(Qt::Key_Right);
    CHECK(it.selected() == "Ann");
}

TEST_CASE("arrow keys walk along the arcs and within a layer") {
    Fixture it;
    it.at(sleeping);
    it.key(Qt::Key_Right);
    CHECK(it.selected() == "main");
    it.key(Qt::Key_Right);
    it.key(Qt::Key_Right);
    const std::string child = it.selected();
    CHECK((child == "Ann" || child == "Bob"));
    it.view.setSelectedTask(2);
    it.key(Qt::Key_Right);
    it.key(Qt::Key_Right);
    CHECK(it.selected() == "Ann");
    it.key(Qt::Key_Left);
    it.key(Qt::Key_Left);
    CHECK((it.selected() == "Bob" || it.selected() == "main"));
}

TEST_CASE("a double click and Return ask for the line, or for the lock") {
    Fixture it;
    it.at(sleeping);
    QSignalSpy lines(&it.panel, &AwaitGraphPanel::taskActivated), things(&it.panel, &AwaitGraphPanel::thingActivated);
    QTest::mouseDClick(it.graph().viewport(), Qt::LeftButton, {}, it.middleOf("Ann"));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0][0].value<TaskIndex>() == 1);
    QTest::mouseDClick(it.graph().viewport(), Qt::LeftButton, {}, it.middleOf("lock 20"));
    REQUIRE(things.size() == 1);
    CHECK(things[0][0].value<Id>() == 20);
    it.view.setSelectedTask(0);
    it.key(Qt::Key_Return);
    CHECK(lines.size() == 2);
}

TEST_CASE("a cycle is told in words and drawn in red, and only while there is one") {
    Fixture it;
    const auto* words = it.panel.findChild<QLabel*>("cycles");
    it.at(sleeping);
    CHECK_FALSE(words->isVisible());
    CHECK(it.redPixels() == 0);
    it.at(deadlocked);
    CHECK(words->isVisible());
    CHECK(words->text() == "Cycle: Ann → lock 21 → Bob → lock 20 → Ann");
    CHECK(it.redPixels() > 100);
    it.at(sleeping);
    CHECK_FALSE(words->isVisible());
}

TEST_CASE("copying gives a picture and a text") {
    Fixture it;
    it.at(sleeping);
    QTest::keyClick(&it.graph(), Qt::Key_C, Qt::ControlModifier);
    const QMimeData* copied = QApplication::clipboard()->mimeData();
    CHECK(copied->hasImage());
    CHECK(copied->text().contains("lock 20 is held by Ann."));
}

TEST_CASE("zoom keeps the middle, fits, and stays within bounds") {
    Fixture it;
    it.at(sleeping);
    it.key(Qt::Key_Plus);
    CHECK(it.graph().scale() == Approx(1.25));
    it.key(Qt::Key_Minus);
    CHECK(it.graph().scale() == Approx(1));
    for (int i = 0; i < 30; ++i) it.key(Qt::Key_Plus);
    CHECK(it.graph().scale() <= 3);
    it.panel.resize(300, 200);
    QCoreApplication::processEvents();
    it.key(Qt::Key_0);
    CHECK(it.graph().scale() < 1);
    for (std::size_t i = 0; i < it.graph().placed().boxes.size(); ++i)
        CHECK(QRectF(it.graph().viewport()->rect()).contains(it.graph().seenRectOf(i)));
}

TEST_CASE("what was drawn smaller where there was no room is as large as ever where there is") {
    Fixture it;
    it.at(sleeping);
    it.panel.resize(120, 200);
    QCoreApplication::processEvents();
    CHECK(it.graph().scale() < 1);
    CHECK(it.graph().scale() > 0.9);
    it.panel.resize(1200, 400);
    QCoreApplication::processEvents();
    CHECK(it.graph().scale() == Approx(1));
    // And what stood at the top does so still, though not all of it can be seen.
    it.panel.resize(120, 60);
    QCoreApplication::processEvents();
    it.panel.resize(1200, 60);
    QCoreApplication::processEvents();
    REQUIRE(it.graph().verticalScrollBar()->maximum() > 0);
    CHECK(it.graph().verticalScrollBar()->value() == 0);
}

TEST_CASE("the panel follows the cursor while it is seen, and says what would fill it while it is empty") {
    Fixture it;
    QCoreApplication::processEvents();
    CHECK_FALSE(it.graph().isVisible());
    it.view.setCursor(sleeping);
    CHECK(QTest::qWaitFor([&] { return it.graph().placed().graph.alive == 3; }));
    CHECK(it.graph().isVisible());
    it.view.setCursor(no_event);
    CHECK(QTest::qWaitFor([&] { return !it.graph().isVisible(); }));
}
