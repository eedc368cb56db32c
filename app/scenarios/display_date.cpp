// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

using Seconds = std::chrono::seconds;

asyncio::Coroutine<> display_time(asyncio::TimePoint begin) {
    auto& loop = asyncio::get_running_loop();
    while (true) {
        const auto passed = loop.time() - begin;
        print(std::chrono::round<Seconds>(passed).count(), " s have passed");
        if (passed >= 5s) co_return;
        co_await asyncio::sleep(1s);
    }
}

asyncio::Coroutine<> main_() {
    co_await display_time(asyncio::get_running_loop().time());
}

const awaitscope::scenarios::Registration registration("display-date", main_);

}  // namespace
