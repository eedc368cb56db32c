// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>

#include "asyncio/asyncio.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

Coroutine<> inner() {
    co_await sleep(1h);  // line 16
}
Coroutine<> outer() {
    co_await inner();  // line 19
}
Coroutine<> fails_inside() {
    co_await sleep(0s);
    throw ValueError("inside");
}
Coroutine<> fails() {
    co_await fails_inside();  // line 26
}
AsyncGenerator<int> numbers() {
    co_await sleep(1h);  // line 29
    co_yield 1;
}
Coroutine<> consumer() {
    auto g = numbers();
    co_await g.next();  // line 34
}

std::string text_of(const std::vector<FrameSummary>& frames) {
    std::string text;
    for (const FrameSummary& frame : frames) text += frame.name + ":" + std::to_string(frame.lineno) + " ";
    return text;
}

template <class F>
void virtually(F&& main) {
    run(std::forward<F>(main), {.clock = Clock::virtual_time});
}

}  // namespace

TEST_CASE("A suspended task's stack, outermost first") {
    virtually([]() -> Coroutine<> {
        auto task = create_task(outer());
        CHECK(text_of(task.get_stack()).starts_with("outer:"));  // not begun: where it is defined
        CHECK(task.get_stack().size() == 1);
        co_await sleep(0s);
        const auto frames = task.get_stack();
        CHECK(text_of(frames) == "outer:19 inner:16 ");
        CHECK(frames[0].filename.ends_with("stack_test.cpp"));
        CHECK(frames[0].kind == FrameSummary::Kind::coroutine);
        CHECK(text_of(task.get_stack(1)) == "inner:16 ");
        CHECK(task.get_stack(0).empty());
        CHECK(text_of(AnyTask(task).get_stack()) == "outer:19 inner:16 ");
    });
}

TEST_CASE("A generator stands on the stack of who consumes it") {
    virtually([]() -> Coroutine<> {
        auto task = create_task(consumer());
        co_await sleep(0s);
        const auto frames = task.get_stack();
        CHECK(frames.front().name == "consumer");
        CHECK(frames.front().lineno == 34);
        CHECK(frames.back().name == "numbers");
        CHECK(frames.back().lineno == 29);
        CHECK(frames.back().kind == FrameSummary::Kind::async_generator);
    });
}

TEST_CASE("The running task's stack ends at the line that asks") {
    virtually([]() -> Coroutine<> {
        const auto asks = []() -> Coroutine<std::vector<FrameSummary>> { co_return current_task()->get_stack(); };
        const auto line = __LINE__ - 1;
        const auto frames = co_await asks();
        REQUIRE(frames.size() == 2);
        CHECK(frames.back().lineno == line);
        CHECK(frames.front().lineno == line + 2);
    });
}

TEST_CASE("A task that is done has the stack of its exception") {
    virtually([]() -> Coroutine<> {
        auto finished = create_task(sleep(0s));
        auto failed = create_task(fails());
        auto cancelled = create_task(outer());
        co_await sleep(0s);
        cancelled.cancel();
        co_await sleep(1s);
        CHECK(finished.get_stack().empty());
        CHECK(cancelled.get_stack().empty());
        const auto frames = failed.get_stack();
        REQUIRE(frames.size() == 2);
        CHECK(frames[0].name == "fails");
        CHECK(frames[0].lineno == 26);
        CHECK(frames[1].name == "fails_inside");
        CHECK(failed.get_stack(1).front().name == "fails");
        CHECK(failed.exception());
    });
}

TEST_CASE("An exception that was caught leaves no stack") {
    virtually([]() -> Coroutine<> {
        auto task = create_task([]() -> Coroutine<> {
            try {
                co_await fails();
            } catch (const ValueError&) {
            }
            throw RuntimeError("another");
        });
        auto result = co_await as_result(task);
        const auto frames = task.get_stack();
        REQUIRE(frames.size() == 1);
        CHECK(frames[0].name == "<lambda>");
    });
}

TEST_CASE("print_stack prints as Python does") {
    const awaitscope::test::CapturedStderr captured;
    virtually([]() -> Coroutine<> {
        auto task = create_task(outer(), "pending one");
        auto failed = create_task(fails(), "failed one");
        auto done = create_task(sleep(0s), "done one");
        co_await sleep(1s);
        task.print_stack();
        AnyTask(failed).print_stack(stderr);
        done.print_stack(5, stderr);
        CHECK(failed.exception());
    });
    const std::string text = captured.text();
    CHECK_THAT(text, Catch::Contains("Stack for <Task pending name='pending one' coro=<outer() running at "));
    CHECK_THAT(text, Catch::Contains("stack_test.cpp:19> wait_for=<Future pending>> (most recent call last):\n"));
    CHECK_THAT(text, Catch::Contains("stack_test.cpp\", line 19, in outer\n"));
    CHECK_THAT(text, Catch::Contains("stack_test.cpp\", line 16, in inner\n"));
    CHECK_THAT(text, Catch::Contains("Traceback for <Task finished name='failed one' coro=<fails() done, defined at "));
    CHECK_THAT(text, Catch::Contains(" exception=ValueError('inside')> (most recent call last):\n"));
    CHECK_THAT(text, Catch::Contains("ValueError: inside\nNo stack for <Task finished name='done one' coro=<"));
}

TEST_CASE("A frame is shown with its line of source where the file can be read") {
    std::string path = "/tmp/awaitscope-source-XXXXXX";
    const int fd = mkstemp(path.data());
    REQUIRE(write(fd, "first\n    second;\n", 18) == 18);
    close(fd);
    CHECK(detail::format_frames({{"f", path, 2}, {"g", path, 9}, {"h", "/no/such/file", 1}}) ==
          "  File \"" + path + "\", line 2, in f\n    second;\n  File \"" + path +
              "\", line 9, in g\n  File \"/no/such/file\", line 1, in h\n");
    unlink(path.c_str());
}
