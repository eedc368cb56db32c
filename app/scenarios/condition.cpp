// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

struct Shop {
    int apples = 0;
};

asyncio::Coroutine<> buyer(std::string name, int wanted, Shop& shop, asyncio::Condition& condition) {
    auto guard = co_await condition.scoped();
    print(name, ": wants ", wanted);
    co_await condition.wait_for([&] { return shop.apples >= wanted; });
    shop.apples -= wanted;
    print(name, ": bought ", wanted, ", ", shop.apples, " left");
}

asyncio::Coroutine<> main_() {
    Shop shop;
    asyncio::Condition condition(nullptr, "shop");
    std::vector<asyncio::Task<void>> buyers;
    buyers.push_back(asyncio::create_task(buyer("Ann", 3, shop, condition), "Ann"));
    buyers.push_back(asyncio::create_task(buyer("Bob", 1, shop, condition), "Bob"));
    buyers.push_back(asyncio::create_task(buyer("Cem", 1, shop, condition), "Cem"));
    for (int i = 0; i < 2; ++i) {
        co_await asyncio::sleep(500ms);
        auto guard = co_await condition.scoped();
        shop.apples += 1;
        print("main: ", shop.apples, " in the shop, notifies one");
        condition.notify();
    }
    co_await asyncio::sleep(500ms);
    {
        auto guard = co_await condition.scoped();
        shop.apples += 3;
        print("main: ", shop.apples, " in the shop, notifies all");
        condition.notify_all();
    }
    co_await asyncio::gather(buyers);
}

const awaitscope::scenarios::Registration registration("condition", main_);

}  // namespace
