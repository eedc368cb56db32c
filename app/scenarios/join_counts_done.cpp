// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> works(asyncio::Queue<int>& queue) {
    for (int n = 0; n < 2; ++n) {
        const int item = co_await queue.get();
        print("worker: took ", item);
        co_await asyncio::sleep(1s);
        queue.task_done();
        print("worker: done with ", item);
    }
}

asyncio::Coroutine<> hurries(asyncio::Queue<int>& queue) {
    for (int n = 0; n < 2; ++n) {
        const int item = co_await queue.get();
        print("worker: took ", item);
        queue.task_done();
        co_await asyncio::sleep(1s);
        print("worker: done with ", item);
    }
}

asyncio::Coroutine<> main_() {
    asyncio::Queue<int> queue;
    for (int n = 1; n <= 2; ++n) queue.put_nowait(n);
    auto worker = asyncio::create_task(works(queue), "worker");
    co_await queue.join();
    print("main: joined");
    co_await worker;
}

asyncio::Coroutine<> expected() {
    asyncio::Queue<int> queue;
    for (int n = 1; n <= 2; ++n) queue.put_nowait(n);
    auto worker = asyncio::create_task(hurries(queue), "worker");
    co_await queue.join();
    print("main: joined");
    co_await worker;
}

const awaitscope::scenarios::Registration registration("join-counts-done", main_);
const awaitscope::scenarios::Registration variant("join-counts-done/expected", expected);

}  // namespace
