// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

using Seconds = std::chrono::seconds;

asyncio::Coroutine<std::string> fetch(std::string name, Seconds delay) {
    co_await asyncio::sleep(delay);
    co_return name;
}

asyncio::Coroutine<> main_() {
    const std::vector<asyncio::Task<std::string>> tasks = {asyncio::create_task(fetch("slow", 3s), "slow"),
                                                           asyncio::create_task(fetch("quick", 1s), "quick"),
                                                           asyncio::create_task(fetch("medium", 2s), "medium")};
    for (auto next : asyncio::as_completed(tasks)) {
        const std::string name = co_await next;
        print("next: ", name);
    }
    const std::vector<std::string> all = co_await asyncio::gather(tasks);
    for (const std::string& name : all) print("gathered: ", name);
}

const awaitscope::scenarios::Registration registration("as-completed", main_);

}  // namespace
