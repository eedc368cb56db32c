// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;

namespace {

int cancelling() {
    return current_task()->cancelling();
}

const char* word(bool value) {
    return value ? "True" : "False";
}

/// Awaits what was cancelled, and says so.
template <class T>
Coroutine<> see_it_cancelled(LoopLog& log, Task<T> task) {
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main");
    }
}

}  // namespace

ORACLE_SCENARIO(cancel_before_start) {
    auto body = [&]() -> Coroutine<> {
        log("body?");
        co_return;
    };
    auto task = create_task(body(), "T");
    task.cancel();
    log("{} {}", word(task.cancelled()), task.cancelling());
    co_await see_it_cancelled(log, task);
}

ORACLE_SCENARIO(cancel_sleeping) {
    auto body = [&]() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            log("c");
            throw;
        }
    };
    auto task = create_task(body(), "T");
    co_await sleep(0s);
    task.cancel("why");
    log("done={}", word(task.done()));
    try {
        co_await task;
    } catch (const CancelledError& error) {
        log("main ('{}',) {}", error.what(), word(task.cancelled()));
    }
}

ORACLE_SCENARIO(cancel_in_sleep0) {
    auto body = [&]() -> Coroutine<> {
        try {
            co_await sleep(0s);
            log("no");
        } catch (const CancelledError&) {
            log("c");
            throw;
        }
    };
    auto task = create_task(body(), "T");
    co_await sleep(0s);
    task.cancel();
    co_await see_it_cancelled(log, task);
}

ORACLE_SCENARIO(cancel_awaiting_task) {
    auto leaf = [&]() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            log("leaf");
            throw;
        }
    };
    auto mid = [&]() -> Coroutine<> {
        try {
            co_await create_task(leaf(), "leaf");
        } catch (const CancelledError&) {
            log("mid");
            throw;
        }
    };
    auto task = create_task(mid(), "mid");
    co_await sleep(0s);
    co_await sleep(0s);
    task.cancel();
    log("cancelled");
    co_await see_it_cancelled(log, task);
}

ORACLE_SCENARIO(cancel_swallowed_by_child) {
    auto leaf = [&]() -> Coroutine<std::string> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            log("leaf swallows");
        }
        co_return "v";
    };
    auto mid = [&]() -> Coroutine<std::string> {
        const std::string result = co_await create_task(leaf(), "leaf");
        log("mid got {} cancelling={}", result, cancelling());
        co_await sleep(0s);
        co_return result;
    };
    auto task = create_task(mid(), "mid");
    co_await sleep(0s);
    co_await sleep(0s);
    task.cancel();
    const std::string result = co_await task;
    log("{}", result);
}

ORACLE_SCENARIO(cancel_self_then_await) {
    auto body = [&]() -> Coroutine<> {
        current_task()->cancel();
        log("self cancelled");
        try {
            co_await sleep(5s);
            log("no");
        } catch (const CancelledError&) {
            log("c");
            throw;
        }
    };
    co_await see_it_cancelled(log, create_task(body(), "T"));
}

ORACLE_SCENARIO(cancel_self_then_return) {
    auto body = []() -> Coroutine<int> {
        current_task()->cancel();
        co_return 5;
    };
    auto task = create_task(body(), "T");
    try {
        const int result = co_await task;
        log("{}", result);
    } catch (const CancelledError&) {
        log("main CE {}", word(task.cancelled()));
    }
}

ORACLE_SCENARIO(cancel_self_await_done_future) {
    auto body = [&]() -> Coroutine<> {
        auto future = get_running_loop().create_future<int>();
        future.set_result(1);
        current_task()->cancel();
        co_await future;
        log("await done future passes");
        co_await sleep(0s);
        log("no");
    };
    auto task = create_task(body(), "T");
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main CE");
    }
}

ORACLE_SCENARIO(cancel_when_wakeup_pending) {
    auto future = get_running_loop().create_future<int>();
    auto body = [&]() -> Coroutine<> {
        try {
            co_await future;
            log("no");
        } catch (const CancelledError&) {
            log("c CE f.done={} f.result={}", word(future.done()), future.result());
            throw;
        }
    };
    auto task = create_task(body(), "T");
    co_await sleep(0s);
    future.set_result(1);
    task.cancel();
    co_await see_it_cancelled(log, task);
}

ORACLE_SCENARIO(cancel_twice) {
    auto body = [&]() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            log("first {}", cancelling());
        }
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            log("second {}", cancelling());
            throw;
        }
    };
    auto task = create_task(body(), "T");
    co_await sleep(0s);
    task.cancel();
    task.cancel();
    co_await sleep(0s);
    co_await sleep(0s);
    log("again");
    task.cancel();
    co_await see_it_cancelled(log, task);
}

ORACLE_SCENARIO(cancel_future_directly) {
    auto future = get_running_loop().create_future<int>();
    auto body = [&]() -> Coroutine<> {
        try {
            co_await future;
        } catch (const CancelledError&) {
            log("c CE cancelling={}", cancelling());
        }
    };
    auto task = create_task(body(), "T");
    co_await sleep(0s);
    future.cancel();
    co_await task;
    log("{}", word(task.cancelled()));
}

ORACLE_SCENARIO(uncancel_clears_must_cancel) {
    auto body = [&]() -> Coroutine<> {
        current_task()->cancel();
        log("{}", current_task()->uncancel());
        co_await sleep(0s);
        log("survived");
    };
    auto task = create_task(body(), "T");
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main CE");
    }
}
