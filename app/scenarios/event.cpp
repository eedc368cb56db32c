// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> waiter(std::string name, asyncio::Event& event) {
    print(name, ": waiting for it ...");
    co_await event.wait();
    print(name, ": ... got it!");
}

asyncio::Coroutine<> main_() {
    asyncio::Event event("it");
    std::vector<asyncio::Task<void>> early;
    for (const char* name : {"Ann", "Bob"}) early.push_back(asyncio::create_task(waiter(name, event), name));
    co_await asyncio::sleep(1s);
    event.set();
    event.clear();
    print("main: set it, and cleared it at once");
    co_await asyncio::gather(early);

    auto late = asyncio::create_task(waiter("Cem", event), "Cem");
    co_await asyncio::sleep(500ms);
    event.set();
    print("main: set it");
    co_await late;
    co_await event.wait();
    print("main: it is set, so nobody waits");
}

const awaitscope::scenarios::Registration registration("event", main_);

}  // namespace
