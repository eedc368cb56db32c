// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> fails() {
    co_await asyncio::sleep(1s);
    throw asyncio::ValueError("no disk");
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(fails(), "fails");
    for (int n = 1; n <= 3; ++n) {
        co_await asyncio::sleep(1s);
        print("main: works on, ", n);
    }
    try {
        co_await task;
    } catch (const asyncio::ValueError& error) {
        print("main: hears of it: ", error.what());
    }
}

asyncio::Coroutine<> works_on() {
    for (int n = 1; n <= 3; ++n) {
        co_await asyncio::sleep(1s);
        print("main: works on, ", n);
    }
}

asyncio::Coroutine<> group() {
    co_await asyncio::task_group([](asyncio::TaskGroup& tg) -> asyncio::Coroutine<> {
        tg.create_task(fails(), "fails");
        co_await works_on();
    });
}

asyncio::Coroutine<> expected() {
    try {
        co_await group();
    } catch (const asyncio::ExceptionGroup&) {
        print("main: hears of it at once");
    }
}

const awaitscope::scenarios::Registration registration("error-is-silent", main_);
const awaitscope::scenarios::Registration variant("error-is-silent/expected", expected);

}  // namespace
