// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> transfer(std::string name, asyncio::Lock& first, asyncio::Lock& second) {
    auto one = co_await first.scoped();
    print(name, ": has the first lock");
    co_await asyncio::sleep(100ms);
    auto other = co_await second.scoped();
    print(name, ": has both locks");
}

asyncio::Coroutine<> both(asyncio::Lock& ann_first, asyncio::Lock& ann_second, asyncio::Lock& bob_first,
                          asyncio::Lock& bob_second) {
    std::vector<asyncio::Task<void>> tasks;
    tasks.push_back(asyncio::create_task(transfer("Ann", ann_first, ann_second), "Ann"));
    tasks.push_back(asyncio::create_task(transfer("Bob", bob_first, bob_second), "Bob"));
    co_await asyncio::gather(tasks);
}

asyncio::Coroutine<> main_() {
    asyncio::Lock red("red"), blue("blue");
    print("main: red before blue, and blue before red");
    try {
        co_await asyncio::timeout(1s, [&]() -> asyncio::Coroutine<> { co_await both(red, blue, blue, red); });
    } catch (const asyncio::TimeoutError&) {
        print("main: nobody moved for a second, both are cancelled");
    }
    print("main: red before blue for both");
    co_await both(red, blue, red, blue);
}

const awaitscope::scenarios::Registration registration("deadlock", main_);

}  // namespace
