// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <thread>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

using Seconds = std::chrono::seconds;

void blocking_io() {
    print("blocking_io: begins");
    // Stands for anything that blocks its thread: a file, a database, an old library.
    std::this_thread::sleep_for(1s);
    print("blocking_io: ends");
}

asyncio::Coroutine<> main_() {
    auto& loop = asyncio::get_running_loop();
    const auto started = loop.time();
    print("main: begins");
    auto thread = asyncio::create_task(asyncio::to_thread(blocking_io), "thread");
    auto sleeper = asyncio::create_task(asyncio::sleep(1s), "sleeper");
    co_await asyncio::gather(thread, sleeper);
    print("main: done after ", std::chrono::round<Seconds>(loop.time() - started).count(), " s");
}

const awaitscope::scenarios::Registration registration("to-thread", main_, asyncio::Clock::real);

}  // namespace
