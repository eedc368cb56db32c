// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<std::string> save() {
    print("save: begins");
    co_await asyncio::sleep(3s);
    print("save: done");
    co_return "saved";
}

asyncio::Coroutine<> visitor(asyncio::Task<std::string> saving) {
    try {
        const std::string result = co_await asyncio::shield(saving);
        print("visitor: ", result);
    } catch (const asyncio::CancelledError&) {
        print("visitor: cancelled");
        throw;
    }
}

asyncio::Coroutine<> main_() {
    auto saving = asyncio::create_task(save(), "save");
    auto visiting = asyncio::create_task(visitor(saving), "visitor");
    co_await asyncio::sleep(1s);
    print("main: cancels the visitor");
    visiting.cancel();
    co_await asyncio::sleep(1s);
    print("main: is the visitor cancelled? ", visiting.cancelled() ? "yes" : "no");
    print("main: is the save cancelled? ", saving.cancelled() ? "yes" : "no");
    const std::string result = co_await saving;
    print("main: ", result);
}

const awaitscope::scenarios::Registration registration("shield", main_);

}  // namespace
