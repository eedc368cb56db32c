// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> baker(asyncio::Queue<int>& queue) {
    for (int loaf = 1; loaf <= 5; ++loaf) {
        print("baker: loaf ", loaf, " is baked");
        co_await queue.put(loaf);
        print("baker: loaf ", loaf, " is on the shelf, ", queue.qsize(), " of 2");
    }
}

asyncio::Coroutine<> customer(asyncio::Queue<int>& queue) {
    for (int i = 0; i < 5; ++i) {
        const int loaf = co_await queue.get();
        print("customer: takes loaf ", loaf);
        co_await asyncio::sleep(500ms);
    }
}

asyncio::Coroutine<> main_() {
    asyncio::Queue<int> shelf(2, "shelf");
    std::vector<asyncio::Task<void>> tasks;
    tasks.push_back(asyncio::create_task(baker(shelf), "baker"));
    tasks.push_back(asyncio::create_task(customer(shelf), "customer"));
    co_await asyncio::gather(tasks);
}

const awaitscope::scenarios::Registration registration("bounded-queue", main_);

}  // namespace
