// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> tidy_up() {
    print("worker: tidies up");
    co_await asyncio::sleep(1s);
    print("worker: is tidy");
}

asyncio::Coroutine<> worker() {
    bool cancelled = false;
    try {
        co_await asyncio::sleep(10s);
    } catch (const asyncio::CancelledError&) {
        cancelled = true;
    }
    if (cancelled) {
        co_await tidy_up();
        throw asyncio::CancelledError();
    }
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(worker(), "worker");
    co_await asyncio::sleep(1s);
    task.cancel();
    print("main: cancelled it; is it done? ", task.done() ? "yes" : "no");
    co_await asyncio::sleep(500ms);
    print("main: half a second later; is it done? ", task.done() ? "yes" : "no");
    co_await asyncio::sleep(1s);
    print("main: and now? ", task.done() ? "yes" : "no");
}

asyncio::Coroutine<> expected() {
    auto task = asyncio::create_task(worker(), "worker");
    co_await asyncio::sleep(1s);
    task.cancel();
    try {
        co_await task;
    } catch (const asyncio::CancelledError&) {
        print("main: waited until it had ended");
    }
    print("main: cancelled it; is it done? ", task.done() ? "yes" : "no");
}

const awaitscope::scenarios::Registration registration("cancel-asks", main_);
const awaitscope::scenarios::Registration variant("cancel-asks/expected", expected);

}  // namespace
