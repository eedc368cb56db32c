// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/source_marks.hpp"

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"
#include "ui/panels/task_panel.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

const char* const nested = R"(
0.0 task_created 1 name=Task-1 coro=main_ file=/src/demo.cpp line=5
0.1 task_running 1
0.2 task_at 1 file=/src/demo.cpp line=6
0.2 coroutine_entered 1 coro=say file=/src/demo.cpp line=1 depth=1
0.3 task_suspended 1 on=sleep file=/src/demo.cpp line=2
)";

std::string told(const std::vector<SourceMark>& marks) {
    std::string text;
    for (const SourceMark& mark : marks)
        text += std::to_string(mark.line) +
                (mark.told      ? "! "
                 : mark.current ? "* "
                 : mark.caller  ? "^ "
                                : " ") +
                mark.tag.toStdString() + "\n";
    return text;
}

}  // namespace

TEST_CASE("The whole chain of awaits of the current task is marked, down to the line where it stands") {
    const test::TextTrace text(nested);
    const auto lines = taskLines(text.trace, 0, 4);
    const StringId file = text->symbols().place(lines.front().place).file;
    CHECK(told(sourceMarks(text.trace, lines, linesOf(text.trace, file))) ==
          "2* Task-1 here\n6^ Task-1 is inside this\n");
    CHECK(told(sourceMarks(text.trace, taskLines(text.trace, 0, 2), linesOf(text.trace, file))) == "6* Task-1 here\n");
}

TEST_CASE("A twin is marked where it has the like of a line, and who waits in other files stands nowhere in it") {
    const test::TextTrace text(nested);
    const SourceTwin twin(
        "asyncio::Coroutine<> say() {\n    co_await sleep(1s);\n}\n\n"
        "asyncio::Coroutine<> main_() {\n    co_await say();\n}\n",
        "async def say():\n    await sleep(1)\n\nasync def main():\n    await say()\n");
    const auto lines = taskLines(text.trace, 0, 4);
    CHECK(told(sourceMarks(text.trace, lines, linesOfTwin(text.trace, twin, "demo.cpp"))) ==
          "2* Task-1 here\n5^ Task-1 is inside this\n");
    CHECK(told(sourceMarks(text.trace, lines, linesOfTwin(text.trace, twin, "other.cpp"))).empty());
}

TEST_CASE("A line that is spoken of is found by its code and marked as such, and the tasks stay where they are") {
    const QString code = "async def say():\n    await sleep(1)\n\nawait sleep(1)  # say()\nsay()\n";
    CHECK(lineWith(code, "sleep(1)  #") == 4);
    CHECK(lineWith(code, "say()") == 5);  // all of a line before a part of another
    CHECK(lineWith(code, "say") == 1);
    CHECK(lineWith(code, "none") == 0);
    CHECK(lineWith(code, "") == 0);
    const test::TextTrace text(nested);
    const auto lines = taskLines(text.trace, 0, 4);
    const LineInText line_in = linesOf(text.trace, text->symbols().place(lines.front().place).file);
    CHECK(told(sourceMarks(text.trace, lines, line_in, 3)) == "2* Task-1 here\n6^ Task-1 is inside this\n3! \n");
    CHECK(told(sourceMarks(text.trace, lines, line_in, 2)) == "2! Task-1 here\n6^ Task-1 is inside this\n");
    CHECK(sourceMarks(text.trace, lines, line_in, 2)[0].current);
}

TEST_CASE("The line of a place is never cut off: its file's name is, or its function is told in its stead") {
    const QFontMetrics metrics(QFont{});
    const QString place = "queue_workers.py:40";
    const auto fits = [&](const QString& text) { return metrics.horizontalAdvance(text); };
    CHECK(placeIn(place, "worker:40", metrics, fits(place)) == place);
    CHECK(placeIn(place, "worker:40", metrics, fits(place) - 1) == "worker:40");
    const QString cut = placeIn(place, "a_very_long_function_name:40", metrics, fits("queue_wor.py:40"));
    CHECK(cut.endsWith(":40"));
    CHECK(cut.startsWith("q"));
    CHECK(cut.contains(QChar(0x2026)));
    CHECK(placeIn("", "", metrics, 50) == "");
}
