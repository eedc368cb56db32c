// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<> child(std::string name) {
    print(name, ": begins");
    try {
        co_await asyncio::sleep(10s);
        print(name, ": done");
    } catch (const asyncio::CancelledError&) {
        print(name, ": cancelled");
        throw;
    }
}

asyncio::Coroutine<> main_() {
    auto a = asyncio::create_task(child("A"), "A");
    auto b = asyncio::create_task(child("B"), "B");
    auto both = asyncio::gather(a, b);
    co_await asyncio::sleep(1s);

    print("main: cancels the gather");
    both.cancel();
    print("main: is it done? ", both.done() ? "yes" : "no");
    try {
        co_await both;
    } catch (const asyncio::CancelledError&) {
        print("main: the gather was cancelled");
    }
    print("main: A cancelled? ", a.cancelled() ? "yes" : "no", "; B cancelled? ", b.cancelled() ? "yes" : "no");
}

const awaitscope::scenarios::Registration registration("gather-cancel", main_);

}  // namespace
