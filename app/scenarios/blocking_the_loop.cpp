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
        co_await asyncio::sleep(100ms);
        print("tick ", n);
    }
}

asyncio::Coroutine<> blocks() {
    co_await asyncio::sleep(150ms);
    print("blocks: begins");
    std::this_thread::sleep_for(500ms);
    print("blocks: ends");
}

asyncio::Coroutine<> waits() {
    co_await asyncio::sleep(150ms);
    print("waits: begins");
    co_await asyncio::sleep(1s);
    print("waits: ends");
}

asyncio::Coroutine<> main_() {
    print("main: a ticker, and a task that blocks");
    auto first = asyncio::create_task(ticker(), "ticker 1");
    auto blocking = asyncio::create_task(blocks(), "blocks");
    co_await asyncio::gather(first, blocking);

    print("main: a ticker, and a task that waits");
    auto second = asyncio::create_task(ticker(), "ticker 2");
    auto waiting = asyncio::create_task(waits(), "waits");
    co_await asyncio::gather(second, waiting);
}

const awaitscope::scenarios::Registration registration("blocking-the-loop", main_, asyncio::Clock::real);

}  // namespace
