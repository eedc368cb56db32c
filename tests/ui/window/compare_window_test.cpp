// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/compare_window.hpp"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/panels/empty_state.hpp"
#include "ui/timeline/timeline_view.hpp"
#include "ui/window/compare_tables.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using namespace awaitscope::test;

namespace {

/// A worker that sleeps again and again, a mark when it is warm, and a step of so many seconds at the end.
std::string program(double begin, double warm, double blocks, const char* extra = "") {
    const auto at = [&](double seconds) { return std::to_string(begin + seconds); };
    return at(0) + " task_created 1 name=worker coro=worker file=w.cpp line=3\n" + at(0) + " task_running 1\n" +
           at(0.01) + " task_suspended 1 on=sleep file=w.cpp line=5\n" + at(warm) + " mark text=warm\n" + at(warm) +
           " task_ready 1\n" + at(warm) + " task_running 1\n" + at(warm + blocks) + " task_done 1 state=finished\n" +
           extra;
}

using Tab = CompareTables::Tab;

struct Compared {
    Compared(const std::string& before, const std::string& after)
        : window({text_source(before), {.name = "before"}, {}}, {text_source(after), {.name = "after"}, {}}) {
        window.show();
        window.finish();
    }
    CompareTables& tables() { return *window.tables(); }
    QTableView* table(Tab tab) { return tables().table(tab); }

    CompareWindow window;
};

}  // namespace

