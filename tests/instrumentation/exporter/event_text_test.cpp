// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/event_text.hpp"

#include <catch2/catch.hpp>

#include "instrumentation/exporter/json_lines.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("a dump for people: a line an event, in columns") {
    const TextTrace t(R"(
        0 loop_started name=main
        0.000041230 task_created 1 name=main coro=main file=/src/a.cpp line=3
        0.1 task_suspended 1 on=sleep object=7 file=/src/a.cpp line=4
        0.2 task_ready 9 by=1
        12.5 output 1 text="hello\\nthere"
        12.5 poll timeout=null took=0.00025 ready=0
    )");
    std::string out;
    for (EventIndex i = 0; i < t->event_count(); ++i) append_text_line(out, t.trace, i);
    CHECK(out ==
          "    0.000000000   1                    loop_started           name=\"main\"\n"
          "    0.000041230   1  main              task_created           name=\"main\" coro=main a.cpp:3\n"
          "    0.100000000   1  main              task_suspended         on=sleep object=7 a.cpp:4\n"
          "    0.200000000   1  task 9            task_ready             by=main\n"
          "   12.500000000   1  main              output                 text=\"hello\\nthere\"\n"
          "   12.500000000   1                    poll                   timeout=none took=250 µs ready=0\n");
}

TEST_CASE("no text of a stranger reaches the terminal as a command") {
    CHECK(printable("a\x1b[2Jb\tc\nd\x7f") == "a\\x1b[2Jb\\tc\\nd\\x7f");
    CHECK(printable("\xc2\x9b"
                    "2J é") == "\\x9b2J é");
    std::string json;
    append_json_string(json,
                       "a\x1b[2Jb\x7f é \xc2\x9b"
                       "2J");
    CHECK(json == "\"a\\u001b[2Jb\\u007f é \\u009b2J\"");
}

TEST_CASE("places are a file's bare name and a line") {
    Symbols symbols;
    CHECK(place_text(symbols, symbols.add_place("/a/b/c.cpp", "f", 7)) == "c.cpp:7");
    CHECK(place_text(symbols, symbols.add_place("/a/b/c.cpp", "f", 7), true) == "/a/b/c.cpp:7");
    CHECK(place_text(symbols, symbols.add_place("c.cpp", "", 0)) == "c.cpp");
    CHECK(place_text(symbols, 0) == "");
    CHECK(place_text(symbols, 4711) == "");
}
