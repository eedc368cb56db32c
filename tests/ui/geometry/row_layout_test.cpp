// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/row_layout.hpp"

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

/// main created a and c; a created b; then a connection.
const char* const family = R"(
0.0 task_created 1 name=main
0.1 task_created 2 name=a parent=1
0.2 task_created 3 name=c parent=1
0.3 task_created 4 name=b parent=2
0.4 task_created 5 name=other
0.5 connection_made fd=7 peer=x
)";

std::string names(const RowLayout& layout, const Trace& trace) {
    std::string text;
    for (const Row& row : layout.rows()) {
        text += std::string(row.depth, '.');
        if (row.kind == RowKind::task) text += test::name_of(trace, row.index);
        if (row.kind == RowKind::process) text += "process" + std::to_string(row.index);
        if (row.kind == RowKind::loop) text += "loop" + std::to_string(row.index);
        if (row.kind == RowKind::io_group) text += "I/O";
        if (row.kind == RowKind::io) text += "fd";
        text += row.folded ? "+ " : " ";
    }
    return text;
}

/// web has two loops, worker one; their events are mixed.
const char* const processes = R"(
0.0 loop_started loop=1 name="web 11: main" pid=11
0.1 loop_started loop=2 name="worker 12" pid=12
0.2 task_created 1 loop=1 name=serve
0.3 task_created 2 loop=2 name=work
0.4 loop_started loop=3 name="web 11: helper" pid=11
0.5 task_created 3 loop=1 name=client parent=1
0.6 task_created 4 loop=3 name=help
0.7 task_created 5 loop=2 name=more
)";

}  // namespace

TEST_CASE("tasks of several processes stand under their process, and those of several loops under their loop") {
    const test::TextTrace trace(processes);
    RowLayout layout;
    layout.rebuild(trace.trace, {}, 600);
    CHECK(names(layout, trace.trace) == "process11 .loop1 ..serve ...client .loop3 ..help process12 .work .more ");
    CHECK(layout.rows()[0].descendants == 3);
    CHECK(layout.rows()[1].descendants == 2);
    CHECK(layout.rowOfTask(trace.task("work")) == 7u);
}

TEST_CASE("a folded process or loop hides its tasks, and stands for them") {
    const test::TextTrace trace(processes);
    RowChoices choices;
    RowLayout layout;
    choices.folded_processes.insert(12);
    choices.folded_loops.insert(1);
    layout.rebuild(trace.trace, choices, 600);
    CHECK(names(layout, trace.trace) == "process11 .loop1+ .loop3 ..help process12+ ");
    CHECK(layout.rowOfTask(trace.task("client")) == 1u);
    CHECK(layout.rowOfTask(trace.task("more")) == 4u);
    choices.folded_processes.insert(11);
    layout.rebuild(trace.trace, choices, 600);
    CHECK(names(layout, trace.trace) == "process11+ process12+ ");
    CHECK(layout.rowOfTask(trace.task("help")) == 0u);
}

TEST_CASE("tasks whose loop is not known have a place of their own beside several loops, and none beside one") {
    const test::TextTrace several(
        "0 loop_started loop=1\n0 loop_started loop=2\n0 task_created 1 loop=1 name=a\n"
        "0 task_created 2 loop=9 name=b\n0 task_created 3 loop=2 name=c\n0 task_created 4 loop=0 name=d\n");
    RowLayout layout;
    layout.rebuild(several.trace, {}, 600);
    CHECK(names(layout, several.trace).starts_with("loop1 .a loop2 .c "));
    CHECK(layout.rows().size() == 8);
    const test::TextTrace one("0 loop_started loop=1\n0 task_created 1 loop=0 name=a\n");
    layout.rebuild(one.trace, {}, 600);
    CHECK(names(layout, one.trace) == "a ");
}

TEST_CASE("rows follow the spawn tree, connections under a heading of their own") {
    const test::TextTrace trace(family);
    RowLayout layout;
    layout.rebuild(trace.trace, {}, 600);
    CHECK(names(layout, trace.trace) == "main .a ..b .c other I/O .fd ");
}

TEST_CASE("a folded task hides what it created, and stands for it") {
    const test::TextTrace trace(family);
    RowChoices choices;
    RowLayout layout;
    SECTION("the root") {
        choices.folded_tasks.insert(trace.task("main"));
        layout.rebuild(trace.trace, choices, 600);
        CHECK(names(layout, trace.trace) == "main+ other I/O .fd ");
        CHECK(layout.rowOfTask(trace.task("b")) == 0u);
        CHECK(layout.rowOfTask(trace.task("c")) == 0u);
        CHECK(layout.rowOfTask(trace.task("other")) == 1u);
        CHECK(layout.rows()[0].descendants == 3);
    }
    SECTION("a branch") {
        choices.folded_tasks.insert(trace.task("a"));
        layout.rebuild(trace.trace, choices, 600);
        CHECK(names(layout, trace.trace) == "main .a+ .c other I/O .fd ");
        CHECK(layout.rowOfTask(trace.task("b")) == 1u);
    }
    SECTION("a leaf cannot be folded") {
        choices.folded_tasks.insert(trace.task("c"));
        layout.rebuild(trace.trace, choices, 600);
        CHECK(names(layout, trace.trace) == "main .a ..b .c other I/O .fd ");
    }
    SECTION("the connections") {
        choices.io_folded = true;
        layout.rebuild(trace.trace, choices, 600);
        CHECK(names(layout, trace.trace) == "main .a ..b .c other I/O+ ");
    }
}

