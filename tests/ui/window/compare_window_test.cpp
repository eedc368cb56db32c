// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/compare_window.hpp"

#include <QComboBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/timeline/timeline_view.hpp"

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

struct Compared {
    Compared(const std::string& before, const std::string& after)
        : window({text_source(before), {.name = "before"}, {}}, {text_source(after), {.name = "after"}, {}}) {
        window.show();
        window.finish();
    }
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
    DiffModel& coroutines = compared.window.model(DiffModel::What::coroutines);
    REQUIRE(coroutines.rowCount() == 1);
    CHECK(coroutines.index(0, DiffModel::VerdictColumn).data().toString() == "new");
    CHECK(coroutines.index(0, DiffModel::Coroutine).data().toString() == "extra");
    CHECK(coroutines.index(0, DiffModel::Count).data().toString() == QString::fromUtf8("– → 1"));
    CHECK(compared.window.summary().contains("Findings: 1 new, 0 gone."));
    for (QToolButton* button : compared.window.findChildren<QToolButton*>())
        if (button->text() == "Show all") QTest::mouseClick(button, Qt::LeftButton);
    CHECK(coroutines.rowCount() == 2);
}

TEST_CASE("the tasks of the coroutine that is chosen in the table stand out in both timelines") {
    Compared compared(program(0, 1, 0.01), program(0, 1, 0.01, "9 task_created 7 coro=extra file=w.cpp line=30\n"));
    QTableView* table = compared.window.table(DiffModel::What::coroutines);
    table->setCurrentIndex(table->model()->index(0, 0));
    CHECK(compared.window.view(0).search() == "extra");
    CHECK(compared.window.view(1).search() == "extra");
}
