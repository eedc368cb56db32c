// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layers/include_table.hpp"

#include <catch2/catch.hpp>

using namespace awaitscope::test;

namespace {

const char* const table_text =
    "# a comment\n"
    "low:\n"
    "high: low @qt\n"
    "high/narrow: low/one.hpp\n"
    "tests/high: @json\n";

bool allowed(const std::string& file, const std::string& destination) {
    return !IncludeTable::parse(table_text).objection(file, destination);
}

}  // namespace

TEST_CASE("an include line is found with its number, whatever its form") {
    const auto lines =
        include_lines("#pragma once\n#include <vector>\n  #  include \"low/one.hpp\"  // why\n// #include <x>\n");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].line == 2);
    CHECK(lines[0].target == "vector");
    CHECK(lines[0].bracketed);
    CHECK(lines[1].line == 3);
    CHECK(lines[1].target == "low/one.hpp");
    CHECK_FALSE(lines[1].bracketed);
}

TEST_CASE("an include leads to a path, a library or the system") {
    CHECK(destination({1, "ui/model/view_state.hpp", false}) == "ui/model/view_state.hpp");
    CHECK(destination({1, "asyncio/task.hpp", true}) == "runtime/include/asyncio/task.hpp");
    CHECK(destination({1, "awaitscope/probe.hpp", true}) == "instrumentation/probe/include/awaitscope/probe.hpp");
    CHECK(destination({1, "QWidget", true}) == "@qt");
    CHECK(destination({1, "QtCharts/QChart", true}) == "@qt");
    CHECK(destination({1, "fmt/core.h", true}) == "@fmt");
    CHECK(destination({1, "vector", true}).empty());
    CHECK(destination({1, "sys/epoll.h", true}).empty());
    CHECK(destination({1, "view.moc", false}).empty());
}

TEST_CASE("a file may include its own folder and its row, and nothing else") {
    CHECK(allowed("low/two.cpp", "low/one.hpp"));
    CHECK(allowed("low/two.cpp", ""));
    CHECK_FALSE(allowed("low/two.cpp", "high/view.hpp"));
    CHECK_FALSE(allowed("low/two.cpp", "@qt"));
    CHECK(allowed("high/view.cpp", "low/deep/one.hpp"));
    CHECK(allowed("high/view.cpp", "@qt"));
    CHECK_FALSE(allowed("high/view.cpp", "lower/one.hpp"));
}

TEST_CASE("the nearest row holds, and a file in it stands for itself alone") {
    CHECK(allowed("high/narrow/view.cpp", "low/one.hpp"));
    CHECK_FALSE(allowed("high/narrow/view.cpp", "low/two.hpp"));
    CHECK_FALSE(allowed("high/narrow/view.cpp", "@qt"));
    CHECK(allowed("high/wide/view.cpp", "@qt"));
}

TEST_CASE("a test may include what it tests, what that may, the support and its own row") {
    CHECK(allowed("tests/low/one_test.cpp", "low/one.hpp"));
    CHECK(allowed("tests/low/one_test.cpp", "@catch2"));
    CHECK(allowed("tests/low/one_test.cpp", "tests/support/trace_text.hpp"));
    CHECK_FALSE(allowed("tests/low/one_test.cpp", "high/view.hpp"));
    CHECK(allowed("tests/high/view_test.cpp", "@json"));
    CHECK(allowed("tests/high/view_test.cpp", "@qt"));
    CHECK_FALSE(allowed("tests/low/one_test.cpp", "@json"));
}

TEST_CASE("a folder without a row may include nothing, and the objection says so") {
    const auto objection = IncludeTable::parse(table_text).objection("stray/a.cpp", "low/one.hpp");
    REQUIRE(objection);
    CHECK(*objection == "the table has no row for 'stray'");
}

TEST_CASE("a text that is no table is refused, with the line") {
    CHECK_THROWS_WITH(IncludeTable::parse("low:\nhigh\n"), Catch::Contains("line 2"));
    CHECK_THROWS_WITH(IncludeTable::parse("low:\nlow: x\n"), Catch::Contains("second row"));
}
