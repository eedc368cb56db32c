// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> player(std::string name, std::chrono::milliseconds time, asyncio::Barrier& barrier) {
    for (int number = 1; number <= 2; ++number) {
        co_await asyncio::sleep(time);
        print(name, ": ready for round ", number);
        const int index = co_await barrier.wait();
        print(name, ": plays round ", number, ", index ", index);
    }
}

asyncio::Coroutine<> main_() {
    asyncio::Barrier barrier(3, "start");
    std::vector<asyncio::Task<void>> players;
    players.push_back(asyncio::create_task(player("Ann", 300ms, barrier), "Ann"));
    players.push_back(asyncio::create_task(player("Bob", 800ms, barrier), "Bob"));
    players.push_back(asyncio::create_task(player("Cem", 500ms, barrier), "Cem"));
    co_await asyncio::gather(players);
}

const awaitscope::scenarios::Registration registration("barrier", main_);

}  // namespace
