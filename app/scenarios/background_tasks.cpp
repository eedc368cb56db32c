// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <set>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> some_coro(int number) {
    co_await asyncio::sleep(1s);
    print(number);
}

asyncio::Coroutine<> main_() {
    std::set<asyncio::Task<void>> background;
    for (int i = 0; i < 10; ++i) {
        auto task = asyncio::create_task(some_coro(i), "number " + std::to_string(i));
        background.insert(task);
        task.add_done_callback([&background, task](auto) { background.erase(task); });
    }
    print(background.size(), " in the background");
    co_await asyncio::sleep(2s);
    print(background.size(), " left");
}

const awaitscope::scenarios::Registration registration("background-tasks", main_);

}  // namespace
