// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> fetch(std::string what, std::chrono::seconds takes) {
    print(what, ": asked for");
    co_await asyncio::sleep(takes);
    print(what, ": here");
}

asyncio::Coroutine<> main_() {
    co_await fetch("name", 1s);
    co_await fetch("address", 2s);
    print("main: has both");
}

asyncio::Coroutine<> expected() {
    co_await asyncio::gather(fetch("name", 1s), fetch("address", 2s));
    print("main: has both");
}

const awaitscope::scenarios::Registration registration("awaits-in-a-row", main_);
const awaitscope::scenarios::Registration variant("awaits-in-a-row/expected", expected);

}  // namespace
