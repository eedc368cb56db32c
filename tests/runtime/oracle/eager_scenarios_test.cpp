// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

Coroutine<int> immediately(int value) {
    co_return value;
}

std::string python(bool value) {
    return value ? "True" : "False";
}

}  // namespace

ORACLE_SCENARIO(eager_gather_all_done) {
    get_running_loop().set_task_factory(eager_task_factory);
    log("b");
    const auto [one, two] = co_await gather(immediately(1), immediately(2));
    log("[{}, {}]", one, two);
}

ORACLE_SCENARIO(eager_taskgroup) {
    get_running_loop().set_task_factory(eager_task_factory);
    auto imm = [&](int n) -> Coroutine<int> {
        log("{}", n);
        co_return n;
    };
    co_await task_group([&](TaskGroup& group) -> Coroutine<> {
        group.create_task(imm(1));
        group.create_task(imm(2));
        log("body");
        co_return;
    });
    log("after");
}

ORACLE_SCENARIO(eager_exception) {
    get_running_loop().set_task_factory(eager_task_factory);
    auto bad = []() -> Coroutine<> {
        throw ValueError();
        co_return;
    };
    const Task<> task = create_task(bad);
    log("done {}", python(task.done()));
    try {
        co_await task;
    } catch (const ValueError&) {
        log("VE");
    }
}
