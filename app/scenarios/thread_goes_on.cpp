// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

void work(const std::atomic<bool>& stop, asyncio::EventLoop& loop, asyncio::Event& half_way) {
    for (int part = 1; part <= 3; ++part) {
        if (stop) {
            print("thread: sees that it should stop");
            return;
        }
        print("thread: part ", part);
        if (part == 2) loop.call_soon_threadsafe([&half_way] { half_way.set(); });
        std::this_thread::sleep_for(400ms);
    }
    print("thread: did all its work");
}

asyncio::Coroutine<> run(std::shared_ptr<std::atomic<bool>> stop, bool tell) {
    auto& loop = asyncio::get_running_loop();
    asyncio::Event half_way("half way");
    auto job = [stop, &loop, &half_way] { work(*stop, loop, half_way); };
    auto task = asyncio::create_task(asyncio::to_thread(job), "thread");
    co_await half_way.wait();
    print("main: cancels it");
    if (tell) *stop = true;
    task.cancel();
    try {
        co_await task;
    } catch (const asyncio::CancelledError&) {
        print("main: the task is cancelled");
    }
    co_await loop.shutdown_default_executor();
    print("main: ends");
}

asyncio::Coroutine<> main_() {
    auto stop = std::make_shared<std::atomic<bool>>(false);
    co_await run(stop, false);
}

asyncio::Coroutine<> expected() {
    auto stop = std::make_shared<std::atomic<bool>>(false);
    co_await run(stop, true);
}

const awaitscope::scenarios::Registration registration("thread-goes-on", main_, asyncio::Clock::real);
const awaitscope::scenarios::Registration variant("thread-goes-on/expected", expected, asyncio::Clock::real);

}  // namespace
