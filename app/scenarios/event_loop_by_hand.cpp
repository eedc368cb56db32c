// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

void say(const char* text) {
    print(text);
}

asyncio::Coroutine<int> answer() {
    co_await asyncio::sleep(600ms);
    co_return 42;
}

void program(const asyncio::RunOptions& options) {
    const auto loop = asyncio::new_event_loop(options.clock);
    loop->call_soon(say, "callback: soon");
    loop->call_later(400ms, say, "callback: later");
    loop->call_at(loop->time() + 200ms, say, "callback: at");
    auto never = loop->call_later(300ms, say, "callback: never");
    never.cancel();
    print("main: nothing has run yet");
    print("main: the answer is ", loop->run_until_complete(answer()));

    loop->call_soon([&] {
        loop->call_soon(say, "third: called by the first");
        print("first");
    });
    loop->call_soon(say, "second");
    loop->call_later(400ms, [&] { loop->stop(); });
    loop->run_forever();
    print("main: stopped");
    loop->close();
}

const awaitscope::scenarios::Registration registration("event-loop-by-hand", program);

}  // namespace
