// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> broad() {
    try {
        co_await asyncio::sleep(10s);
    } catch (const std::exception&) {
        print("worker: saved its work");
    }
}

asyncio::Coroutine<> exact() {
    try {
        co_await asyncio::sleep(10s);
    } catch (const asyncio::CancelledError&) {
        print("worker: saved its work");
        throw;
    }
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(broad(), "worker");
    co_await asyncio::sleep(1s);
    print("main: cancels the worker");
    task.cancel();
    const std::vector<asyncio::Task<void>> tasks(1, task);
    co_await asyncio::wait(tasks);
    print("main: the worker is cancelled: ", task.cancelled() ? "yes" : "no");
}

asyncio::Coroutine<> expected() {
    auto task = asyncio::create_task(exact(), "worker");
    co_await asyncio::sleep(1s);
    print("main: cancels the worker");
    task.cancel();
    const std::vector<asyncio::Task<void>> tasks(1, task);
    co_await asyncio::wait(tasks);
    print("main: the worker is cancelled: ", task.cancelled() ? "yes" : "no");
}

const awaitscope::scenarios::Registration registration("except-exception", main_);
const awaitscope::scenarios::Registration variant("except-exception/expected", expected);

}  // namespace
