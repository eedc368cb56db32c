// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/search.hpp"

#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using awaitscope::ui::findNext;

TEST_CASE("A search looks at names, words and places, and goes round") {
    const test::TextTrace trace(R"(
0 task_created 1 name=main coro=main_ file=/src/demo.cpp line=3
1 iteration n=1 ready=1 timers=0
2 output 1 text="Hello there"
3 iteration n=2 ready=0 timers=0
4 task_created 2 name=other coro=fetch file=/src/net.cpp line=9
)");
    CHECK(findNext(trace.trace, "hello", no_event) == 2);
    CHECK(findNext(trace.trace, "MAIN", no_event) == 0);
    CHECK(findNext(trace.trace, "main", 0) == 2);
    CHECK(findNext(trace.trace, "main", 2) == 0);
    CHECK(findNext(trace.trace, "net.cpp", 0) == 4);
    CHECK(findNext(trace.trace, "fetch", 4) == 4);
    CHECK(findNext(trace.trace, "nobody", no_event) == no_event);
    CHECK(findNext(trace.trace, "", no_event) == no_event);
}
