// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<int> price(int euros, std::chrono::seconds takes) {
    co_await asyncio::sleep(takes);
    if (euros < 0) throw asyncio::ValueError("sold out");
    print("price: ", euros);
    co_return euros;
}

asyncio::Coroutine<int> total() {
    std::vector<asyncio::Task<int>> tasks;
    co_await asyncio::task_group([&tasks](asyncio::TaskGroup& tg) -> asyncio::Coroutine<> {
        tasks.push_back(tg.create_task(price(10, 1s), "shop 1"));
        tasks.push_back(tg.create_task(price(-1, 2s), "shop 2"));
        tasks.push_back(tg.create_task(price(30, 3s), "shop 3"));
        co_return;
    });
    co_return tasks[0].result() + tasks[2].result();
}

asyncio::Coroutine<> main_() {
    try {
        const int sum = co_await total();
        print("main: ", sum);
    } catch (const asyncio::ExceptionGroup&) {
        print("main: no prices at all");
    }
}

asyncio::Coroutine<> expected() {
    auto one = asyncio::create_task(price(10, 1s), "shop 1");
    auto two = asyncio::create_task(price(-1, 2s), "shop 2");
    auto three = asyncio::create_task(price(30, 3s), "shop 3");
    const auto results = co_await asyncio::gather(asyncio::return_exceptions, one, two, three);
    const int sum = std::get<0>(results).value() + std::get<2>(results).value();
    print("main: the others: ", sum);
}

const awaitscope::scenarios::Registration registration("group-is-no-gather", main_);
const awaitscope::scenarios::Registration variant("group-is-no-gather/expected", expected);

}  // namespace
