// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::AsyncGenerator<int> pages() {
    for (int n = 1; n <= 3; ++n) {
        co_await asyncio::sleep(100ms);
        co_yield n;
    }
}

asyncio::Coroutine<> load(int page) {
    print("load: page ", page);
    co_await asyncio::sleep(1s);
    print("load: has page ", page);
}

asyncio::Coroutine<> main_() {
    auto generator = pages();
    for (;;) {
        const auto page = co_await generator.next();
        if (!page) break;
        co_await load(*page);
    }
    print("main: done");
}

asyncio::Coroutine<> expected() {
    std::vector<asyncio::Task<void>> loading;
    auto generator = pages();
    for (;;) {
        const auto page = co_await generator.next();
        if (!page) break;
        loading.push_back(asyncio::create_task(load(*page), "load " + std::to_string(*page)));
    }
    co_await asyncio::gather(loading);
    print("main: done");
}

const awaitscope::scenarios::Registration registration("async-for-in-turn", main_);
const awaitscope::scenarios::Registration variant("async-for-in-turn/expected", expected);

}  // namespace
