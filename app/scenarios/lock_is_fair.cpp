// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> twice(asyncio::Lock& lock) {
    for (int n = 1; n <= 2; ++n) {
        auto guard = co_await lock.scoped();
        print("Ann: has it, part ", n);
        co_await asyncio::sleep(1s);
    }
}

asyncio::Coroutine<> at_once(asyncio::Lock& lock) {
    auto guard = co_await lock.scoped();
    for (int n = 1; n <= 2; ++n) {
        print("Ann: has it, part ", n);
        co_await asyncio::sleep(1s);
    }
}

asyncio::Coroutine<> once(asyncio::Lock& lock) {
    auto guard = co_await lock.scoped();
    print("Bob: has it");
    co_await asyncio::sleep(1s);
}

asyncio::Coroutine<> main_() {
    asyncio::Lock lock("lock");
    auto ann = asyncio::create_task(twice(lock), "Ann");
    auto bob = asyncio::create_task(once(lock), "Bob");
    co_await asyncio::gather(ann, bob);
    print("main: done");
}

asyncio::Coroutine<> expected() {
    asyncio::Lock lock("lock");
    auto ann = asyncio::create_task(at_once(lock), "Ann");
    auto bob = asyncio::create_task(once(lock), "Bob");
    co_await asyncio::gather(ann, bob);
    print("main: done");
}

const awaitscope::scenarios::Registration registration("lock-is-fair", main_);
const awaitscope::scenarios::Registration variant("lock-is-fair/expected", expected);

}  // namespace
