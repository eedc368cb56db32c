// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <functional>
#include <thread>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

void callback() {
    print("callback: runs in the loop");
}

void wrong(asyncio::EventLoop& loop) {
    try {
        loop.call_soon(callback);
    } catch (const asyncio::RuntimeError&) {
        print("thread: call_soon is refused here");
    }
}

void right(asyncio::EventLoop& loop) {
    loop.call_soon_threadsafe(callback);
    print("thread: asked for it");
}

asyncio::Coroutine<> run(void (*work)(asyncio::EventLoop&)) {
    auto& loop = asyncio::get_running_loop();
    loop.set_debug(true);
    std::thread thread(work, std::ref(loop));
    thread.join();
    co_await asyncio::sleep(500ms);
    print("main: half a second later");
}

asyncio::Coroutine<> main_() {
    co_await run(wrong);
}

asyncio::Coroutine<> expected() {
    co_await run(right);
}

const awaitscope::scenarios::Registration registration("call-soon-from-a-thread", main_, asyncio::Clock::real);
const awaitscope::scenarios::Registration variant("call-soon-from-a-thread/expected", expected, asyncio::Clock::real);

}  // namespace
