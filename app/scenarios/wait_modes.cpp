// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

using Tasks = std::vector<asyncio::Task<void>>;

asyncio::Coroutine<> quick() {
    co_await asyncio::sleep(1s);
}

asyncio::Coroutine<> failing() {
    co_await asyncio::sleep(2s);
    throw asyncio::ValueError("boom");
}

asyncio::Coroutine<> slow() {
    co_await asyncio::sleep(3s);
}

Tasks start(const std::string& turn) {
    return {asyncio::create_task(quick(), "quick " + turn), asyncio::create_task(failing(), "failing " + turn),
            asyncio::create_task(slow(), "slow " + turn)};
}

std::string names(const Tasks& tasks) {
    std::vector<std::string> sorted;
    for (const auto& task : tasks) sorted.push_back(task.get_name());
    std::ranges::sort(sorted);
    std::string text;
    for (const auto& name : sorted) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none" : text;
}

asyncio::Coroutine<> show(std::string turn, asyncio::WaitOptions options) {
    const Tasks tasks = start(turn);
    const auto [done, pending] = co_await asyncio::wait(tasks, options);
    print("done: ", names(done), "; pending: ", names(pending));
    // What is left is not cancelled: let it end, and look at every result.
    co_await asyncio::gather(asyncio::return_exceptions, tasks);
}

asyncio::Coroutine<> main_() {
    print("FIRST_COMPLETED");
    co_await show("1", {.return_when = asyncio::FIRST_COMPLETED});
    print("FIRST_EXCEPTION");
    co_await show("2", {.return_when = asyncio::FIRST_EXCEPTION});
    print("ALL_COMPLETED");
    co_await show("3", {.return_when = asyncio::ALL_COMPLETED});
}

const awaitscope::scenarios::Registration registration("wait-modes", main_);

}  // namespace
