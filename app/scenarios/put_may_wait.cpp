// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> produce(asyncio::Queue<int>& queue) {
    for (int n = 1; n <= 4; ++n) {
        co_await queue.put(n);
        print("producer: put ", n);
    }
}

asyncio::Coroutine<> consume(asyncio::Queue<int>& queue) {
    for (int n = 1; n <= 4; ++n) {
        const int item = co_await queue.get();
        print("consumer: got ", item);
        co_await asyncio::sleep(1s);
    }
}

asyncio::Coroutine<> main_() {
    asyncio::Queue<int> queue(2);
    auto producer = asyncio::create_task(produce(queue), "producer");
    auto consumer = asyncio::create_task(consume(queue), "consumer");
    co_await asyncio::gather(producer, consumer);
    print("main: done");
}

asyncio::Coroutine<> expected() {
    asyncio::Queue<int> queue;
    auto producer = asyncio::create_task(produce(queue), "producer");
    auto consumer = asyncio::create_task(consume(queue), "consumer");
    co_await asyncio::gather(producer, consumer);
    print("main: done");
}

const awaitscope::scenarios::Registration registration("put-may-wait", main_);
const awaitscope::scenarios::Registration variant("put-may-wait/expected", expected);

}  // namespace
