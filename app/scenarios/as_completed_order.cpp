// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<std::string> answer(std::string name, std::chrono::seconds takes) {
    co_await asyncio::sleep(takes);
    print(name, ": answers");
    co_return name;
}

asyncio::Coroutine<> main_() {
    std::vector<asyncio::Task<std::string>> asked;
    asked.push_back(asyncio::create_task(answer("slow", 3s), "slow"));
    asked.push_back(asyncio::create_task(answer("medium", 2s), "medium"));
    asked.push_back(asyncio::create_task(answer("quick", 1s), "quick"));
    for (auto next : asyncio::as_completed(asked)) {
        const std::string name = co_await next;
        print("main: has ", name);
    }
}

asyncio::Coroutine<> expected() {
    std::vector<asyncio::Task<std::string>> asked;
    asked.push_back(asyncio::create_task(answer("slow", 3s), "slow"));
    asked.push_back(asyncio::create_task(answer("medium", 2s), "medium"));
    asked.push_back(asyncio::create_task(answer("quick", 1s), "quick"));
    const auto names = co_await asyncio::gather(asked);
    for (const auto& name : names) print("main: has ", name);
}

const awaitscope::scenarios::Registration registration("as-completed-order", main_);
const awaitscope::scenarios::Registration variant("as-completed-order/expected", expected);

}  // namespace
