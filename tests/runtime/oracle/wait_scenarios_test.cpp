// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;

namespace {

Coroutine<> turns(int n) {
    for (int i = 0; i < n; ++i) co_await sleep(0s);
}

/// "['A', 'B']", sorted as the Python program sorts them.
template <class F>
std::string names(const std::vector<F>& tasks) {
    std::vector<std::string> all;
    for (const F& task : tasks) all.push_back("'" + task.get_name() + "'");
    std::sort(all.begin(), all.end());
    return fmt::format("[{}]", fmt::join(all, ", "));
}

}  // namespace

ORACLE_SCENARIO(wait_modes) {
    auto work = [&](const char* name, int n, bool fails) -> Coroutine<std::string> {
        co_await turns(n);
        log("{} end", name);
        if (fails) throw ValueError(name);
        co_return name;
    };
    std::vector<Task<std::string>> tasks;
    tasks.push_back(create_task(work("A", 1, false), "A"));
    tasks.push_back(create_task(work("B", 2, true), "B"));
    tasks.push_back(create_task(work("C", 4, false), "C"));
    auto first = co_await wait(tasks, {.return_when = FIRST_COMPLETED});
    log("('FC', {}, {})", names(first.done), names(first.pending));
    auto error = co_await wait(tasks, {.return_when = FIRST_EXCEPTION});
    log("('FE', {}, {})", names(error.done), names(error.pending));
    auto all = co_await wait(tasks);
    log("('ALL', {}, {})", names(all.done), names(all.pending));
    auto again = co_await wait(tasks);
    log("('ALL again', {}, {})", again.done.size(), again.pending.size());
    tasks[1].exception();
}

ORACLE_SCENARIO(wait_timeout) {
    auto work = [&](const char* name, std::chrono::seconds delay) -> Coroutine<> {
        co_await sleep(delay);
        log("{} end", name);
    };
    std::vector<Task<>> tasks;
    tasks.push_back(create_task(work("A", 1s), "A"));
    tasks.push_back(create_task(work("B", 3s), "B"));
    auto [done, pending] = co_await wait(tasks, {.timeout = 2s});
    log("({}, {})", names(done), names(pending));
    co_await tasks[1];
}

ORACLE_SCENARIO(wait_all_done_already) {
    auto future = get_running_loop().create_future<int>();
    future.set_result(1);
    log("b");
    std::vector<Future<int>> futures{future};
    auto [done, pending] = co_await wait(futures);
    log("{}", done.size());
}

namespace {
Coroutine<> see_it_cancelled(LoopLog& log, Task<> task) {
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main CE");
    }
}
}  // namespace

ORACLE_SCENARIO(shield_cancel) {
    auto inner = [&]() -> Coroutine<int> {
        co_await sleep(1s);
        log("inner end");
        co_return 1;
    };
    auto inner_task = create_task(inner(), "inner");
    auto outer = [&]() -> Coroutine<> {
        try {
            co_await shield(inner_task);
        } catch (const CancelledError&) {
            log("outer CE");
            throw;
        }
    };
    auto task = create_task(outer(), "outer");
    co_await turns(2);
    task.cancel();
    co_await see_it_cancelled(log, task);
    const int result = co_await inner_task;
    log("{}", result);
}

ORACLE_SCENARIO(shield_ok) {
    auto inner = [&]() -> Coroutine<int> {
        co_await sleep(0s);
        log("inner end");
        co_return 1;
    };
    const int result = co_await shield(inner());
    log("{}", result);
}

ORACLE_SCENARIO(shield_inner_cancelled) {
    auto inner_task = create_task(sleep(10s), "inner");
    auto outer = [&]() -> Coroutine<> {
        try {
            co_await shield(inner_task);
        } catch (const CancelledError&) {
            log("outer CE");
            throw;
        }
    };
    auto task = create_task(outer(), "outer");
    co_await turns(2);
    inner_task.cancel();
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main CE {}", task.cancelled() ? "True" : "False");
    }
}

ORACLE_SCENARIO(as_completed_plain) {
    auto work = [&](const char* name, int n) -> Coroutine<std::string> {
        co_await turns(n);
        log("{} end", name);
        co_return name;
    };
    std::vector<Task<std::string>> tasks;
    tasks.push_back(create_task(work("A", 3), "A"));
    tasks.push_back(create_task(work("B", 1), "B"));
    for (auto next : as_completed(tasks)) {
        const std::string name = co_await next;
        log("{}", name);
    }
}

ORACLE_SCENARIO(as_completed_timeout) {
    auto work = [&](const char* name, std::chrono::seconds delay) -> Coroutine<std::string> {
        co_await sleep(delay);
        co_return name;
    };
    std::vector<Task<std::string>> tasks;
    tasks.push_back(create_task(work("A", 1s), "A"));
    tasks.push_back(create_task(work("B", 5s), "B"));
    try {
        for (auto next : as_completed(tasks, 2s)) {
            const std::string name = co_await next;
            log("{}", name);
        }
    } catch (const TimeoutError&) {
        log("TE");
    }
    tasks[1].cancel();
}

ORACLE_SCENARIO(to_thread_cancelled) {
    auto user = [&]() -> Coroutine<> {
        try {
            co_await get_running_loop().run_in_executor(nullptr, [] { std::this_thread::sleep_for(50ms); });
        } catch (const CancelledError&) {
            log("u CE (thread still runs)");
            throw;
        }
    };
    auto task = create_task(user(), "U");
    co_await sleep(0s);
    task.cancel();
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main");
    }
}
