// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/expected_run.hpp"

#include <QListView>

#include "tests/ui/window/open_window.hpp"
#include "ui/panels/output_panel.hpp"
#include "ui/window/panel_dock.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::OpenWindow;

namespace {

constexpr auto other_text = R"(
0.000 task_created 1 name=main
0.001 task_running 1
0.005 output 1 text="B: one"
0.006 task_suspended 1 on=sleep object=7
0.500 task_ready 1
0.501 task_running 1
2.000 output 1 text="B: two"
2.001 task_done 1 state=finished
)";

SourceDescription withExpected() {
    SourceDescription description;
    description.name = "demo";
    description.startExpected = [] { return test::text_source(other_text); };
    return description;
}

}  // namespace

TEST_CASE("The expected run stands at the moment of the window's cursor, and leads it when it is walked itself") {
    OpenWindow it({}, withExpected());
    ExpectedRun* expected = it.workspace().expected();
    REQUIRE(expected);
    REQUIRE(QTest::qWaitFor([&] { return expected->session().ended(); }));
    it.view().setCursor(8);  // 0.005: "A: one"
    CHECK(expected->view().cursor() == 2);
    CHECK(expected->output()->list()->model()->rowCount() == 1);
    it.view().setCursor(14);  // 1.001
    CHECK(expected->view().cursor() == 5);
    expected->view().setCursor(4);  // 0.500
    CHECK(it.view().cursor() == 10);
    expected->view().setCursor(7);  // behind the other's end
    CHECK(it.view().cursor() == test::two_tasks_count - 1);
    it.view().setCursor(no_event);
    CHECK(expected->view().cursor() == no_event);
}

TEST_CASE("Both runs show the same stretch of time, all of both to begin with") {
    OpenWindow it({}, withExpected());
    ExpectedRun* expected = it.workspace().expected();
    REQUIRE(QTest::qWaitFor([&] { return expected->session().ended(); }));
    it.workspace().timeline()->setAxis(AxisKind::steps);
    it.workspace().timeline()->setAxis(AxisKind::time);
    CHECK(it.view().range().begin < 0);
    CHECK(it.view().range().end > 2'001'000'000);
    CHECK(it.view().range().length() < 2'200'000'000);
    CHECK(expected->view().range() == it.view().range());
    it.view().setRange({0, 700'000'000});
    CHECK(expected->view().range() == TimeRange{0, 700'000'000});
    expected->view().setRange({100'000'000, 300'000'000});
    CHECK(it.view().range() == TimeRange{100'000'000, 300'000'000});
}

TEST_CASE("On the axis of time both runs have one scale, on the axis of steps the output has room beside") {
    OpenWindow it({}, withExpected());
    ExpectedRun* expected = it.workspace().expected();
    it.workspace().showPanel("expected");
    it.workspace().timeline()->setAxis(AxisKind::steps);
    QCoreApplication::processEvents();
    CHECK(expected->output()->geometry().left() == expected->timeline()->width());
    CHECK(expected->output()->width() >= 250);
    it.workspace().timeline()->setAxis(AxisKind::time);
    QCoreApplication::processEvents();
    CHECK(expected->timeline()->width() == it.workspace().timeline()->width());
    CHECK(expected->output()->geometry().top() == expected->timeline()->height());
}

TEST_CASE("On the axis of steps each run shows its own, and both change the axis together") {
    OpenWindow it({}, withExpected());
    ExpectedRun* expected = it.workspace().expected();
    REQUIRE(QTest::qWaitFor([&] { return expected->session().ended(); }));
    it.workspace().timeline()->setAxis(AxisKind::steps);
    it.workspace().timeline()->setAxis(AxisKind::time);
    CHECK(it.view().range().length() > 2'001'000'000);
    it.workspace().timeline()->setAxis(AxisKind::steps);
    CHECK(expected->timeline()->axis() == AxisKind::steps);
    CHECK(it.view().range().end < expected->view().range().end);
    const TimeRange own = expected->view().range();
    it.view().setRange({0, 500'000'000});
    CHECK(expected->view().range() == own);
    expected->timeline()->setAxis(AxisKind::time);
    CHECK(it.workspace().timeline()->axis() == AxisKind::time);
    CHECK(expected->view().range() == it.view().range());
}

TEST_CASE("Runs by the real clock are compared from their beginnings") {
    constexpr auto later = R"(
5.000 task_created 1 name=main
5.001 task_running 1
5.600 task_done 1 state=finished
)";
    SourceDescription description = withExpected();
    description.startExpected = [later] { return test::text_source(later); };
    OpenWindow it({}, description);
    ExpectedRun* expected = it.workspace().expected();
    REQUIRE(QTest::qWaitFor([&] { return expected->session().ended(); }));
    it.view().setCursor(3);  // 0.001
    CHECK(expected->view().cursor() == 1);
    expected->view().setCursor(2);  // 0.6 after its beginning
    CHECK(it.view().cursor() == 10);
    it.view().setRange({100'000'000, 200'000'000});
    CHECK(expected->view().range() == TimeRange{5'100'000'000, 5'200'000'000});
}

TEST_CASE("B goes from one run to the other and back, and the keys walk both") {
    OpenWindow it({}, withExpected());
    ExpectedRun* expected = it.workspace().expected();
    REQUIRE(QTest::qWaitFor([&] { return expected->session().ended(); }));
    it.workspace().timeline()->setFocus();
    it.key(Qt::Key_B);
    CHECK(expected->timeline()->hasFocus());
    QTest::keyClick(expected->timeline(), Qt::Key_End);
    CHECK(expected->view().cursor() != no_event);
    CHECK(it.view().cursor() != no_event);
    QTest::keyClick(expected->timeline(), Qt::Key_B);
    CHECK(it.workspace().timeline()->hasFocus());
    CHECK(it.window->actions().otherRun->isEnabled());
}

TEST_CASE(
    "Where there is no height for two runs and more, the expected one lies below with the loop, and B brings it to the "
    "front") {
    OpenWindow it({}, withExpected());
    it.window->resize(1280, 720);
    QCoreApplication::processEvents();
    it.workspace().resetLayout();
    QCoreApplication::processEvents();
    PanelDock* expected = it.workspace().dock("expected");
    PanelDock* timeline = it.workspace().dock("timeline");
    CHECK(timeline->isShown());
    CHECK_FALSE(expected->isShown());
    it.key(Qt::Key_B);
    CHECK(expected->isShown());
    CHECK(timeline->isShown());
    CHECK(expected->isAncestorOf(QApplication::focusWidget()));
    it.window->actions().otherRun->trigger();
    QCoreApplication::processEvents();
    CHECK(timeline->isAncestorOf(QApplication::focusWidget()));
}

TEST_CASE("A source without a variant has no such panel") {
    OpenWindow it;
    CHECK(it.workspace().expected() == nullptr);
    CHECK(it.workspace().dock("expected") == nullptr);
}
