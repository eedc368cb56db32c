// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

/// Older code: it knows of no coroutines, and answers through a callback some time later.
asyncio::Future<std::string> ask(std::chrono::seconds delay, std::string answer) {
    auto& loop = asyncio::get_running_loop();
    auto future = loop.create_future<std::string>();
    loop.call_later(delay, [future, answer] {
        print("callback: the answer is ", answer);
        future.set_result(answer);
    });
    return future;
}

asyncio::Coroutine<std::string> compute() {
    co_await asyncio::sleep(1s);
    print("compute: done");
    co_return "a result";
}

asyncio::Coroutine<> main_() {
    auto answer = ask(1s, "yes");
    print("main: asked, and waits");
    const std::string text = co_await answer;
    print("main: heard ", text);

    const auto [first, second] = co_await asyncio::gather(ask(2s, "no"), compute());
    print("main: heard ", first, " and ", second);
}

const awaitscope::scenarios::Registration registration("future-bridge", main_);

}  // namespace
