// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> stubborn() {
    for (int n = 1; n <= 4; ++n) {
        try {
            co_await asyncio::sleep(1s);
            print("stubborn: part ", n, " done");
        } catch (const asyncio::CancelledError&) {
            print("stubborn: asked to end in part ", n, ", takes no notice");
        }
    }
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(stubborn(), "stubborn");
    co_await asyncio::sleep(1500ms);
    print("main: at most one second more");
    try {
        co_await asyncio::wait_for(task, 1s);
        print("main: no timeout");
    } catch (const asyncio::TimeoutError&) {
        print("main: timeout");
    }
    print("main: was it cancelled? ", task.cancelled() ? "yes" : "no");
}

const awaitscope::scenarios::Registration registration("swallowed-cancel", main_);

}  // namespace
