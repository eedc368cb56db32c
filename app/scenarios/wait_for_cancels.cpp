// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> upload() {
    try {
        co_await asyncio::sleep(3s);
        print("upload: complete");
    } catch (const asyncio::CancelledError&) {
        print("upload: cancelled half-way");
        throw;
    }
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(upload(), "upload");
    try {
        co_await asyncio::wait_for(task, 1s);
    } catch (const asyncio::TimeoutError&) {
        print("main: waited long enough");
    }
    co_await asyncio::sleep(3s);
    print("main: ends");
}

asyncio::Coroutine<> expected() {
    auto task = asyncio::create_task(upload(), "upload");
    try {
        co_await asyncio::wait_for(asyncio::shield(task), 1s);
    } catch (const asyncio::TimeoutError&) {
        print("main: waited long enough");
    }
    co_await asyncio::sleep(3s);
    print("main: ends");
}

const awaitscope::scenarios::Registration registration("wait-for-cancels", main_);
const awaitscope::scenarios::Registration variant("wait-for-cancels/expected", expected);

}  // namespace
