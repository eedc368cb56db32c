// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> background(std::string name) {
    print(name, ": begins");
    co_await asyncio::sleep(1s);
    print(name, ": is done");
}

void start() {
    asyncio::create_task(background("background"), "background");
}

asyncio::Coroutine<> main_() {
    start();
    print("main: nobody holds the task");
    co_await asyncio::sleep(2s);
    print("main: ends");
}

asyncio::Coroutine<> expected() {
    auto task = asyncio::create_task(background("background"), "background");
    print("main: holds the task");
    co_await asyncio::sleep(2s);
    print("main: ends, it is done: ", task.done() ? "yes" : "no");
}

const awaitscope::scenarios::Registration registration("who-keeps-a-task", main_);
const awaitscope::scenarios::Registration variant("who-keeps-a-task/expected", expected);

}  // namespace
