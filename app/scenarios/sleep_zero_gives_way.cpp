// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> polite(std::string name) {
    for (int n = 1; n <= 3; ++n) {
        print(name, ": ", n);
        co_await asyncio::sleep(0s);
    }
}

asyncio::Coroutine<> greedy(std::string name) {
    for (int n = 1; n <= 3; ++n) print(name, ": ", n);
    co_return;
}

asyncio::Coroutine<> main_() {
    auto ann = asyncio::create_task(polite("Ann"), "Ann");
    auto bob = asyncio::create_task(polite("Bob"), "Bob");
    co_await asyncio::gather(ann, bob);
    print("main: done");
}

asyncio::Coroutine<> expected() {
    auto ann = asyncio::create_task(greedy("Ann"), "Ann");
    auto bob = asyncio::create_task(greedy("Bob"), "Bob");
    co_await asyncio::gather(ann, bob);
    print("main: done");
}

const awaitscope::scenarios::Registration registration("sleep-zero-gives-way", main_);
const awaitscope::scenarios::Registration variant("sleep-zero-gives-way/expected", expected);

}  // namespace
