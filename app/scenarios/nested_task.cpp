// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<int> nested() {
    const std::string name = asyncio::current_task()->get_name();
    print(name, ": first step");
    co_await asyncio::sleep(0s);
    print(name, ": second step");
    co_return 42;
}

asyncio::Coroutine<> main_() {
    auto first = asyncio::create_task(nested());
    auto second = asyncio::create_task(nested(), "second");
    print("main: created ", first.get_name(), " and ", second.get_name());

    const int one = co_await first;
    print("main: the first gave ", one);
    print("main: is the second done? ", second.done() ? "yes" : "no");
    const int two = co_await second;
    print("main: the second gave ", two);
}

const awaitscope::scenarios::Registration registration("nested-task", main_);

}  // namespace
