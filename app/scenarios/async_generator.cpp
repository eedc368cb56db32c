// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

/// What Python does in `finally`.
struct CleanUp {
    CleanUp() = default;
    CleanUp(const CleanUp&) = delete;
    CleanUp& operator=(const CleanUp&) = delete;
    ~CleanUp() { print("generator: cleans up"); }
};

asyncio::AsyncGenerator<int> countdown(int start) {
    CleanUp clean_up;
    for (int number = start; number > 0; --number) {
        print("generator: makes ", number);
        co_await asyncio::sleep(500ms);
        co_yield number;
    }
    print("generator: nothing more");
}

asyncio::Coroutine<> heartbeat() {
    while (true) {
        co_await asyncio::sleep(400ms);
        print("heartbeat");
    }
}

asyncio::Coroutine<> main_() {
    auto beat = asyncio::create_task(heartbeat(), "heartbeat");
    auto all = countdown(2);
    while (const auto number = co_await all.next()) print("main: got ", *number);
    beat.cancel();

    auto numbers = countdown(10);
    if (const auto number = co_await numbers.next()) print("main: got ", *number, ", that is enough");
    print("main: left the loop");
    co_await numbers.aclose();
    print("main: closed the generator");
}

const awaitscope::scenarios::Registration registration("async-generator", main_);

}  // namespace
