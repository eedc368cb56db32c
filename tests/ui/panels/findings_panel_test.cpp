// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/findings_panel.hpp"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>
#include <QToolButton>
#include <catch2/catch.hpp>

#include "tests/ui/panels/read_session.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/panels/filter_field.hpp"
#include "ui/panels/finding_detail.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using namespace awaitscope::test;

namespace {

/// A task that blocks, and one that swallows a cancellation.
constexpr const char* troubled = R"(
0 loop_started
0 iteration n=1 ready=2 timers=0
0 task_created 1 name=blocks coro=blocks file=server.cpp line=10
0 task_created 2 name=stubborn coro=stubborn file=server.cpp line=30
0 task_running 1
0.5 task_suspended 1 on=sleep file=server.cpp line=12
0.5 task_running 2
0.5 task_suspended 2 on=sleep file=server.cpp line=33
1 task_cancel_requested 2 by=1
1 task_running 2
1 task_suspended 2 on=sleep file=server.cpp line=33
2 task_running 2
2 task_done 2 state=finished
)";

struct Shown {
    explicit Shown(const char* events) : session(text_source(events)) {
        QSettings().clear();
        REQUIRE(QTest::qWaitFor([&] { return session.ended(); }));
        watch.finish();
        panel.resize(900, 300);
        panel.show();
    }
    QLabel* label(const QString& text) {
        for (QLabel* one : panel.findChildren<QLabel*>())
            if (one->text() == text) return one;
        return nullptr;
    }

    TraceSession session;
    ViewState view;
    FindingsWatch watch{session};
    FindingsPanel panel{watch, view};
};

}  // namespace

