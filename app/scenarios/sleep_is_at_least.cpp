// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> sleeper() {
    print("sleeper: for half a second");
    co_await asyncio::sleep(500ms);
    print("sleeper: awake");
}

asyncio::Coroutine<> busy() {
    print("busy: begins");
    const auto end = std::chrono::steady_clock::now() + 1s;
    while (std::chrono::steady_clock::now() < end) continue;
    print("busy: ends");
    co_return;
}

asyncio::Coroutine<> kind() {
    print("busy: begins");
    const auto end = std::chrono::steady_clock::now() + 1s;
    while (std::chrono::steady_clock::now() < end) co_await asyncio::sleep(10ms);
    print("busy: ends");
}

asyncio::Coroutine<> main_() {
    auto sleeping = asyncio::create_task(sleeper(), "sleeper");
    auto working = asyncio::create_task(busy(), "busy");
    co_await asyncio::gather(sleeping, working);
}

asyncio::Coroutine<> expected() {
    auto sleeping = asyncio::create_task(sleeper(), "sleeper");
    auto working = asyncio::create_task(kind(), "busy");
    co_await asyncio::gather(sleeping, working);
}

const awaitscope::scenarios::Registration registration("sleep-is-at-least", main_, asyncio::Clock::real);
const awaitscope::scenarios::Registration variant("sleep-is-at-least/expected", expected, asyncio::Clock::real);

}  // namespace
