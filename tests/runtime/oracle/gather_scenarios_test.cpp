// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;
using awaitscope::test::oracle::repr;

namespace {
Coroutine<> turns(int n) {
    for (int i = 0; i < n; ++i) co_await sleep(0s);
}
}  // namespace

ORACLE_SCENARIO(gather_basic) {
    auto child = [&](const char* name, int n) -> Coroutine<std::string> {
        log("{} start", name);
        co_await turns(n);
        log("{} end", name);
        co_return name;
    };
    auto [a, b, c] = co_await gather(child("A", 0), child("B", 2), child("C", 1));
    log("main ['{}', '{}', '{}']", a, b, c);
}

ORACLE_SCENARIO(gather_exception) {
    auto ok = [&]() -> Coroutine<> {
        co_await turns(3);
        log("ok end");
    };
    auto bad = []() -> Coroutine<> {
        co_await sleep(0s);
        throw ValueError("x");
    };
    try {
        co_await gather(ok(), bad());
    } catch (const ValueError&) {
        log("main caught");
    }
    co_await turns(2);
    log("main end");
}

ORACLE_SCENARIO(gather_return_exceptions) {
    auto ok = []() -> Coroutine<int> {
        co_await sleep(0s);
        co_return 1;
    };
    auto bad = []() -> Coroutine<> {
        throw ValueError("x");
        co_return;
    };
    auto cancelled = []() -> Coroutine<> {
        throw CancelledError("c");
        co_return;
    };
    auto [a, b, c] = co_await gather(return_exceptions, ok(), bad(), cancelled());
    log("[{}, {}, {}]", a.value(), repr(b.exception()), repr(c.exception()));
}

ORACLE_SCENARIO(gather_empty) {
    log("b");
    const auto results = co_await gather(std::vector<Coroutine<int>>{});
    log("{}", results.empty() ? "[]" : "results of nothing");
}

ORACLE_SCENARIO(gather_done_futs) {
    auto f = get_running_loop().create_future<int>();
    f.set_result(1);
    auto g = get_running_loop().create_future<int>();
    g.set_result(2);
    log("b");
    auto [a, b] = co_await gather(f, g);
    log("[{}, {}]", a, b);
}

ORACLE_SCENARIO(gather_dup) {
    auto child = []() -> Coroutine<std::shared_ptr<int>> {
        co_await sleep(0s);
        co_return std::make_shared<int>(0);
    };
    auto task = create_task(child(), "A");
    auto [a, b] = co_await gather(task, task);
    log("{}", a && a == b ? "True" : "False");
}

ORACLE_SCENARIO(gather_child_cancelled) {
    auto sleeper = [&]() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            log("child cancelled");
            throw;
        }
    };
    auto other = [&]() -> Coroutine<> {
        co_await turns(3);
        log("d end");
    };
    auto t = create_task(sleeper(), "A");
    auto u = create_task(other(), "D");
    auto killer = [&]() -> Coroutine<> {
        t.cancel();
        log("killed");
        co_return;
    };
    auto k = create_task(killer(), "K");
    try {
        co_await gather(t, u);
    } catch (const CancelledError&) {
        log("main saw CancelledError cancelling={}", current_task()->cancelling());
    }
    co_await u;
}

namespace {
Coroutine<> cancel_user(LoopLog& log, Task<> user) {
    co_await turns(2);
    log("cancel user");
    user.cancel();
    try {
        co_await user;
    } catch (const CancelledError&) {
        log("main sees");
    }
}
}  // namespace

ORACLE_SCENARIO(gather_outer_cancelled) {
    auto child = [&](const char* name) -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            log("{} cancelled", name);
            throw;
        }
    };
    auto user = [&]() -> Coroutine<> {
        try {
            co_await gather(child("A"), child("B"));
        } catch (const CancelledError&) {
            log("user cancelled");
            throw;
        }
    };
    co_await cancel_user(log, create_task(user(), "user"));
}

ORACLE_SCENARIO(gather_outer_cancelled_retexc) {
    auto child = [&](const char* name, int n) -> Coroutine<> {
        const auto slept = co_await as_result(sleep(10s));
        co_await turns(n);
        log("{} cancelled", name);
        std::rethrow_exception(slept.exception());
    };
    auto user = [&]() -> Coroutine<> {
        try {
            co_await gather(return_exceptions, child("A", 0), child("B", 2));
        } catch (const CancelledError&) {
            log("user cancelled");
            throw;
        }
    };
    co_await cancel_user(log, create_task(user(), "user"));
}
