// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> worker(std::string name, asyncio::Queue<int>& queue) {
    try {
        while (true) {
            const int job = co_await queue.get();
            print(name, ": job ", job);
            co_await asyncio::sleep(500ms);
            queue.task_done();
        }
    } catch (const asyncio::QueueShutDown&) {
        print(name, ": the queue is shut down, going home");
    }
}

asyncio::Coroutine<> main_() {
    asyncio::Queue<int> queue(0, "jobs");
    for (int job = 1; job <= 3; ++job) queue.put_nowait(job);
    std::vector<asyncio::Task<void>> workers;
    for (const char* name : {"Ann", "Bob"}) workers.push_back(asyncio::create_task(worker(name, queue), name));
    co_await asyncio::sleep(250ms);
    queue.shutdown();
    print("main: shut down");
    try {
        co_await queue.put(4);
    } catch (const asyncio::QueueShutDown&) {
        print("main: no new job can be put");
    }
    co_await asyncio::gather(workers);
    print("main: all went home");
}

const awaitscope::scenarios::Registration registration("queue-shutdown", main_);

}  // namespace