TEST_CASE("tasks that are named come first, whatever created them, once each") {
    const test::TextTrace trace(family);
    RowChoices choices;
    choices.first = {trace.task("b"), trace.task("other"), trace.task("b")};
    RowLayout layout;
    layout.rebuild(trace.trace, choices, 600);
    CHECK(names(layout, trace.trace) == "b other main .a .c I/O .fd ");
    CHECK(layout.rowOfTask(trace.task("b")) == 0u);
    CHECK(layout.rowOfTask(trace.task("main")) == 2u);
    CHECK(layout.rowOfTask(trace.task("c")) == 4u);
    choices.folded_tasks.insert(trace.task("a"));
    layout.rebuild(trace.trace, choices, 600);
    CHECK(names(layout, trace.trace) == "other main .a+ .c I/O .fd ");
    CHECK(layout.rowOfTask(trace.task("b")) == 2u);
}

TEST_CASE("what was over before a moment has no row, unless it created what was not") {
    const test::TextTrace trace(std::string(family) + R"(
0.6 connection_made fd=9 peer=y
1.0 task_done 2 state=finished
1.1 task_done 3 state=finished
1.2 connection_lost fd=7
2.0 task_done 5 state=finished
)");
    RowChoices choices;
    RowLayout layout;
    choices.ended_before = 1'150'000'000;
    layout.rebuild(trace.trace, choices, 600);
    CHECK(names(layout, trace.trace) == "main .a ..b other I/O .fd .fd ");  // b lives
    CHECK(layout.rowOfTask(trace.task("c")) == 0u);                         // main created it
    CHECK(layout.rowOfTask(trace.task("other")) == 3u);
    choices.ended_before = 3'000'000'000;
    layout.rebuild(trace.trace, choices, 600);
    CHECK(names(layout, trace.trace) == "main .a ..b I/O .fd ");
    CHECK(layout.rows().back().index == 1);
    CHECK_FALSE(layout.rowOfTask(trace.task("other")));
}

TEST_CASE("few rows are roomy, many are packed") {
    const auto [rows, density] = GENERATE(table<int, RowDensity>({
        {1, RowDensity::comfortable},
        {10, RowDensity::comfortable},
        {60, RowDensity::compact},
        {2000, RowDensity::packed},
    }));
    std::string text;
    for (int i = 1; i <= rows; ++i) text += "0.0 task_created " + std::to_string(i) + " name=t\n";
    const test::TextTrace trace(text);
    RowLayout layout;
    layout.rebuild(trace.trace, {}, 600);
    CHECK(layout.density() == density);
    CHECK(layout.rows().size() == static_cast<std::size_t>(rows));
    CHECK(layout.height() > 0);
}

TEST_CASE("the chosen density holds, whatever the number of rows") {
    CHECK(rowHeight(RowDensity::comfortable, 5000, 600) >= 40);
    CHECK(rowHeight(RowDensity::compact, 2, 600) < rowHeight(RowDensity::comfortable, 2, 600));
    CHECK(rowHeight(RowDensity::packed, 5000, 600) < rowHeight(RowDensity::compact, 5000, 600));
    CHECK(rowHeight(RowDensity::automatic, 0, 600) > 0);
}

TEST_CASE("a height names its row") {
    const test::TextTrace trace(family);
    RowLayout layout;
    layout.rebuild(trace.trace, {}, 600);
    CHECK(layout.rowAt(-1) == std::nullopt);
    CHECK(layout.rowAt(0) == 0u);
    CHECK(layout.rowAt(layout.height()) == std::nullopt);
    CHECK(layout.rowAt(layout.height() - 1) == layout.rows().size() - 1);
    for (std::size_t i = 0; i < layout.rows().size(); ++i) {
        CHECK(layout.rowAt(layout.rows()[i].y) == i);
        CHECK(layout.rowAt(layout.rows()[i].y + layout.rows()[i].height - 1) == i);
    }
}

TEST_CASE("the rows in sight are those that touch it") {
    const test::TextTrace trace(family);
    RowLayout layout;
    layout.rebuild(trace.trace, {}, 600);
    const int row = layout.rows()[0].height;
    using Range = std::pair<std::size_t, std::size_t>;
    CHECK(layout.visible(0, row) == Range{0, 1});
    CHECK(layout.visible(row - 1, row + 1) == Range{0, 2});
    CHECK(layout.visible(-100, 10'000) == Range{0, layout.rows().size()});
    CHECK(layout.visible(10, 10) == Range{0, 0});
    CHECK(layout.visible(10'000, 10'100) == Range{0, 0});
}

TEST_CASE("no tasks, no rows") {
    const test::TextTrace trace("");
    RowLayout layout;
    layout.rebuild(trace.trace, {}, 600);
    CHECK(layout.rows().empty());
    CHECK(layout.height() == 0);
    CHECK(layout.rowAt(0) == std::nullopt);
    CHECK(layout.rowOfTask(0) == std::nullopt);
}
