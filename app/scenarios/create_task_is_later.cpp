// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> child() {
    print("child: runs");
    co_return;
}

asyncio::Coroutine<> main_() {
    auto task = asyncio::create_task(child(), "child");
    print("main: created it");
    co_await asyncio::sleep(1s);
    print("main: a second later");
    co_await task;
}

asyncio::Coroutine<> expected() {
    co_await child();
    print("main: created it");
    co_await asyncio::sleep(1s);
    print("main: a second later");
}

const awaitscope::scenarios::Registration registration("create-task-is-later", main_);
const awaitscope::scenarios::Registration variant("create-task-is-later/expected", expected);

}  // namespace