TEST_CASE("findings are listed, the worst first, and the first one is told in full") {
    Shown shown(troubled);
    QAbstractItemModelTester tester(&shown.panel.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    REQUIRE(shown.panel.model().rowCount() == 2);
    CHECK(shown.panel.model().index(0).data(FindingsModel::TitleRole).toString() == "Blocked loop");
    CHECK(shown.panel.model().index(1).data(FindingsModel::TitleRole).toString() == "Swallowed cancellation");
    CHECK(shown.panel.list()->currentIndex().row() == 0);
    CHECK(shown.label("Error: Blocked loop"));
    CHECK(shown.panel.detail()->lineButton()->text() == "after server.cpp:10 in blocks");
    const QString text = shown.panel.model().index(0).data(Qt::AccessibleTextRole).toString();
    CHECK(text.startsWith("Error: Blocked loop. blocks kept the loop for 500 ms"));
}

TEST_CASE("rows that come and go leave the others, and what is chosen, as they are") {
    Shown shown(troubled);
    QAbstractItemModelTester tester(&shown.panel.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    shown.panel.list()->setCurrentIndex(shown.panel.model().index(1));
    const QPersistentModelIndex chosen = shown.panel.list()->currentIndex();
    shown.panel.model().setFilter("swallowed");
    CHECK(chosen.isValid());
    CHECK(chosen.row() == 0);
    CHECK(shown.panel.list()->currentIndex() == chosen);
    shown.panel.model().setFilter({});
    CHECK(chosen.row() == 1);
    CHECK(shown.panel.list()->currentIndex() == chosen);
    CHECK(shown.panel.model().index(0).data(FindingsModel::TitleRole).toString() == "Blocked loop");
    shown.panel.goTo(shown.panel.model().at(0)->key);
    CHECK(shown.panel.list()->currentIndex().row() == 0);
    CHECK(shown.view.cursor() == shown.panel.model().at(0)->finding.event);
}

TEST_CASE("Enter and the button go to the finding: its moment and its task") {
    Shown shown(troubled);
    shown.panel.list()->setCurrentIndex(shown.panel.model().index(1));
    QTest::keyClick(shown.panel.list(), Qt::Key_Return);
    CHECK(shown.view.cursor() == shown.panel.model().at(1)->finding.event);
    CHECK(shown.view.selectedTask() == 1);
    shown.panel.list()->setCurrentIndex(shown.panel.model().index(0));
    QTest::mouseClick(shown.panel.detail()->goButton(), Qt::LeftButton);
    CHECK(shown.view.cursor() == shown.panel.model().at(0)->finding.event);
    CHECK(shown.view.selectedTask() == 0);
}

TEST_CASE("Enter goes to the worst of several, and chooses the task that it is about") {
    Shown shown(R"(
0 loop_started
0 iteration n=1 ready=2 timers=0
0 task_created 1 name=first coro=handle file=server.cpp line=10
0 task_created 2 name=worst coro=handle file=server.cpp line=10
0 task_running 1
0.2 task_done 1 state=finished
0.2 task_running 2
0.9 task_done 2 state=finished
)");
    REQUIRE(shown.panel.model().at(0)->tasks.size() == 2);
    QTest::keyClick(shown.panel.list(), Qt::Key_Return);
    CHECK(shown.view.cursor() == 6);
    CHECK(shown.view.selectedTask() == 1);
}

TEST_CASE("of what happened several times, the occurrence that is told is gone to, and the others are walked") {
    Shown shown(R"(
0 loop_started
0 iteration n=1 ready=3 timers=0
0 task_created 1 name=first coro=handle file=server.cpp line=10
0 task_created 2 name=worst coro=handle file=server.cpp line=10
0 task_created 3 name=last coro=handle file=server.cpp line=10
0 task_running 1
0.2 task_done 1 state=finished
0.2 task_running 2
0.9 task_done 2 state=finished
0.9 task_running 3
1.1 task_done 3 state=finished
)");
    const FindingDetail& detail = *shown.panel.detail();
    const auto* occurrence = detail.findChild<QLabel*>("occurrence");
    CHECK(occurrence->text() == "2 of 3: at 0.200 s");
    QTest::mouseClick(detail.laterButton(), Qt::LeftButton);
    CHECK(occurrence->text() == "3 of 3: at 0.900 s");
    CHECK(shown.view.cursor() == 9);
    CHECK(shown.view.selectedTask() == 2);
    CHECK_FALSE(detail.laterButton()->isEnabled());
    QTest::mouseClick(detail.goButton(), Qt::LeftButton);
    CHECK(shown.view.cursor() == 9);
    QTest::mouseClick(detail.earlierButton(), Qt::LeftButton);
    QTest::mouseClick(detail.earlierButton(), Qt::LeftButton);
    CHECK(occurrence->text() == "1 of 3: at 0.000 s");
    CHECK(shown.view.cursor() == 5);
    CHECK(shown.view.selectedTask() == 0);
    CHECK_FALSE(detail.earlierButton()->isEnabled());

    Shown once(troubled);
    CHECK_FALSE(once.panel.detail()->laterButton()->isVisible());
}

TEST_CASE("the line's button asks for the source") {
    Shown shown(troubled);
    QSignalSpy wanted(&shown.panel, &FindingsPanel::sourceWanted);
    QTest::mouseClick(shown.panel.detail()->lineButton(), Qt::LeftButton);
    CHECK(wanted.count() == 1);
    CHECK(shown.view.cursor() == shown.panel.model().at(0)->finding.event);
}

TEST_CASE("a muted finding goes, is not counted, and stays muted in the next session") {
    Shown shown(troubled);
    QSignalSpy counted(&shown.panel, &FindingsPanel::countChanged);
    QTest::keyClick(shown.panel.list(), Qt::Key_Delete);
    REQUIRE(shown.panel.model().rowCount() == 1);
    CHECK(shown.panel.model().count() == 1);
    CHECK(counted.last().at(0).toInt() == 1);
    CHECK(shown.panel.events().size() == 1);
    CHECK(shown.panel.mutedButton()->text() == "Muted (1)");

    FindingsWatch next(shown.session);
    next.finish();
    CHECK(next.isMuted(next.findings().at(0)));

    shown.panel.mutedButton()->click();
    REQUIRE(shown.panel.model().rowCount() == 2);
    CHECK(shown.panel.model().index(0).data(FindingsModel::MutedRole).toBool());
    shown.panel.list()->setCurrentIndex(shown.panel.model().index(0));
    CHECK(shown.panel.detail()->muteButton()->text() == "Unmute");
    QTest::mouseClick(shown.panel.detail()->muteButton(), Qt::LeftButton);
    CHECK(shown.panel.model().count() == 2);
}

TEST_CASE("the filter narrows by kind, words and place") {
    Shown shown(troubled);
    for (const auto& [typed, rows] : {std::pair("swallow", 1), {"server.cpp:10", 1}, {"blocks", 1}, {"nothing", 0}}) {
        INFO(typed);
        shown.panel.filterField()->setText(typed);
        CHECK(shown.panel.model().rowCount() == rows);
    }
    CHECK(shown.panel.findChild<EmptyState*>()->title() == "No finding fits the filter");
    CHECK(shown.panel.model().count() == 2);
}

TEST_CASE("a program with nothing wrong: the panel says what was looked for") {
    Shown shown("0 task_created 1 name=main coro=main\n0 task_running 1\n0 task_done 1 state=finished\n");
    EmptyState* empty = shown.panel.findChild<EmptyState*>();
    CHECK(empty->isVisible());
    CHECK(empty->title() == "Nothing found");
    bool told = false;
    for (QLabel* label : empty->findChildren<QLabel*>()) told |= label->text().contains("Deadlock");
    CHECK(told);
}

TEST_CASE("list and detail stand side by side where there is room, else one above the other") {
    Shown shown(troubled);
    QSplitter* splitter = shown.panel.findChild<QSplitter*>();
    CHECK(splitter->orientation() == Qt::Horizontal);
    shown.panel.resize(400, 500);
    CHECK(splitter->orientation() == Qt::Vertical);
}
