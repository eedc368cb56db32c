// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> fails() {
    co_await asyncio::sleep(1s);
    print("fails: raises");
    throw asyncio::ValueError("no luck");
}

asyncio::Coroutine<> writes() {
    co_await asyncio::sleep(2s);
    print("writes: wrote a file");
}

asyncio::Coroutine<> main_() {
    auto bad = asyncio::create_task(fails(), "fails");
    auto good = asyncio::create_task(writes(), "writes");
    try {
        co_await asyncio::gather(bad, good);
    } catch (const asyncio::ValueError& error) {
        print("main: caught the error ", error.what());
    }
    co_await asyncio::sleep(2s);
    print("main: ends");
}

asyncio::Coroutine<> group() {
    co_await asyncio::task_group([](asyncio::TaskGroup& tg) -> asyncio::Coroutine<> {
        tg.create_task(fails(), "fails");
        tg.create_task(writes(), "writes");
        co_return;
    });
}

asyncio::Coroutine<> expected() {
    try {
        co_await group();
    } catch (const asyncio::ExceptionGroup&) {
        print("main: caught the error of the group");
    }
    co_await asyncio::sleep(2s);
    print("main: ends");
}

const awaitscope::scenarios::Registration registration("gather-lets-others-run", main_);
const awaitscope::scenarios::Registration variant("gather-lets-others-run/expected", expected);

}  // namespace
