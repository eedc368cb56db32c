// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;

ORACLE_SCENARIO(create_task_order) {
    auto work = [&](const char* name) -> Coroutine<> {
        log("{} start", name);
        co_await sleep(0s);
        log("{} after sleep0", name);
    };
    auto a = create_task(work("A"), "A");
    auto b = create_task(work("B"), "B");
    log("main created");
    co_await a;
    log("main got A");
    co_await b;
    log("main got B");
}

ORACLE_SCENARIO(await_coro_inline) {
    auto work = [&]() -> Coroutine<int> {
        log("w");
        co_return 1;
    };
    log("before");
    co_await work();
    log("after");
}

ORACLE_SCENARIO(await_done_task_no_switch) {
    auto work = [&]() -> Coroutine<> {
        log("w");
        co_return;
    };
    auto task = create_task(work(), "A");
    co_await sleep(0s);
    log("done={}", task.done() ? "True" : "False");
    co_await task;
    log("after await (no iteration)");
}

ORACLE_SCENARIO(sleep0_vs_sleep) {
    auto s0 = [&]() -> Coroutine<> {
        co_await sleep(0s);
        log("sleep(0) back");
    };
    auto s1 = [&]() -> Coroutine<> {
        co_await sleep(1s);
        log("sleep(1) back");
    };
    auto s2 = [&]() -> Coroutine<> {
        co_await sleep(1s);
        log("second sleep(1) back");
    };
    auto z = create_task(s0(), "z");
    auto one = create_task(s1(), "one");
    auto two = create_task(s2(), "two");
    co_await gather(z, one, two);
    log("main");
}

ORACLE_SCENARIO(call_soon_vs_tasks) {
    EventLoop& loop = get_running_loop();
    auto work = [&]() -> Coroutine<> {
        log("task body");
        co_return;
    };
    auto callback = [&](const char* name) { log("{}", name); };
    loop.call_soon(callback, "cs1");
    auto task = create_task(work(), "A");
    loop.call_soon(callback, "cs2");
    loop.call_later(0s, callback, "later0");
    loop.call_at(loop.time(), callback, "at-now");
    co_await task;
    log("main after t");
    co_await sleep(0s);
}

ORACLE_SCENARIO(chained_awaits_task_depth) {
    std::function<Coroutine<int>(int)> chain = [&](int n) -> Coroutine<int> {
        if (n == 0) {
            log("leaf");
            co_return 0;
        }
        auto task = create_task(chain(n - 1), fmt::format("T{}", n - 1));
        const int result = co_await task;
        log("T{} resumes", n);
        co_return result + 1;
    };
    const int result = co_await chain(3);
    log("{}", result);
}

ORACLE_SCENARIO(task_result_of_exception_never_retrieved_order) {
    auto bad = []() -> Coroutine<> {
        throw ValueError("x");
        co_return;
    };
    auto task = create_task(bad(), "bad");
    co_await sleep(0s);
    log("{} {}", task.done() ? "True" : "False", awaitscope::test::oracle::repr(task.exception()));
}

ORACLE_SCENARIO(current_task_in_callback) {
    get_running_loop().call_soon([&] { log("{}", current_task() ? "a task" : "None"); });
    co_await sleep(0s);
    log("{}", current_task()->get_name());
}

ORACLE_SCENARIO(future_set_in_callback_then_two_waiters) {
    EventLoop& loop = get_running_loop();
    auto future = loop.create_future<int>();
    auto wait = [&](const char* name) -> Coroutine<> {
        const int value = co_await future;
        log("{}={}", name, value);
    };
    auto a = create_task(wait("A"), "A");
    auto b = create_task(wait("B"), "B");
    co_await sleep(0s);
    loop.call_soon([&] { future.set_result(7); });
    co_await a;
    co_await b;
}

ORACLE_SCENARIO(done_callback_order) {
    auto future = get_running_loop().create_future<int>();
    auto wait = [&](const char* name) -> Coroutine<> {
        co_await future;
        log("{}", name);
    };
    future.add_done_callback([&](const Future<int>&) { log("cb1"); });
    auto t1 = create_task(wait("T1"), "T1");
    co_await sleep(0s);
    future.add_done_callback([&](const Future<int>&) { log("cb2"); });
    auto t2 = create_task(wait("T2"), "T2");
    co_await sleep(0s);
    future.set_result(1);
    log("set");
    future.add_done_callback([&](const Future<int>&) { log("late"); });
    co_await t1;
    log("main");
}
