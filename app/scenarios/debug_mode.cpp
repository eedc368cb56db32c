// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <thread>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

void say(const char* text) {
    print(text);
}

asyncio::Coroutine<> blocks() {
    print("blocks: computes for 0.2 s without an await");
    std::this_thread::sleep_for(200ms);
    co_return;
}

void from_a_thread(asyncio::EventLoop* loop) {
    try {
        loop->call_soon(say, "never printed");
    } catch (const asyncio::RuntimeError& error) {
        print("thread: ", error.what());
    }
    loop->call_soon_threadsafe(say, "loop: called by the thread");
}

asyncio::Coroutine<> forgotten() {
    print("never printed");
    co_return;
}

asyncio::Coroutine<> main_() {
    auto& loop = asyncio::get_running_loop();
    loop.set_debug(true);
    co_await asyncio::create_task(blocks(), "blocks");
    co_await asyncio::to_thread(from_a_thread, &loop);
    static_cast<void>(forgotten());
    print("main: ends");
}

const awaitscope::scenarios::Registration registration("debug-mode", main_, asyncio::Clock::real);

}  // namespace
