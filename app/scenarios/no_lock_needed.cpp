// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

struct Counter {
    int value = 0;
};

asyncio::Coroutine<> count(Counter& counter) {
    for (int i = 0; i < 3; ++i) {
        const int seen = counter.value;
        counter.value = seen + 1;
        co_await asyncio::sleep(0s);
    }
}

asyncio::Coroutine<> locked_count(Counter& counter, asyncio::Lock& lock) {
    for (int i = 0; i < 3; ++i) {
        co_await lock.acquire();
        const int seen = counter.value;
        counter.value = seen + 1;
        lock.release();
        co_await asyncio::sleep(0s);
    }
}

asyncio::Coroutine<> main_() {
    Counter counter;
    auto ann = asyncio::create_task(count(counter), "Ann");
    auto bob = asyncio::create_task(count(counter), "Bob");
    co_await asyncio::gather(ann, bob);
    print("main: counted ", counter.value);
}

asyncio::Coroutine<> expected() {
    Counter counter;
    asyncio::Lock lock("counter");
    auto ann = asyncio::create_task(locked_count(counter, lock), "Ann");
    auto bob = asyncio::create_task(locked_count(counter, lock), "Bob");
    co_await asyncio::gather(ann, bob);
    print("main: counted ", counter.value);
}

const awaitscope::scenarios::Registration registration("no-lock-needed", main_);
const awaitscope::scenarios::Registration variant("no-lock-needed/expected", expected);

}  // namespace
