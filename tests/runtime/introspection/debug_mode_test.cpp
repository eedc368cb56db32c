// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <cstdlib>
#include <thread>

#include "asyncio/asyncio.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::CapturedStderr;

namespace {

constexpr const char* wrong_thread =
    "RuntimeError: Non-thread-safe operation invoked on an event loop other than the current one";

template <class F>
std::string thrown_in_a_thread(F&& function) {
    std::string text = "nothing";
    std::thread thread([&] {
        try {
            function();
        } catch (...) {
            text = to_string(std::current_exception());
        }
    });
    thread.join();
    return text;
}

Coroutine<> nothing() {
    co_return;
}
Coroutine<> fails() {
    throw ValueError("lost");
    co_return;
}

}  // namespace

TEST_CASE("Debug mode refuses calls from another thread") {
    const CapturedStderr captured;  // the coroutine that found no loop was never awaited
    run(
        []() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            Future<> future = loop.create_future();
            Event event;
            auto waits = create_task([&]() -> Coroutine<> { co_await event.wait(); });
            auto awaits = create_task([&]() -> Coroutine<> { co_await future; });
            co_await sleep(0s);
            CHECK(thrown_in_a_thread([&] { loop.call_soon([] {}); }) == wrong_thread);
            CHECK(thrown_in_a_thread([&] { loop.call_later(1s, [] {}); }) == wrong_thread);
            CHECK(thrown_in_a_thread([&] { loop.call_at(loop.time(), [] {}); }) == wrong_thread);
            CHECK(thrown_in_a_thread([&] { loop.create_task(nothing()); }) == wrong_thread);
            CHECK(thrown_in_a_thread([&] { future.core()->finish(); }) == wrong_thread);
            CHECK(thrown_in_a_thread([&] { event.set(); }) == wrong_thread);
            CHECK(thrown_in_a_thread([&] { loop.call_soon_threadsafe([] {}); }) == "nothing");
            waits.cancel();
            awaits.cancel();
        },
        {.debug = true});
}

TEST_CASE("A loop that does not run may be called from any thread in debug mode too") {
    auto loop = new_event_loop();
    loop->set_debug(true);
    bool called = false;
    CHECK(thrown_in_a_thread([&] { loop->call_soon([&] { called = true; }); }) == "nothing");
    loop->run_until_complete(sleep(0s));
    CHECK(called);
}

TEST_CASE("The variable ASYNCIO_DEBUG turns debug mode on") {
    setenv("ASYNCIO_DEBUG", "1", 1);
    CHECK(new_event_loop()->get_debug());
    setenv("ASYNCIO_DEBUG", "0", 1);
    CHECK_FALSE(new_event_loop()->get_debug());
    setenv("ASYNCIO_DEBUG", "", 1);
    CHECK_FALSE(new_event_loop()->get_debug());
    unsetenv("ASYNCIO_DEBUG");
    CHECK_FALSE(new_event_loop()->get_debug());
}

TEST_CASE("In debug mode a report says where its task was created") {
    for (const bool debug : {true, false}) {
        const CapturedStderr captured;
        int line = 0;
        run(
            [&]() -> Coroutine<> {
                const auto creator = [&]() -> Coroutine<> {
                    line = __LINE__ + 1;
                    create_task(fails(), "lost one");
                    co_return;
                };
                co_await creator();
                co_await sleep(0s);
                co_await sleep(0s);
            },
            {.debug = debug});
        const std::string text = captured.text();
        const std::string here = "  File \"" __FILE__ "\", line ";
        CHECK_THAT(text, Catch::StartsWith("Task exception was never retrieved\nfuture: <Task finished name='lost one' "
                                           "coro=<fails() done, defined at "));
        CHECK_THAT(text, Catch::EndsWith("ValueError: lost\n"));
        const std::string created = "source_traceback: Object created at (most recent call last):\n" + here;
        CHECK((text.find(created) != std::string::npos) == debug);
        CHECK((text.find(here + std::to_string(line) + ", in <lambda>\n") != std::string::npos) == debug);
        CHECK((text.find(" created at " + std::string(__FILE__) + ":" + std::to_string(line)) != std::string::npos) ==
              debug);
    }
}

TEST_CASE("In debug mode futures and handles know where they were created") {
    const CapturedStderr captured;
    int future_line = 0;
    run(
        [&]() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            {
                future_line = __LINE__ + 1;
                auto future = loop.create_future<int>();
                future.set_exception(ValueError("plain"));
            }
            loop.call_soon([] { throw ValueError("callback"); });
            co_await sleep(0s);
        },
        {.debug = true});
    const std::string text = captured.text();
    CHECK_THAT(text, Catch::Contains("Future exception was never retrieved\nfuture: <Future finished "
                                     "exception=ValueError('plain') created at "));
    CHECK_THAT(text, Catch::Contains("line " + std::to_string(future_line) + ", in <lambda>"));
    CHECK_THAT(text, Catch::Contains("Exception in callback <lambda>()\nhandle: <Handle <lambda>() created at "));
}

TEST_CASE("In debug mode a coroutine that is never awaited says who created it") {
    for (const bool debug : {true, false}) {
        const CapturedStderr captured;
        run(
            []() -> Coroutine<> {
                const auto forgetful = []() -> Coroutine<> {
                    co_await sleep(0s);
                    { auto forgotten = nothing(); }
                };
                co_await forgetful();
            },
            {.debug = debug});
        const std::string text = captured.text();
        CHECK_THAT(text, Catch::Contains("RuntimeWarning: coroutine 'nothing' was never awaited\n"));
        const bool has_origin =
            text.find("never awaited\nCoroutine created at (most recent call last)\n  File \"") != std::string::npos;
        CHECK(has_origin == debug);
    }
}

TEST_CASE("In debug mode too a handle may outlive its loop") {
    Handle soon;
    TimerHandle later;
    run(
        [&]() -> Coroutine<> {
            soon = get_running_loop().call_soon([] {});
            later = get_running_loop().call_later(1h, [] {});
            co_return;
        },
        {.debug = true});
    CHECK_FALSE(soon.cancelled());
    CHECK_FALSE(later.cancelled());
}

TEST_CASE("Debug mode may be turned off while the loop runs") {
    const CapturedStderr captured;
    run(
        []() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            auto task = create_task(sleep(1ms));
            auto future = loop.create_future();
            loop.set_debug(false);
            CHECK(thrown_in_a_thread([&] { (void)loop.get_debug(); }) == "nothing");
            future.set_result();
            co_await task;
        },
        {.debug = true});
    CHECK(captured.text().empty());
}
