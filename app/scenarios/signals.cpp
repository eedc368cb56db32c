// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <csignal>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

/// What Python does in `finally`.
struct InOrder {
    InOrder() = default;
    InOrder(const InOrder&) = delete;
    InOrder& operator=(const InOrder&) = delete;
    ~InOrder() { print("work: stops in order"); }
};

asyncio::Coroutine<> work() {
    InOrder in_order;
    for (int step = 1; step < 100; ++step) {
        print("work: step ", step);
        co_await asyncio::sleep(200ms);
    }
}

asyncio::Coroutine<> main_() {
    auto& loop = asyncio::get_running_loop();
    asyncio::Event stop("stop");
    loop.add_signal_handler(SIGTERM, [&] {
        print("handler: somebody wants us to stop");
        stop.set();
    });
    auto worker = asyncio::create_task(work(), "work");
    loop.call_later(500ms, [] { std::raise(SIGTERM); });
    co_await stop.wait();
    worker.cancel();
    const std::vector cancelled = {worker};
    co_await asyncio::wait(cancelled);
    loop.remove_signal_handler(SIGTERM);
    print("main: ends");
}

const awaitscope::scenarios::Registration registration("signals", main_);

}  // namespace
