// SPDX-License-Identifier: GPL-3.0-or-later
// What tasks print, and where the timeline has room for it.
#include <catch2/catch.hpp>

#include "tests/ui/timeline/shown_timeline.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;
using awaitscope::test::ms;
using awaitscope::test::Shown;

namespace {

/// So many tasks; the first prints "hello" at 100 ms, and its last words just before the end, at 1000 ms.
std::string talker(int tasks) {
    std::string text = "0.000 loop_started name=main\n0.000 task_created 1 name=main coro=main file=a.cpp line=3\n";
    for (int i = 2; i <= tasks; ++i)
        text += "0.000 task_created " + std::to_string(i) + " name=w" + std::to_string(i) + " parent=1\n";
    return text + R"(0.050 task_running 1
0.100 output 1 text="hello"
0.200 task_suspended 1 on=sleep object=9 file=a.cpp line=5
0.900 task_ready 1
0.910 task_running 1
0.995 output 1 text="the last words of main"
1.000 task_done 1 state=finished
)";
}

std::vector<FrameLabel> printed(const TimelineFrame& frame) {
    std::vector<FrameLabel> words;
    for (const FrameLabel& label : frame.labels)
        if (label.mono) words.push_back(label);
    return words;
}

}  // namespace

TEST_CASE("what is printed stands below the bars in all rows that are not packed, within their height") {
    const int height = GENERATE(200, 330, 360, 400, 500, 800);
    Shown shown(talker(5), {1000, height});
    const QRect row = shown.row("main").rect;
    CAPTURE(height, row.height());
    const auto words = printed(shown.frame());
    REQUIRE(words.size() == 2);
    CHECK(words[0].text == "hello");
    const double bars = trackMeasures(shown.frame(), row).centre + trackMeasures(shown.frame(), row).running / 2;
    const double middle = words[0].rect.center().y();
    CHECK(middle - 5 >= bars);
    CHECK(middle + 5 <= row.bottom() + 1);
}

TEST_CASE("words for which there is no room behind their mark stand before it") {
    Shown shown(talker(2));
    const auto words = printed(shown.frame());
    REQUIRE(words.size() == 2);
    CHECK(words[0].rect.left() > shown.x(100 * ms));
    CHECK(words[1].text == "the last words of main");
    CHECK(words[1].rect.right() < shown.x(995 * ms));
    CHECK(words[1].rect.left() > words[0].rect.left());
}

TEST_CASE("what is still to be printed is not told, wherever its words would stand") {
    Shown shown(talker(2));
    shown.view.setCursor(6);  // suspended, at 200 ms
    shown.view.setFutureHidden(true);
    shown.paint();
    const auto words = printed(shown.frame());
    REQUIRE(words.size() == 1);
    CHECK(words[0].text == "hello");
}

TEST_CASE("what was printed last may lie over what has yet to be printed") {
    Shown shown(R"(
0.000 task_created 1 name=main
0.000 task_running 1
0.500 output 1 text="a line of many words"
0.520 output 1 text="and the next"
1.000 task_done 1 state=finished
)");
    const auto texts = [&](EventIndex cursor) {
        shown.view.setCursor(cursor);
        shown.paint();
        std::vector<QString> all;
        for (const FrameLabel& label : printed(shown.frame())) all.push_back(label.text);
        return all;
    };
    CHECK(texts(2) == std::vector<QString>{"a line of many words"});
    CHECK(printed(shown.frame()).front().rect.right() > shown.x(520 * ms) + 50);
    CHECK(texts(3).back() == "and the next");
}

TEST_CASE("low rows leave no room for words while nothing has been printed") {
    std::string silent = "0.000 loop_started name=main\n";
    for (int i = 1; i <= 9; ++i)
        silent += "0.000 task_created " + std::to_string(i) + " name=w" + std::to_string(i) + "\n";
    silent += "0.100 task_running 1\n";
    Shown shown(silent, {1000, 300});
    const int low = shown.row("w1").rect.height();
    CHECK(trackMeasures(shown.frame(), shown.row("w1").rect).outputs == 0);
    Shown talks(silent + "0.200 output 1 text=hello\n", {1000, 300});
    CHECK(talks.row("w1").rect.height() > low);
    CHECK(trackMeasures(talks.frame(), talks.row("w1").rect).outputs > 0);
}
