// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>

#include "app/scenarios/scenario.hpp"

using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<int> nested() {
    print("nested: runs");
    co_return 42;
}

asyncio::Coroutine<> bystander() {
    print("bystander: runs");
    co_return;
}

asyncio::Coroutine<> main_() {
    // Called, without an await.
    static_cast<void>(nested());
    print("main: called nested()");

    auto waiting = asyncio::create_task(bystander(), "bystander");
    print("main: awaits nested()");
    const int answer = co_await nested();
    print("main: ", answer);
    co_await waiting;
}

const awaitscope::scenarios::Registration registration("nested-coroutine", main_);

}  // namespace
