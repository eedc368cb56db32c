// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/sample_traces.hpp"
#include "tests/support/trace_text.hpp"
#include "ui/model/format.hpp"
#include "ui/timeline/timeline_view.hpp"

using namespace awaitscope;
using namespace awaitscope::ui;

namespace {

struct Keyed {
    Keyed() : trace(test::gather_factorial()), timeline(view) {
        view.setFollowing(false);
        view.setGestureGap(0);
        timeline.resize(1000, 500);
        timeline.setTrace(&trace.trace);
        view.setCursor(20);
        timeline.show();
        (void)QTest::qWaitForWindowExposed(&timeline);
        press(Qt::Key_F);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&timeline, key, modifiers);
        timeline.grab();
    }
    Nanoseconds length() { return view.range().length(); }

    test::TextTrace trace;
    ViewState view;
    TimelineView timeline;
};

}  // namespace

TEST_CASE("W and + zoom in, S and - zoom out") {
    Keyed keyed;
    const auto [in, out] = GENERATE(table<Qt::Key, Qt::Key>({{Qt::Key_W, Qt::Key_S}, {Qt::Key_Plus, Qt::Key_Minus}}));
    const Nanoseconds before = keyed.length();
    keyed.press(in);
    CHECK(keyed.length() < before);
    const Nanoseconds zoomed = keyed.length();
    keyed.press(out);
    CHECK(keyed.length() > zoomed);
}

TEST_CASE("A and D pan") {
    Keyed keyed;
    keyed.press(Qt::Key_W);
    keyed.press(Qt::Key_W);
    const TimeRange before = keyed.view.range();
    keyed.press(Qt::Key_D);
    CHECK(keyed.view.range().begin > before.begin);
    CHECK(keyed.length() == before.length());
    keyed.press(Qt::Key_A);
    CHECK(keyed.view.range() == before);
}

TEST_CASE("F fits everything, Z the selected task") {
    Keyed keyed;
    keyed.press(Qt::Key_W);
    keyed.press(Qt::Key_F);
    CHECK(keyed.view.range().begin < 0);
    CHECK(keyed.view.range().end > keyed.trace->end());
    keyed.view.setSelectedTask(keyed.trace.task("Task A"));
    keyed.press(Qt::Key_Z);
    const Task& a = keyed.trace->tasks()[keyed.trace.task("Task A")];
    CHECK(keyed.view.range().begin < a.created);
    CHECK(keyed.view.range().end > a.done);
    CHECK(keyed.view.range().end < keyed.trace->end());
}

TEST_CASE("a zoom is taken back") {
    Keyed keyed;
    const TimeRange before = keyed.view.range();
    keyed.press(Qt::Key_W);
    REQUIRE(keyed.view.range() != before);
    const auto [key, modifiers] = GENERATE(
        table<Qt::Key, Qt::KeyboardModifiers>({{Qt::Key_Z, Qt::ControlModifier}, {Qt::Key_Backspace, Qt::NoModifier}}));
    keyed.press(key, modifiers);
    CHECK(keyed.view.range() == before);
}

TEST_CASE("arrows ask for steps") {
    Keyed keyed;
    QSignalSpy steps(&keyed.timeline, &TimelineView::stepRequested);
    keyed.press(Qt::Key_Right);
    keyed.press(Qt::Key_Left);
    REQUIRE(steps.size() == 2);
    CHECK(steps[0][0].toInt() == 1);
    CHECK(steps[1][0].toInt() == -1);
    CHECK(keyed.view.cursor() == 20);
}

TEST_CASE("Home and End move the cursor to the first and the last event") {
    Keyed keyed;
    keyed.press(Qt::Key_Home);
    CHECK(keyed.view.cursor() == 0);
    keyed.press(Qt::Key_End);
    CHECK(keyed.view.cursor() == keyed.trace->event_count() - 1);
}

TEST_CASE("G brings the cursor into sight") {
    Keyed keyed;
    keyed.view.setRange({2'500'000'000, 2'600'000'000});
    keyed.press(Qt::Key_G);
    const Nanoseconds at = keyed.trace->time_at(keyed.view.cursor());
    CHECK(keyed.view.range().begin <= at);
    CHECK(at <= keyed.view.range().end);
    CHECK(keyed.length() == 100'000'000);
}

TEST_CASE("up and down select the neighbouring task") {
    Keyed keyed;
    keyed.press(Qt::Key_Down);
    CHECK(keyed.view.selectedTask() == keyed.trace.task("main"));
    keyed.press(Qt::Key_Down);
    CHECK(keyed.view.selectedTask() == keyed.trace.task("Task A"));
    keyed.press(Qt::Key_Up);
    keyed.press(Qt::Key_Up);
    CHECK(keyed.view.selectedTask() == keyed.trace.task("main"));  // there is none above
    keyed.press(Qt::Key_Escape);
    CHECK(keyed.view.selectedTask() == no_task);
    keyed.press(Qt::Key_Up);
    CHECK(keyed.view.selectedTask() == keyed.trace.task("Task C"));
}

