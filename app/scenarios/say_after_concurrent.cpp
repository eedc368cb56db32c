// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

using Seconds = std::chrono::seconds;

asyncio::Coroutine<> say_after(Seconds delay, std::string what) {
    co_await asyncio::sleep(delay);
    print(what);
}

asyncio::Coroutine<> main_() {
    auto& loop = asyncio::get_running_loop();
    const auto started = loop.time();
    print("started");
    auto hello = asyncio::create_task(say_after(1s, "hello"), "hello");
    auto world = asyncio::create_task(say_after(2s, "world"), "world");
    co_await hello;
    co_await world;
    print("finished after ", std::chrono::round<Seconds>(loop.time() - started).count(), " s");
}

const awaitscope::scenarios::Registration registration("say-after-concurrent", main_);

}  // namespace
