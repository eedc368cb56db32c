// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

void second() {
    print("second: called from the first");
}

void first(asyncio::EventLoop& loop) {
    print("first");
    loop.call_soon(second);
    print("first: ends");
}

void first_calls(asyncio::EventLoop&) {
    print("first");
    second();
    print("first: ends");
}

void third() {
    print("third: was ready before");
}

asyncio::Coroutine<> main_() {
    auto& loop = asyncio::get_running_loop();
    loop.call_soon([&loop] { first(loop); });
    loop.call_soon(third);
    co_await asyncio::sleep(1s);
    print("main: a second later");
}

asyncio::Coroutine<> expected() {
    auto& loop = asyncio::get_running_loop();
    loop.call_soon([&loop] { first_calls(loop); });
    loop.call_soon(third);
    co_await asyncio::sleep(1s);
    print("main: a second later");
}

const awaitscope::scenarios::Registration registration("call-soon-is-the-next-turn", main_);
const awaitscope::scenarios::Registration variant("call-soon-is-the-next-turn/expected", expected);

}  // namespace
