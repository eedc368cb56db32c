// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;

namespace {

AsyncGenerator<int> two(LoopLog& log) {
    struct Finally {
        LoopLog& log;
        ~Finally() { log("fin"); }
    } finally{log};
    for (int i = 0; i < 2; ++i) {
        co_yield i;
        co_await sleep(0s);
    }
}

}  // namespace

ORACLE_SCENARIO(async_gen) {
    auto generator = two(log);
    while (auto value = co_await generator.next()) log("{}", *value);
    log("end");
}

ORACLE_SCENARIO(contextvar_flow) {
    ContextVar<int> variable("v", 0);
    variable.set(1);
    EventLoop& loop = get_running_loop();
    auto child = [&]() -> Coroutine<> {
        log("task sees {}", variable.get());
        variable.set(2);
        co_return;
    };
    const Task<> task = create_task(child);
    variable.set(5);
    co_await task;
    log("main {}", variable.get());
    loop.call_soon([&] {
        log("cb sees {}", variable.get());
        variable.set(9);
    });
    variable.set(6);
    co_await sleep(0s);
    log("{}", variable.get());
    auto inside = [&]() -> Coroutine<> {
        variable.set(7);
        co_return;
    };
    co_await inside();
    log("{}", variable.get());
}