TEST_CASE("M sets a mark and asks for its note, brackets go to it, Shift+M removes it") {
    Keyed keyed;
    EventIndex asked = no_event;
    QObject::connect(&keyed.timeline, &TimelineView::noteRequested, [&](EventIndex of) { asked = of; });
    keyed.press(Qt::Key_M);
    CHECK(asked == 20);
    keyed.view.setMark(20, "here it begins");
    keyed.press(Qt::Key_M);
    REQUIRE(keyed.timeline.frame().marks.size() == 1);
    CHECK(keyed.timeline.frame().marks[0].text == "here it begins");
    CHECK(keyed.timeline.frame().marks[0].of_user);
    keyed.view.setCursor(40);
    keyed.press(Qt::Key_M);
    CHECK(keyed.timeline.frame().marks.size() == 2);
    keyed.press(Qt::Key_BracketLeft);
    CHECK(keyed.view.cursor() == 20);
    keyed.press(Qt::Key_BracketLeft);
    CHECK(keyed.view.cursor() == 20);
    keyed.press(Qt::Key_BracketRight);
    CHECK(keyed.view.cursor() == 40);
    keyed.press(Qt::Key_M, Qt::ShiftModifier);
    CHECK(keyed.timeline.frame().marks.size() == 1);
}

TEST_CASE("L follows, R changes the rows' height") {
    Keyed keyed;
    keyed.press(Qt::Key_L);
    CHECK(keyed.view.following());
    keyed.press(Qt::Key_L);
    CHECK_FALSE(keyed.view.following());
    std::set<RowDensity> seen;
    for (int i = 0; i < 4; ++i) {
        seen.insert(keyed.timeline.rowDensity());
        keyed.press(Qt::Key_R);
    }
    CHECK(seen.size() == 4);
    CHECK(keyed.timeline.rowDensity() == RowDensity::automatic);
}

TEST_CASE("keys that mean nothing here are left to the window") {
    Keyed keyed;
    const TimeRange range = keyed.view.range();
    const Qt::Key key = GENERATE(Qt::Key_Space, Qt::Key_Slash, Qt::Key_1);
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(&keyed.timeline, &event);
    CHECK_FALSE(event.isAccepted());
    CHECK(keyed.view.range() == range);
}

TEST_CASE("every key is a command's, and only one's, with what it does") {
    Keyed keyed;
    std::set<QKeySequence> seen;
    for (const QAction* command : keyed.timeline.commands()) {
        CHECK_FALSE(command->text().isEmpty());
        CHECK_FALSE(command->shortcuts().isEmpty());
        for (const QKeySequence& key : command->shortcuts()) CHECK(seen.insert(key).second);
    }
    CHECK(seen.size() >= 15);
}

TEST_CASE("The timeline obeys the keys it tells of, and no others") {
    Keyed keyed;
    std::set<QString> told;
    for (const KeyRow& row : TimelineView::keyRows())
        for (const KeyCommand& command : row.commands)
            for (const QKeySequence& keys : command.keys) told.insert(keys.toString(QKeySequence::PortableText));
    std::set<QString> obeyed;
    std::vector<int> keys{Qt::Key_Left,  Qt::Key_Right,  Qt::Key_Up,        Qt::Key_Down,   Qt::Key_Home,
                          Qt::Key_End,   Qt::Key_PageUp, Qt::Key_PageDown,  Qt::Key_Tab,    Qt::Key_Return,
                          Qt::Key_Enter, Qt::Key_Escape, Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Insert};
    for (int key = Qt::Key_Space; key <= Qt::Key_AsciiTilde; ++key) keys.push_back(key);
    for (int key = Qt::Key_F1; key <= Qt::Key_F12; ++key) keys.push_back(key);
    for (const int key : keys)
        for (const Qt::KeyboardModifiers modifiers :
             {Qt::KeyboardModifiers(), Qt::KeyboardModifiers(Qt::ShiftModifier),
              Qt::KeyboardModifiers(Qt::ControlModifier), Qt::ControlModifier | Qt::ShiftModifier,
              Qt::KeyboardModifiers(Qt::AltModifier)}) {
            // A sign is the same with Shift: some keyboards need it.
            if (modifiers & Qt::ShiftModifier && key < Qt::Key_A) continue;
            if (modifiers & Qt::ShiftModifier && key > Qt::Key_Z && key < Qt::Key_Escape) continue;
            QKeyEvent press(QEvent::KeyPress, key, modifiers);
            QCoreApplication::sendEvent(&keyed.timeline, &press);
            if (press.isAccepted())
                obeyed.insert(
                    QKeySequence(QKeyCombination(modifiers, Qt::Key(key))).toString(QKeySequence::PortableText));
        }
    for (const QString& key : told) {
        INFO(key.toStdString());
        CHECK(obeyed.contains(key));
    }
    for (const QString& key : obeyed) {
        INFO(key.toStdString());
        CHECK(told.contains(key));
    }
}

TEST_CASE("T measures from the cursor to wherever it goes, on either axis, until T or Escape") {
    Keyed keyed;
    const auto timeOf = [&](EventIndex event) { return keyed.trace->time_at(event); };
    keyed.view.setCursor(5);
    keyed.press(Qt::Key_T);
    CHECK(keyed.timeline.measuredText().startsWith("0 ns"));
    keyed.view.setCursor(20);
    CHECK(keyed.timeline.measuredText() == formatDuration(timeOf(20) - timeOf(5)) + ", 15 events");
    keyed.press(Qt::Key_X);
    CHECK(keyed.timeline.measuredText() == formatDuration(timeOf(20) - timeOf(5)) + ", 15 events");
    CHECK(keyed.timeline.description().contains("Measured: " + keyed.timeline.measuredText()));
    keyed.view.setCursor(2);  // back across where it began
    CHECK(keyed.timeline.measuredText() == formatDuration(timeOf(5) - timeOf(2)) + ", 3 events");
    keyed.view.setSelectedTask(0);
    keyed.press(GENERATE(Qt::Key_T, Qt::Key_Escape));
    CHECK(keyed.timeline.measuredText().isEmpty());
    CHECK(keyed.view.selectedTask() == 0);
    keyed.view.setCursor(20);
    CHECK(keyed.timeline.measuredText().isEmpty());
}
