// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> main_() {
    print("hello");
    co_await asyncio::sleep(1s);
    print("world");
}

const awaitscope::scenarios::Registration registration("hello-world", main_);

}  // namespace
