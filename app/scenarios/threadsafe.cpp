// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<int> compute() {
    co_await asyncio::sleep(300ms);
    co_return 3;
}

asyncio::Coroutine<> forever() {
    try {
        co_await asyncio::sleep(1h);
    } catch (const asyncio::CancelledError&) {
        print("forever: cancelled");
        throw;
    }
}

/// Runs in a thread of its own: it may block, and must not touch the loop but through what is thread-safe.
void in_a_thread(asyncio::EventLoop& loop) {
    const auto answer = asyncio::run_coroutine_threadsafe(compute(), loop);
    print("thread: the result is ", answer.result());

    loop.call_soon_threadsafe([] { print("callback: asked for in the thread, runs in the loop"); });

    const auto endless = asyncio::run_coroutine_threadsafe(forever(), loop);
    try {
        endless.result(500ms);
    } catch (const asyncio::TimeoutError&) {
        print("thread: too slow, cancels it");
        endless.cancel();
    }
}

asyncio::Coroutine<> main_() {
    auto& loop = asyncio::get_running_loop();
    print("main: starts a thread");
    co_await asyncio::to_thread([&loop] { in_a_thread(loop); });
    print("main: the thread is done");
}

const awaitscope::scenarios::Registration registration("threadsafe", main_, asyncio::Clock::real);

}  // namespace
