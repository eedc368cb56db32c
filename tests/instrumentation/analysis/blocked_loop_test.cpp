// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/instrumentation/analysis/found.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr const char* begin = R"(
0.000 loop_started
0.000 task_created 1 name=reader coro=read file=reader.cpp line=10
0.001 iteration n=1 ready=1 timers=0
0.001 task_running 1
0.002 task_suspended 1 on=sleep file=reader.cpp line=12
1.000 iteration n=2 ready=1 timers=0
1.000 task_ready 1
1.000 task_running 1
)";

}  // namespace

TEST_CASE("a step of 100 ms blocks the loop, it is told by the lines around it") {
    const Found found(std::string(begin) + "1.100 task_suspended 1 on=io file=reader.cpp line=17\n");
    REQUIRE(found.kinds() == "blocked-loop");
    const Finding& finding = found["blocked-loop"];
    CHECK(finding.what.english() ==
          "reader kept the loop for 100 ms without an await, after reader.cpp:12 and before it came to reader.cpp:17.");
    CHECK(finding.after);
    CHECK(found.place("blocked-loop") == "reader.cpp:12");
    CHECK(finding.begin == 1'000'000'000);
    CHECK(finding.end == 1'100'000'000);
    CHECK(found.tasks("blocked-loop") == "reader");
    CHECK_FALSE(finding.uncertain);
}

TEST_CASE("a step of less than 100 ms does not, however many there are") {
    CHECK(Found(std::string(begin) + "1.099 task_suspended 1 on=io file=reader.cpp line=17\n").kinds().empty());
    CHECK(Found(std::string(begin) + "1.100 task_suspended 1 on=io", {.blocked_loop = 200'000'000}).kinds().empty());
    std::string many(begin);
    many += repeat(50, 1.09, 0.09,
                   "{t} task_suspended 1 on=yield\n{t} iteration n={} ready=1 timers=0\n{t} task_running 1");
    CHECK(Found(many + "5.51 task_done 1 state=finished\n").kinds().empty());
}

TEST_CASE("what the step entered just before the silence is where it blocked") {
    const Found found(std::string(begin) + R"(
1.001 coroutine_entered 1 coro=parse file=parser.cpp line=40 depth=1
1.002 output 1 text="parsing"
1.502 coroutine_left 1 depth=1
1.503 task_suspended 1 on=io file=reader.cpp line=17
)");
    CHECK(found.place("blocked-loop") == "parser.cpp:40");
    CHECK(found["blocked-loop"].what.english() ==
          "reader kept the loop for 503 ms without an await, after parser.cpp:40 and before it returned.");
}

TEST_CASE("the lines at which the step said something stand closest around it") {
    const Found found(std::string(begin) + R"(
1.001 task_at 1 file=reader.cpp line=14
1.001 output 1 text="begins"
1.501 task_at 1 file=reader.cpp line=16
1.501 output 1 text="ends"
1.502 task_suspended 1 on=io file=reader.cpp line=17
)");
    CHECK(found["blocked-loop"].what.english() ==
          "reader kept the loop for 502 ms without an await, after reader.cpp:14 and before it came to reader.cpp:16.");
}

TEST_CASE("blocking again and again at one line is one finding, with the worst of them") {
    std::string text(begin);
    text += "1.2 task_suspended 1 on=sleep file=reader.cpp line=12\n";
    text += repeat(3, 2, 1, "{t} task_ready 1\n{t} task_running 1\n{t}5 output 1 text={}");
    std::string blocks(begin);
    for (const char* line : {"1.2 task_suspended 1 on=sleep file=reader.cpp line=12", "2.0 task_ready 1",
                             "2.0 task_running 1", "2.9 task_suspended 1 on=sleep file=reader.cpp line=12",
                             "4.0 task_ready 1", "4.0 task_running 1", "4.3 task_done 1 state=finished"})
        blocks += std::string(line) + "\n";
    const Found found(blocks);
    REQUIRE(found.kinds() == "blocked-loop");
    const Finding& finding = found["blocked-loop"];
    CHECK(finding.count == 3);
    CHECK(finding.events.size() == 3);
    CHECK(found.text->time_at(finding.event) == 2'000'000'000);
    CHECK(finding.what.english() ==
          "read kept the loop 3 times without an await, at worst (reader) for 900 ms, after reader.cpp:12 and before "
          "its next "
          "await.");
}

TEST_CASE("a callback may block the loop too, who scheduled it is told") {
    const Found found(std::string(begin) + R"(
1.001 callback_scheduled 1 handle=50
1.002 task_suspended 1 on=sleep file=reader.cpp line=20
1.002 iteration n=3 ready=1 timers=0
1.302 callback_run handle=50 took=0.3
)");
    REQUIRE(found.kinds() == "blocked-loop");
    CHECK(found["blocked-loop"].what.english() ==
          "A callback kept the loop once, at worst for 300 ms; reader had scheduled it.");
    CHECK(found["blocked-loop"].begin == 1'002'000'000);
}

TEST_CASE("a loop that is blocked says nothing: the source's clock tells how long, and that it lasts") {
    const TextTrace text(begin);
    Analyzer analyzer;
    CHECK(analyzer.advance(text.trace));
    CHECK(analyzer.findings(text.trace).empty());
    const auto found = analyzer.findings(text.trace, 4'000'000'000);
    REQUIRE(found.size() == 1);
    CHECK(found[0].what.english() ==
          "reader has kept the loop for 3.000 s without an await, after reader.cpp:12 and before its next await, and "
          "still "
          "does.");
    CHECK(found[0].end == open_end);
}

TEST_CASE("what blocks again where it has blocked before is the same finding, while it lasts and after") {
    std::string text(begin);
    for (const char* line :
         {"1.2 task_suspended 1 on=sleep file=reader.cpp line=12", "2.0 task_ready 1", "2.0 task_running 1",
          "2.9 task_suspended 1 on=sleep file=reader.cpp line=12", "4.0 task_ready 1", "4.0 task_running 1"})
        text += std::string(line) + "\n";
    const Found lasting(text + "5.500 silence\n");
    REQUIRE(lasting.kinds() == "blocked-loop");
    CHECK(lasting["blocked-loop"].what.english() ==
          "read has kept the loop 3 times without an await, at worst (reader) for 1.500 s, after reader.cpp:12 and "
          "before "
          "its next await, and does so now.");
    CHECK(lasting["blocked-loop"].count == 3);
    CHECK(lasting["blocked-loop"].end == open_end);
    const Found over(text + "5.500 task_done 1 state=finished\n");
    REQUIRE(over.kinds() == "blocked-loop");
    CHECK(over["blocked-loop"].count == 3);
    CHECK(over["blocked-loop"].begin_event == lasting["blocked-loop"].begin_event);
    CHECK(over["blocked-loop"].place == lasting["blocked-loop"].place);
    CHECK(over["blocked-loop"].end == 5'500'000'000);
}

TEST_CASE("a recording of a loop that is blocked to its end tells so: the recorder heard the silence") {
    const Found found(std::string(begin) + "4.000 silence\n5.000 silence\n");
    REQUIRE(found.kinds() == "blocked-loop");
    CHECK(found["blocked-loop"].what.english() ==
          "reader has kept the loop for 4.000 s without an await, after reader.cpp:12 and before its next await, and "
          "still "
          "does.");
}

TEST_CASE("a loop that waits in its selector is not blocked, nor is one that was stopped") {
    CHECK(Found(std::string(begin) + R"(
1.001 task_suspended 1 on=io file=reader.cpp line=17
9.000 poll timeout=null took=7.9 ready=1
9.000 iteration n=3 ready=1 timers=0
)")
              .kinds()
              .empty());
    CHECK(Found(std::string(begin) + "1.01 loop_stopped\n9 loop_started\n9.01 iteration n=3 ready=0 timers=0\n")
              .kinds()
              .empty());
}

TEST_CASE("an eager task's step inside its creator's is its own") {
    const Found found(std::string(begin) + R"(
1.001 task_created 2 name=eager coro=work file=work.cpp line=5 parent=1
1.001 task_running 2
1.301 task_suspended 2 on=sleep file=work.cpp line=9
1.301 task_running 1
1.302 task_suspended 1 on=sleep file=reader.cpp line=17
)");
    REQUIRE(found.kinds() == "blocked-loop");
    CHECK(found.tasks("blocked-loop") == "eager");
}

TEST_CASE("a step whose end is among lost events is no finding, one with a loss beside it is uncertain") {
    CHECK(Found(std::string(begin) + "5 lost count=10\n5 task_suspended 1 on=io\n").kinds().empty());
    std::string text(begin);
    text += "1.2 task_suspended 1 on=sleep file=reader.cpp line=12\n2 lost count=3\n3 task_running 1\n";
    const Found found(text + "3.2 task_suspended 1 on=sleep file=reader.cpp line=12\n");
    REQUIRE(found.kinds() == "blocked-loop");
    CHECK(found["blocked-loop"].uncertain);
}

TEST_CASE("where somebody saw the loop, the innermost of the program's own lines is the culprit, with the stack") {
    const Found found(std::string(begin) + R"(
1.080 stack 1 frame=0 coro=sleep file=/usr/lib/python3.11/time.py line=7 ran=0.08
1.080 stack 1 frame=1 coro=parse file=parser.py line=8 ran=0.08
1.080 stack 1 frame=2 coro=read file=reader.py line=16 ran=0.08
1.160 stack 1 frame=0 coro=parse file=parser.py line=8 ran=0.16
1.160 stack 1 frame=1 coro=read file=reader.py line=16 ran=0.16
1.320 stack 1 frame=0 coro=check file=parser.py line=30 ran=0.32
1.500 task_suspended 1 on=io file=reader.cpp line=17
)");
    REQUIRE(found.kinds() == "blocked-loop");
    const Finding& finding = found["blocked-loop"];
    CHECK(finding.what.english() == "reader kept the loop for 500 ms without an await, in parse at parser.py:8.");
    CHECK(found.place("blocked-loop") == "parser.py:8");
    CHECK_FALSE(finding.after);
    CHECK(finding.stack.size() == 2);
    CHECK(found["blocked-loop"].begin == 1'000'000'000);
}

TEST_CASE("what was seen of an earlier step says nothing of this one") {
    const Found found(std::string(begin) + R"(
1.080 stack 1 frame=0 coro=parse file=parser.py line=8 ran=0.08
1.090 task_suspended 1 on=sleep file=reader.cpp line=14
2.000 task_ready 1
2.000 iteration n=3 ready=1 timers=0
2.000 task_running 1
2.500 task_suspended 1 on=io file=reader.cpp line=17
)");
    REQUIRE(found.kinds() == "blocked-loop");
    CHECK(found.place("blocked-loop") == "reader.cpp:14");
    CHECK(found["blocked-loop"].after);
}

TEST_CASE("a callback that was seen to keep the loop has its line, and is found while it lasts") {
    const std::string seen = std::string(begin) + R"(
1.001 callback_scheduled 1 handle=50
1.002 task_suspended 1 on=sleep file=reader.cpp line=20
1.002 iteration n=3 ready=1 timers=0
1.082 stack frame=0 coro=flush file=log.py line=3 ran=0.08
1.162 stack frame=0 coro=flush file=log.py line=3 ran=0.16
)";
    const Found lasts(seen + "2 silence\n");
    REQUIRE(lasts.kinds() == "blocked-loop");
    CHECK(lasts["blocked-loop"].what.english() ==
          "A callback has kept the loop for 998 ms, in flush at log.py:3, and still does.");
    CHECK(lasts.place("blocked-loop") == "log.py:3");
    const Found over(seen + "1.302 callback_run handle=50 took=0.3\n1.302 poll timeout=1 took=0.9 ready=0\n");
    REQUIRE(over.kinds() == "blocked-loop");
    CHECK(over["blocked-loop"].what.english() ==
          "A callback kept the loop once, at worst for 300 ms, in flush at log.py:3; reader had scheduled it.");
    CHECK(over["blocked-loop"].end == 1'302'000'000);
}

TEST_CASE("a viewer that comes in the midst of a step is told once more who runs, and since when it was seen") {
    const Found twice(std::string(begin) + R"(
1.300 snapshot_begin tasks=1
1.300 task_alive 1 name=reader coro=read file=reader.cpp line=10
1.300 task_running 1
1.300 snapshot_end
1.310 task_suspended 1 on=io file=reader.cpp line=17
)");
    REQUIRE(twice.kinds() == "blocked-loop");
    CHECK(twice["blocked-loop"].begin == 1'000'000'000);
    const Found late(R"(
5.000 snapshot_begin tasks=1
5.000 task_alive 1 name=reader coro=read file=reader.cpp line=10
5.000 task_running 1
5.000 snapshot_end
5.000 stack 1 frame=0 coro=parse file=parser.py line=8 ran=4
5.010 task_suspended 1 on=io file=reader.cpp line=17
)");
    REQUIRE(late.kinds() == "blocked-loop");
    CHECK(late["blocked-loop"].what.english() ==
          "reader kept the loop for 4.010 s without an await, in parse at parser.py:8.");
}

TEST_CASE("a task that runs a library's coroutine alone is told by the line that made it") {
    const Found found(R"(
0.000 task_created 1 name=main coro=main file=/srv/app.py line=3
0.001 task_running 1
0.001 task_at 1 file=/srv/app.py line=7
0.001 task_created 2 name=lost coro=wait parent=1 file=/usr/lib/python3.11/asyncio/locks.py line=200
0.002 task_suspended 1 on=sleep file=/srv/app.py line=9
0.002 task_running 2
0.003 task_suspended 2 on=event object=9 file=/usr/lib/python3.11/asyncio/locks.py line=213
1.000 task_ready 2
1.000 task_running 2
1.500 task_done 2 state=finished
)");
    CHECK(found.place("blocked-loop") == "app.py:7");
}
