// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> runner(std::string name) {
    for (int lap = 1; lap <= 2; ++lap) {
        print(name, ": lap ", lap);
        co_await asyncio::sleep(0s);
    }
}

asyncio::Coroutine<> race(std::vector<std::string> names) {
    std::vector<asyncio::Task<void>> tasks;
    for (const auto& name : names) tasks.push_back(asyncio::create_task(runner(name), name));
    co_await asyncio::gather(tasks);
}

asyncio::Coroutine<> main_() {
    std::vector<std::string> names = {"Ann", "Bob", "Cem", "Dee"};
    co_await race(names);
    print("main: all are in");
}

asyncio::Coroutine<> expected() {
    // This order was drawn from a hat.
    std::vector<std::string> names = {"Cem", "Ann", "Dee", "Bob"};
    co_await race(names);
    print("main: all are in");
}

const awaitscope::scenarios::Registration registration("first-in-first-out", main_);
const awaitscope::scenarios::Registration variant("first-in-first-out/expected", expected);

}  // namespace
