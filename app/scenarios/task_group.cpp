// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<int> some_coro() {
    co_await asyncio::sleep(1s);
    print("some_coro: done");
    co_return 1;
}

asyncio::Coroutine<std::string> another_coro() {
    co_await asyncio::sleep(2s);
    print("another_coro: done");
    co_return "two";
}

asyncio::Coroutine<> main_() {
    asyncio::Task<int> some;
    asyncio::Task<std::string> another;
    co_await asyncio::task_group([&](asyncio::TaskGroup& group) -> asyncio::Coroutine<> {
        some = group.create_task(some_coro(), "some");
        another = group.create_task(another_coro(), "another");
        print("main: the block has nothing more to do");
        co_return;
    });
    print("main: both are done: ", some.result(), " and ", another.result());
}

const awaitscope::scenarios::Registration registration("task-group", main_);

}  // namespace
