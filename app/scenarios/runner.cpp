// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> greet(std::string whom) {
    print("hello, ", whom);
    co_await asyncio::sleep(1s);
}

asyncio::Coroutine<> tick() {
    for (int n = 1;; ++n) {
        print("tick ", n);
        co_await asyncio::sleep(600ms);
    }
}

asyncio::Coroutine<asyncio::Task<void>> first() {
    auto ticker = asyncio::create_task(tick(), "ticker");
    co_await greet("first run");
    co_return ticker;
}

void program(const asyncio::RunOptions& options) {
    asyncio::Runner runner(options);
    const auto ticker = runner.run(first());
    print("between the runs");
    runner.run(greet("second run"));
    print("is the ticker done? ", ticker.done() ? "yes" : "no");
}

const awaitscope::scenarios::Registration registration("runner", program);

}  // namespace
