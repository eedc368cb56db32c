// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("a task that runs stands where it said something last, else at its last await") {
    const TextTrace text(R"(
0.0 task_created 1 name=main coro=main file=/srv/app.py line=3
0.1 task_running 1
0.2 task_at 1 file=/srv/app.py line=5
0.2 output 1 text=one
0.3 coroutine_entered 1 coro=fetch file=/srv/app.py line=20 depth=1
0.3 task_at 1 file=/srv/app.py line=22
0.4 coroutine_left 1 depth=1
0.5 task_suspended 1 on=yield file=/srv/app.py line=7
0.6 task_running 1
0.7 stack 1 frame=0 coro=read file=/usr/lib/python3.11/socket.py line=705 ran=0.1
0.7 stack 1 frame=1 coro=parse file=/srv/app.py line=40 ran=0.1
0.8 task_suspended 1 on=sleep file=/srv/app.py line=9
)");
    const auto line = [&](EventIndex cursor) {
        return text->symbols().place(text->place_at(text.task("main"), cursor)).line;
    };
    CHECK(line(1) == 3);
    CHECK(line(3) == 5);
    CHECK(line(4) == 20);
    CHECK(line(5) == 22);
    CHECK(line(6) == 5);
    CHECK(line(7) == 7);
    CHECK(line(8) == 7);
    CHECK(line(10) == 40);
    CHECK(line(11) == 9);
}
