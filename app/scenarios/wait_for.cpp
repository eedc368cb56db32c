// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> eternity() {
    try {
        co_await asyncio::sleep(1h);
        print("yay!");
    } catch (const asyncio::CancelledError&) {
        print("eternity: cancelled");
        throw;
    }
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(eternity(), "eternity");
    try {
        co_await asyncio::wait_for(task, 1s);
    } catch (const asyncio::TimeoutError&) {
        print("timeout!");
    }
    print("main: is eternity over? ", task.done() ? "yes" : "no");
}

const awaitscope::scenarios::Registration registration("wait-for", main_);

}  // namespace