TEST_CASE("two recordings are shown one above the other over the same stretch, begin to begin") {
    Compared compared(program(1, 1, 0.01), program(5, 2, 0.01));
    const TimeRange a = compared.window.view(0).range(), b = compared.window.view(1).range();
    CHECK(b.begin - a.begin == 4'000'000'000);
    CHECK(a.length() == b.length());
    CHECK(a.begin < 1'000'000'000);
    CHECK(b.end > 7'010'000'000);
}

TEST_CASE("zooming and panning one moves the other") {
    Compared compared(program(0, 1, 0.01), program(5, 2, 0.01));
    compared.window.view(0).setRange({100, 2'000'000'100});
    CHECK(compared.window.view(1).range() == TimeRange{5'000'000'100, 7'000'000'100});
    compared.window.view(1).setRange({6'000'000'000, 6'500'000'000});
    CHECK(compared.window.view(0).range() == TimeRange{1'000'000'000, 1'500'000'000});
    const TimeRange before = compared.window.view(0).range();
    compared.window.timeline(1)->zoom(2);
    CHECK(compared.window.view(0).range().length() != before.length());
    CHECK(compared.window.view(0).range().length() == compared.window.view(1).range().length());
}

TEST_CASE("they can be aligned by a mark that both have") {
    Compared compared(program(0, 1, 0.01), program(5, 2, 0.01));
    QComboBox* by = compared.window.alignment();
    REQUIRE(by->count() == 2);
    CHECK(by->itemText(1) == "mark: warm");
    by->setFocus();
    QTest::keyClick(by, Qt::Key_Down);
    CHECK(by->currentIndex() == 1);
    emit by->activated(1);
    CHECK(compared.window.view(1).range().begin - compared.window.view(0).range().begin == 6'000'000'000);
}

TEST_CASE("the table tells what only one of them has, and all when asked") {
    const char* extra =
        "9 task_created 7 name=extra coro=extra file=w.cpp line=30\n9 task_running 7\n"
        "9 task_suspended 7 on=sleep file=w.cpp line=33\n";
    Compared compared(program(0, 1, 0.01), program(0, 1, 0.5, extra));
    const QAbstractItemModel& coroutines = *compared.table(Tab::coroutines)->model();
    REQUIRE(coroutines.rowCount() == 1);
    CHECK(coroutines.index(0, DiffModel::VerdictColumn).data().toString() == "new");
    CHECK(coroutines.index(0, DiffModel::Coroutine).data().toString() == "extra");
    CHECK(coroutines.index(0, DiffModel::Count).data().toString() == QString::fromUtf8("– → 1"));
    CHECK(compared.window.summary().contains("Findings: 1 new, 0 gone."));
    CHECK(compared.tables().tabText(0) == "Coroutines (1)");
    QTest::mouseClick(compared.tables().allButton(), Qt::LeftButton);
    CHECK(coroutines.rowCount() == 2);
    CHECK(compared.tables().tabText(0) == "Coroutines (2)");
}

TEST_CASE("the tasks of the coroutine that is chosen in the table stand out in both timelines") {
    Compared compared(program(0, 1, 0.01), program(0, 1, 0.01, "9 task_created 7 coro=extra file=w.cpp line=30\n"));
    QTableView* table = compared.table(Tab::coroutines);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    CHECK(compared.window.view(0).search() == "extra");
    CHECK(compared.window.view(1).search() == "extra");
}

TEST_CASE("where nothing differs, the tables say so, and what was compared") {
    Compared compared(program(0, 1, 0.5), program(0, 1, 0.5));
    compared.tables().allButton()->setFocus();
    for (const Tab tab : {Tab::coroutines, Tab::lines, Tab::findings}) {
        compared.tables().setCurrentIndex(static_cast<int>(tab));
        CHECK(compared.tables().emptyState(tab)->title() == "Nothing differs");
        CHECK(compared.tables().emptyState(tab)->isVisible());
        CHECK_FALSE(compared.table(tab)->isVisible());
        QTest::keyClick(compared.tables().allButton(), Qt::Key_Space);
        CHECK_FALSE(compared.tables().emptyState(tab)->isVisible());
        CHECK(compared.table(tab)->isVisible());
        QTest::keyClick(compared.tables().allButton(), Qt::Key_Space);
    }
    compared.tables().setCurrentIndex(0);
    const QString words = compared.tables().emptyState(Tab::coroutines)->findChildren<QLabel*>().last()->text();
    CHECK(words.startsWith("All 1 coroutines are in both, and none is slower or faster."));
    CHECK(words.contains("less than 10 % or 10 "));
}

TEST_CASE("where neither run has anything of a kind, its table says that") {
    Compared compared(program(0, 1, 0.01), program(0, 1, 0.01));
    CHECK(compared.tables().emptyState(Tab::findings)->title() == "Neither has any");
    CHECK(compared.tables().tabText(2) == "Findings (0)");
}

TEST_CASE("findings that are new or gone are told, and lead to their moment in their run") {
    const std::string blocks = program(0, 1, 0.5), leaves = program(0, 1, 0.01);
    for (const int side : {0, 1}) {
        Compared compared(side == 0 ? blocks : leaves, side == 0 ? leaves : blocks);
        compared.tables().setCurrentIndex(2);
        QTableView* table = compared.table(Tab::findings);
        const auto cell = [&](int column) { return table->model()->index(0, column).data().toString(); };
        REQUIRE(table->model()->rowCount() == 1);
        CHECK(cell(DiffFindingsModel::VerdictColumn) == (side == 0 ? "gone" : "new"));
        CHECK(cell(DiffFindingsModel::Title) == "Error: Blocked loop");
        CHECK(cell(DiffFindingsModel::What).contains("worker"));
        CHECK(cell(DiffFindingsModel::Begin) == (side == 0 ? "1.000 s of A" : "1.000 s of B"));
        ViewState& view = compared.window.view(side);
        view.setCursor(0);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        const EventIndex there = view.cursor();
        CHECK(compared.window.session(side).trace()->time_at(there) >= 1'000'000'000);
        CHECK(view.selectedTask() == 0);
        view.setCursor(0);
        QTest::keyClick(table, Qt::Key_Return);  // the chosen one once more
        CHECK(view.cursor() == there);
    }
}

TEST_CASE("the tables of a comparison are models that Qt's tester accepts") {
    Compared compared(program(0, 1, 0.01), program(0, 1, 0.5));
    for (const Tab tab : {Tab::coroutines, Tab::lines, Tab::findings}) {
        QAbstractItemModelTester tester(compared.table(tab)->model(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        const int rows = compared.table(tab)->model()->rowCount();
        compared.tables().allButton()->toggle();
        CHECK(compared.table(tab)->model()->rowCount() > 0);
        compared.tables().allButton()->toggle();
        CHECK(compared.table(tab)->model()->rowCount() == rows);
    }
}

TEST_CASE("Ctrl+W closes the comparison") {
    Compared compared(program(0, 1, 0.01), program(0, 1, 0.01));
    QTest::keyClick(compared.window.timeline(0), Qt::Key_W, Qt::ControlModifier);
    CHECK_FALSE(compared.window.isVisible());
}
