// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <string>

#include "asyncio/asyncio.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

/// What is reported of a task and a callback when handles may take `limit`.
std::string reported(bool debug, std::chrono::nanoseconds limit) {
    const awaitscope::test::CapturedStderr captured;
    run(
        [&]() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            loop.slow_callback_duration = limit;
            loop.call_soon([] {});
            co_await create_task([]() -> Coroutine<> { co_return; }, "worker");
        },
        {.debug = debug});
    return captured.text();
}

}  // namespace

TEST_CASE("Debug mode names the task or the callback that takes too long") {
    const std::string text = reported(true, 0ns);
    CHECK_THAT(text, Catch::Contains("Executing <Task finished name='worker' coro=<<lambda>() done, defined at "));
    CHECK_THAT(text, Catch::Contains("Executing <Handle <lambda>() created at "));
}

TEST_CASE("Debug mode is silent about what is quick enough, and so is a loop without it") {
    CHECK(reported(true, 1h).empty());
    CHECK(reported(false, 0ns).empty());
}
