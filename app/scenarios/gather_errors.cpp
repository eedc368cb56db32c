// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <exception>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<std::string> fail() {
    co_await asyncio::sleep(1s);
    throw asyncio::ValueError("boom");
}

asyncio::Coroutine<std::string> work() {
    co_await asyncio::sleep(2s);
    print("work: done");
    co_return "worked";
}

std::vector<asyncio::Task<std::string>> start(const std::string& turn) {
    return {asyncio::create_task(fail(), "fail " + turn), asyncio::create_task(work(), "work " + turn)};
}

asyncio::Coroutine<> main_() {
    try {
        co_await asyncio::gather(start("1"));
    } catch (const asyncio::ValueError& error) {
        print("main: gather raised ", error.what());
    }
    co_await asyncio::sleep(2s);

    const auto results = co_await asyncio::gather(asyncio::return_exceptions, start("2"));
    for (const auto& result : results)
        print("main: ", result.ok() ? result.value() : "failed with " + asyncio::to_string(result.exception()));
}

const awaitscope::scenarios::Registration registration("gather-errors", main_);

}  // namespace
