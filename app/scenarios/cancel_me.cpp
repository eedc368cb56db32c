// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <exception>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

/// Python's finally: what runs however the block ends.
struct Finally {
    ~Finally() { print("cancel_me: after the sleep"); }
};

asyncio::Coroutine<> cancel_me() {
    const Finally finally;
    print("cancel_me: before the sleep");
    try {
        co_await asyncio::sleep(1h);
    } catch (const std::exception&) {
        print("cancel_me: an error");
    } catch (const asyncio::CancelledError&) {
        print("cancel_me: cancelled");
        throw;
    }
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(cancel_me(), "cancel_me");
    co_await asyncio::sleep(1s);
    task.cancel();
    print("main: asked cancel_me to end");
    try {
        co_await task;
    } catch (const asyncio::CancelledError&) {
        print("main: cancel_me is cancelled now");
    }

    auto unborn = asyncio::create_task(cancel_me(), "unborn");
    unborn.cancel();
    try {
        co_await unborn;
    } catch (const asyncio::CancelledError&) {
        print("main: unborn is cancelled now");
    }
}

const awaitscope::scenarios::Registration registration("cancel-me", main_);

}  // namespace
