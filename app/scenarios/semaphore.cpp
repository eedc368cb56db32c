// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> download(std::string name, std::chrono::milliseconds length, asyncio::Semaphore& semaphore) {
    auto guard = co_await semaphore.scoped();
    print(name, ": begins");
    co_await asyncio::sleep(length);
    print(name, ": done");
}

asyncio::Coroutine<> main_() {
    asyncio::Semaphore semaphore(3, "downloads");
    const std::vector<std::pair<std::string, std::chrono::milliseconds>> jobs = {
        {"A", 1200ms}, {"B", 400ms}, {"C", 800ms}, {"D", 600ms}, {"E", 300ms}, {"F", 500ms}};
    std::vector<asyncio::Task<void>> tasks;
    for (const auto& [name, length] : jobs)
        tasks.push_back(asyncio::create_task(download(name, length, semaphore), name));
    co_await asyncio::gather(tasks);
    print("main: six downloads, never more than three at once");
}

const awaitscope::scenarios::Registration registration("semaphore", main_);

}  // namespace
