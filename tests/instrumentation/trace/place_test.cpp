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

TEST_CASE("a task that has ended stands where it said something last, and nowhere if that was before its last await") {
    const TextTrace text(R"(
0.0 task_created 1 name=main coro=main file=/srv/app.py line=3
0.0 task_created 2 name=silent coro=main file=/srv/app.py line=3
0.1 task_running 1
0.2 task_suspended 1 on=sleep file=/srv/app.py line=5
0.2 task_running 2
0.2 task_suspended 2 on=sleep file=/srv/app.py line=5
0.6 task_running 1
0.6 task_at 1 file=/srv/app.py line=8
0.6 output 1 text=bye
0.7 task_done 1 state=finished
0.7 task_running 2
0.7 task_at 1 file=/srv/app.py line=9
0.8 task_done 2 state=finished
)");
    const auto line = [&](EventIndex cursor, const char* task) {
        return text->symbols().place(text->place_at(text.task(task), cursor)).line;
    };
    CHECK(line(6, "main") == 5);
    CHECK(line(8, "main") == 8);
    CHECK(line(9, "main") == 8);
    CHECK(line(12, "main") == 8);
    CHECK(line(11, "silent") == 5);
    CHECK(line(12, "silent") == 0);  // nobody knows how far it came behind that
}

TEST_CASE("who awaits the line where a task stands is known by what it told before it entered a coroutine") {
    const TextTrace text(R"(
0.0 task_created 1 name=main coro=main file=/srv/app.py line=3
0.0 task_created 2 name=other coro=main file=/srv/app.py line=3
0.1 task_running 1
0.2 task_at 1 file=/srv/app.py line=5
0.2 coroutine_entered 1 coro=load file=/srv/app.py line=20 depth=1
0.2 output 1 text=one
0.3 coroutine_entered 1 coro=fast file=/srv/app.py line=30 depth=2
0.3 coroutine_left 1 depth=2
0.4 task_at 1 file=/srv/app.py line=22
0.4 task_created 3 name=third coro=main file=/srv/app.py line=3
0.4 task_at 1 file=/srv/app.py line=23
0.5 coroutine_entered 1 coro=fetch file=/srv/app.py line=40 depth=2
0.5 task_suspended 1 on=sleep file=/srv/app.py line=41
0.6 task_running 1
0.7 coroutine_left 1 depth=2
0.8 coroutine_left 1 depth=1
0.9 task_done 1 state=finished
)");
    const auto lines = [&](EventIndex cursor, const char* task = "main") {
        std::vector<unsigned> found;
        for (const PlaceId place : text->callers_at(text.task(task), cursor))
            found.push_back(text->symbols().place(place).line);
        return found;
    };
    using Lines = std::vector<unsigned>;
    CHECK(lines(3) == Lines{});
    CHECK(lines(4) == Lines{5});
    CHECK(lines(6) == Lines{5});  // where `fast` is awaited was not told
    CHECK(lines(9) == Lines{5});
    CHECK(lines(12) == Lines{23, 5});
    CHECK(lines(13) == Lines{23, 5});
    CHECK(lines(14) == Lines{5});
    CHECK(lines(15) == Lines{});
    CHECK(lines(16) == Lines{});
    CHECK(lines(12, "other") == Lines{});
}

TEST_CASE("a task that came back from a coroutine of an earlier step stands where it awaits that") {
    const TextTrace text(R"(
0.0 task_created 1 name=main coro=main file=/srv/app.py line=3
0.1 task_running 1
0.2 task_at 1 file=/srv/app.py line=5
0.2 output 1 text=one
0.3 task_at 1 file=/srv/app.py line=6
0.3 coroutine_entered 1 coro=fetch file=/srv/app.py line=20 depth=1
0.5 task_suspended 1 on=sleep file=/srv/app.py line=21
0.6 task_running 1
0.7 coroutine_left 1 depth=1
0.8 task_suspended 1 on=sleep file=/srv/app.py line=8
)");
    const auto line = [&](EventIndex cursor) {
        return text->symbols().place(text->place_at(text.task("main"), cursor)).line;
    };
    CHECK(line(5) == 20);
    CHECK(line(6) == 21);
    CHECK(line(7) == 21);
    CHECK(line(8) == 6);
    CHECK(line(9) == 8);
}

TEST_CASE("what a task tells while it is being suspended belongs to that await") {
    const TextTrace text(R"(
0.0 task_created 1 name=main coro=main file=/srv/app.py line=3
0.0 task_created 2 name=other coro=main file=/srv/app.py line=3
0.1 task_running 1
0.2 task_at 1 file=/srv/app.py line=5
0.2 output 1 text=one
0.3 timer_set 1 handle=7 when=1
0.4 task_suspended 1 on=sleep object=7 file=/srv/app.py line=6
0.5 task_running 2
0.6 task_at 2 file=/srv/app.py line=5
0.7 timer_set 2 handle=8 when=1
0.8 output 2 text=two
0.9 task_suspended 2 on=sleep object=9 file=/srv/app.py line=9
)");
    const auto line = [&](const char* task, EventIndex cursor) {
        return text->symbols().place(text->place_at(text.task(task), cursor)).line;
    };
    CHECK(line("main", 4) == 5);
    CHECK(line("main", 5) == 6);
    CHECK(line("other", 9) == 5);  // a timer that it does not wait for
}
