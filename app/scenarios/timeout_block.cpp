// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> in_time() {
    co_await asyncio::sleep(1s);
    print("first block: in time");
}

asyncio::Coroutine<> too_slow(asyncio::Timeout& limit) {
    co_await asyncio::sleep(1s);
    limit.reschedule(asyncio::get_running_loop().time() + 2s);
    print("second block: two seconds more");
    try {
        co_await asyncio::sleep(1h);
    } catch (const asyncio::CancelledError&) {
        print("second block: expired? ", limit.expired() ? "yes" : "no");
        throw;
    }
}

asyncio::Coroutine<> main_() {
    co_await asyncio::timeout(2s, []() -> asyncio::Coroutine<> { co_await in_time(); });
    try {
        co_await asyncio::timeout(2s,
                                  [](asyncio::Timeout& limit) -> asyncio::Coroutine<> { co_await too_slow(limit); });
    } catch (const asyncio::TimeoutError&) {
        print("main: timed out");
    }
    co_await asyncio::sleep(1s);
    print("main: goes on");
}

const awaitscope::scenarios::Registration registration("timeout-block", main_);

}  // namespace
