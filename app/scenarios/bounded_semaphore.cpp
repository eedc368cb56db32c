// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

template <class Room>
asyncio::Coroutine<> visit(std::string name, Room& room, std::vector<std::string>& inside, int releases = 1) {
    co_await room.acquire();
    inside.push_back(name);
    print(name, ": inside, ", inside.size(), " in the room");
    co_await asyncio::sleep(500ms);
    std::erase(inside, name);
    print(name, ": leaves");
    for (int i = 0; i < releases; ++i) room.release();
}

template <class Room>
asyncio::Coroutine<> day(std::string kind, Room& room) {
    print("main: a ", kind, " for one");
    std::vector<std::string> inside;
    auto ann = asyncio::create_task(visit(std::string("Ann"), room, inside, 2), "Ann");
    try {
        co_await ann;
    } catch (const asyncio::ValueError& error) {
        print("main: Ann failed: ", error.what());
    }
    std::vector<asyncio::Task<void>> others;
    for (const char* name : {"Bob", "Cem"}) others.push_back(asyncio::create_task(visit(name, room, inside), name));
    co_await asyncio::gather(others);
}

asyncio::Coroutine<> main_() {
    asyncio::Semaphore plain(1, "plain");
    co_await day("Semaphore", plain);
    asyncio::BoundedSemaphore bounded(1, "bounded");
    co_await day("BoundedSemaphore", bounded);
}

const awaitscope::scenarios::Registration registration("bounded-semaphore", main_);

}  // namespace
