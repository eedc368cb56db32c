// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<int> work() {
    print("work: begins");
    co_await asyncio::sleep(1s);
    print("work: ends");
    co_return 42;
}

asyncio::Coroutine<> main_() {
    auto called = work();
    print("main: called it");
    co_await asyncio::sleep(1s);
    print("main: slept for a second");
    const int answer = co_await std::move(called);
    print("main: ", answer);
}

asyncio::Coroutine<> expected() {
    auto called = asyncio::create_task(work(), "work");
    print("main: called it");
    co_await asyncio::sleep(1s);
    print("main: slept for a second");
    const int answer = co_await called;
    print("main: ", answer);
}

const awaitscope::scenarios::Registration registration("calling-starts-nothing", main_);
const awaitscope::scenarios::Registration variant("calling-starts-nothing/expected", expected);

}  // namespace
