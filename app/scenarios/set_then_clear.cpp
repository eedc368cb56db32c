// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> waits(std::string name, asyncio::Event& event) {
    print(name, ": waits");
    co_await event.wait();
    print(name, ": woke; is it set? ", event.is_set() ? "yes" : "no");
}

asyncio::Coroutine<> polls(std::string name, asyncio::Event& event) {
    print(name, ": waits");
    for (int n = 0; n < 20 && !event.is_set(); ++n) co_await asyncio::sleep(100ms);
    print(name, ": ends; was it set? ", event.is_set() ? "yes" : "no");
}

void pulse(asyncio::Event& event) {
    event.set();
    event.clear();
    print("main: set, and cleared");
}

asyncio::Coroutine<> main_() {
    asyncio::Event event("pulse");
    auto ann = asyncio::create_task(waits("Ann", event), "Ann");
    auto bob = asyncio::create_task(waits("Bob", event), "Bob");
    co_await asyncio::sleep(1s);
    pulse(event);
    co_await asyncio::gather(ann, bob);
}

asyncio::Coroutine<> expected() {
    asyncio::Event event("pulse");
    auto ann = asyncio::create_task(polls("Ann", event), "Ann");
    auto bob = asyncio::create_task(polls("Bob", event), "Bob");
    co_await asyncio::sleep(1s);
    pulse(event);
    co_await asyncio::gather(ann, bob);
}

const awaitscope::scenarios::Registration registration("set-then-clear", main_);
const awaitscope::scenarios::Registration variant("set-then-clear/expected", expected);

}  // namespace
