// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<int> square(int number) {
    co_return number* number;
}

asyncio::Coroutine<int> slow_square(int number) {
    co_await asyncio::sleep(0s);
    co_return number* number;
}

asyncio::Coroutine<> other() {
    print("other: runs");
    co_return;
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(other(), "other");
    for (int number = 1; number <= 3; ++number) {
        const int result = co_await square(number);
        print("main: ", result);
    }
    print("main: now waits for the other");
    co_await task;
}

asyncio::Coroutine<> expected() {
    auto task = asyncio::create_task(other(), "other");
    for (int number = 1; number <= 3; ++number) {
        const int result = co_await slow_square(number);
        print("main: ", result);
    }
    print("main: now waits for the other");
    co_await task;
}

const awaitscope::scenarios::Registration registration("await-need-not-wait", main_);
const awaitscope::scenarios::Registration variant("await-need-not-wait/expected", expected);

}  // namespace
