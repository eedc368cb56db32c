// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <thread>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> ticker() {
    for (int n = 1; n <= 3; ++n) {
        print("tick ", n);
        co_await asyncio::sleep(100ms);
    }
}

asyncio::Coroutine<> blocks() {
    print("sleeper: begins");
    std::this_thread::sleep_for(1s);
    print("sleeper: ends");
    co_return;
}

asyncio::Coroutine<> waits() {
    print("sleeper: begins");
    co_await asyncio::sleep(1s);
    print("sleeper: ends");
}

asyncio::Coroutine<> main_() {
    auto ticking = asyncio::create_task(ticker(), "ticker");
    auto sleeper = asyncio::create_task(blocks(), "sleeper");
    co_await asyncio::gather(ticking, sleeper);
}

asyncio::Coroutine<> expected() {
    auto ticking = asyncio::create_task(ticker(), "ticker");
    auto sleeper = asyncio::create_task(waits(), "sleeper");
    co_await asyncio::gather(ticking, sleeper);
}

const awaitscope::scenarios::Registration registration("time-sleep-stops-all", main_, asyncio::Clock::real);
const awaitscope::scenarios::Registration variant("time-sleep-stops-all/expected", expected, asyncio::Clock::real);

}  // namespace
