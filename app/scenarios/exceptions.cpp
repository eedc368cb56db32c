// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <exception>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> careful(std::string name) {
    try {
        co_await asyncio::sleep(10s);
    } catch (const std::exception&) {
        print(name, ": caught an Exception");
    } catch (const asyncio::CancelledError&) {
        print(name, ": cancelled, which is no Exception");
        throw;
    }
}

asyncio::Coroutine<> fail(std::string text) {
    co_await asyncio::sleep(500ms);
    throw asyncio::ValueError(text);
}

void report(asyncio::EventLoop&, const asyncio::ExceptionContext& context) {
    try {
        std::rethrow_exception(context.exception);
    } catch (const std::exception& error) {
        print("handler: ", context.message, ": ", error.what());
    }
}

asyncio::Coroutine<> main_() {
    asyncio::get_running_loop().set_exception_handler(report);
    auto slow = asyncio::create_task(careful("slow"), "slow");
    try {
        co_await asyncio::wait_for(slow, 500ms);
    } catch (const asyncio::TimeoutError&) {
        print("main: a TimeoutError; the task was cancelled: ", slow.cancelled() ? "yes" : "no");
    }

    auto awaited = asyncio::create_task(fail("of the awaited"), "awaited");
    try {
        co_await awaited;
    } catch (const asyncio::ValueError& error) {
        print("main: caught the error ", error.what());
    }

    {
        auto forgotten = asyncio::create_task(fail("of the forgotten"), "forgotten");
        co_await asyncio::sleep(1s);
        print("main: the forgotten task failed long ago");
    }
    print("main: and now it is let go of");
}

const awaitscope::scenarios::Registration registration("exceptions", main_);

}  // namespace
