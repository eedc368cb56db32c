// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

struct Finally {
    Finally() = default;
    Finally(const Finally&) = delete;
    ~Finally() { print("worker: finally"); }
};

asyncio::Coroutine<> worker() {
    const Finally guard;
    print("worker: begins");
    co_await asyncio::sleep(10s);
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(worker(), "worker");
    task.cancel();
    const std::vector<asyncio::Task<void>> tasks(1, task);
    co_await asyncio::wait(tasks);
    print("main: cancelled: ", task.cancelled() ? "yes" : "no");
}

asyncio::Coroutine<> expected() {
    auto task = asyncio::create_task(worker(), "worker");
    co_await asyncio::sleep(0s);
    task.cancel();
    const std::vector<asyncio::Task<void>> tasks(1, task);
    co_await asyncio::wait(tasks);
    print("main: cancelled: ", task.cancelled() ? "yes" : "no");
}

const awaitscope::scenarios::Registration registration("cancelled-before-its-first-step", main_);
const awaitscope::scenarios::Registration variant("cancelled-before-its-first-step/expected", expected);

}  // namespace
