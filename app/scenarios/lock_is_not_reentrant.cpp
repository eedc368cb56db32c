// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> write(asyncio::Lock& lock) {
    auto guard = co_await lock.scoped();
    print("write: has the lock");
}

asyncio::Coroutine<> write_locked() {
    print("write: has the lock");
    co_return;
}

asyncio::Coroutine<> save(asyncio::Lock& lock) {
    auto guard = co_await lock.scoped();
    print("save: has the lock");
    co_await write(lock);
    print("save: done");
}

asyncio::Coroutine<> save_once(asyncio::Lock& lock) {
    auto guard = co_await lock.scoped();
    print("save: has the lock");
    co_await write_locked();
    print("save: done");
}

asyncio::Coroutine<> main_() {
    asyncio::Lock lock("file");
    auto saving = asyncio::create_task(save(lock), "save");
    try {
        co_await asyncio::wait_for(saving, 2s);
        print("main: saved");
    } catch (const asyncio::TimeoutError&) {
        print("main: gave up waiting");
    }
}

asyncio::Coroutine<> expected() {
    asyncio::Lock lock("file");
    auto saving = asyncio::create_task(save_once(lock), "save");
    try {
        co_await asyncio::wait_for(saving, 2s);
        print("main: saved");
    } catch (const asyncio::TimeoutError&) {
        print("main: gave up waiting");
    }
}

const awaitscope::scenarios::Registration registration("lock-is-not-reentrant", main_);
const awaitscope::scenarios::Registration variant("lock-is-not-reentrant/expected", expected);

}  // namespace
