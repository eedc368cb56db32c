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

/// Says so when it is cancelled in its long sleep.
Coroutine<> sleeper(LoopLog& log, const char* text) {
    try {
        co_await sleep(100s);
    } catch (const CancelledError&) {
        log("{}", text);
        throw;
    }
}

Coroutine<int> one_turn(LoopLog& log) {
    co_await sleep(0s);
    log("c end");
    co_return 5;
}

}  // namespace

ORACLE_SCENARIO(wait_for_ok) {
    const int result = co_await wait_for(one_turn(log), 10s);
    log("{}", result);
}

ORACLE_SCENARIO(wait_for_task_ok) {
    const int result = co_await wait_for(create_task(one_turn(log), "T"), 10s);
    log("{}", result);
}

ORACLE_SCENARIO(wait_for_timeout) {
    try {
        co_await wait_for(sleeper(log, "c cancelled"), 1s);
    } catch (const TimeoutError&) {
        log("main timeout cancelling={}", cancelling());
    }
}

ORACLE_SCENARIO(wait_for_task_timeout) {
    try {
        co_await wait_for(create_task(sleeper(log, "c cancelled"), "T"), 1s);
    } catch (const TimeoutError&) {
        log("main timeout cancelling={}", cancelling());
    }
}

ORACLE_SCENARIO(wait_for_zero) {
    auto never = [&]() -> Coroutine<> {
        log("never");
        co_return;
    };
    try {
        co_await wait_for(never(), 0s);
    } catch (const TimeoutError&) {
        log("main timeout");
    }
}

ORACLE_SCENARIO(wait_for_none) {
    auto work = [&]() -> Coroutine<int> {
        log("c");
        co_return 1;
    };
    const int result = co_await wait_for(work(), std::nullopt);
    log("{}", result);
}

ORACLE_SCENARIO(wait_for_cancelled) {
    auto user = [&]() -> Coroutine<> {
        try {
            co_await wait_for(create_task(sleeper(log, "c cancelled"), "T"), 10s);
        } catch (const CancelledError&) {
            log("u cancelled");
            throw;
        }
    };
    auto task = create_task(user(), "U");
    co_await sleep(0s);
    co_await sleep(0s);
    task.cancel();
    log("cancel");
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main");
    }
}

ORACLE_SCENARIO(wait_for_race_result_vs_timeout) {
    EventLoop& loop = get_running_loop();
    auto future = loop.create_future<int>();
    loop.call_later(1s, [&, future] {
        if (!future.done()) future.set_result(1);
        log("set");
    });
    try {
        const int result = co_await wait_for(future, 1s);
        log("{}", result);
    } catch (const TimeoutError&) {
        log("timeout");
    }
}

ORACLE_SCENARIO(wait_for_race_timeout_first) {
    EventLoop& loop = get_running_loop();
    auto future = loop.create_future<int>();
    auto user = [&]() -> Coroutine<> {
        try {
            const int result = co_await wait_for(future, 1s);
            log("{}", result);
        } catch (const TimeoutError&) {
            log("timeout f=<Future {}>", future.cancelled() ? "cancelled" : "not cancelled");
        }
    };
    auto task = create_task(user(), "U");
    co_await sleep(0s);
    loop.call_later(1s, [&] {
        if (!future.done()) future.set_result(1);
        log("set tried");
    });
    co_await task;
}

ORACLE_SCENARIO(timeout_cm) {
    bool expired = false;
    try {
        co_await timeout(1s, [&](Timeout& cm) -> Coroutine<> {
            try {
                co_await sleep(10s);
            } catch (const CancelledError&) {
                expired = cm.expired();
                log("body CancelledError cancelling={} expired={}", cancelling(), word(expired));
                throw;
            }
        });
    } catch (const TimeoutError&) {
        log("TimeoutError cancelling={} expired={}", cancelling(), word(expired));
    }
}

ORACLE_SCENARIO(timeout_not_reached) {
    co_await timeout(1s, [&]() -> Coroutine<> {
        co_await sleep(0s);
        log("in");
    });
    log("out");
}

ORACLE_SCENARIO(timeout_past) {
    try {
        co_await timeout(-1s, [&]() -> Coroutine<> {
            log("body runs");
            co_await sleep(0s);
            log("not reached? (sleep0)");
            co_await sleep(0s);
            log("not reached");
        });
    } catch (const TimeoutError&) {
        log("TimeoutError");
    }
}

ORACLE_SCENARIO(timeout_past_no_await) {
    co_await timeout(0s, [&]() -> Coroutine<> {
        log("body without await");
        co_return;
    });
    log("no timeout raised");
    co_await sleep(0s);
    log("fine");
}

ORACLE_SCENARIO(timeout_nested_inner_first) {
    try {
        co_await timeout(2s, [&]() -> Coroutine<> {
            try {
                co_await timeout(1s, []() -> Coroutine<> { co_await sleep(10s); });
            } catch (const TimeoutError&) {
                log("inner");
            }
            co_await sleep(10s);
        });
    } catch (const TimeoutError&) {
        log("outer");
    }
}

ORACLE_SCENARIO(timeout_nested_outer_first) {
    try {
        co_await timeout(1s, [&]() -> Coroutine<> {
            try {
                co_await timeout(2s, []() -> Coroutine<> { co_await sleep(10s); });
            } catch (const TimeoutError&) {
                log("inner");
            } catch (const CancelledError&) {
                log("inner saw cancel");
                throw;
            }
        });
    } catch (const TimeoutError&) {
        log("outer");
    }
}

ORACLE_SCENARIO(timeout_same_deadline) {
    bool outer_expired = false;
    bool inner_expired = false;
    try {
        co_await timeout(1s, [&](Timeout& outer) -> Coroutine<> {
            try {
                co_await timeout(1s, [&](Timeout& inner) -> Coroutine<> {
                    try {
                        co_await sleep(10s);
                    } catch (const CancelledError&) {
                        inner_expired = inner.expired();
                        throw;
                    }
                });
            } catch (const TimeoutError&) {
                log("inner {}", cancelling());
            } catch (const CancelledError&) {
                outer_expired = outer.expired();
                log("inner saw cancel {}", cancelling());
                throw;
            }
            log("between");
        });
    } catch (const TimeoutError&) {
        log("outer {} {} {}", cancelling(), word(outer_expired), word(inner_expired));
    }
}

ORACLE_SCENARIO(timeout_reschedule) {
    bool expired = true;
    co_await timeout(1s, [&](Timeout& cm) -> Coroutine<> {
        co_await sleep(500ms);
        cm.reschedule(get_running_loop().time() + 2s);
        co_await sleep(1500ms);
        log("ok");
        cm.reschedule(std::nullopt);
        co_await sleep(10s);
        expired = cm.expired();
    });
    log("{}", word(expired));
}

ORACLE_SCENARIO(timeout_plus_external_cancel) {
    auto user = [&]() -> Coroutine<> {
        try {
            co_await timeout(1s, []() -> Coroutine<> { co_await sleep(10s); });
        } catch (const TimeoutError&) {
            log("TE");
        } catch (const CancelledError&) {
            log("CE {}", cancelling());
            throw;
        }
    };
    auto task = create_task(user(), "U");
    co_await sleep(0s);
    get_running_loop().call_later(1s, [&] {
        task.cancel();
        log("ext cancel");
    });
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main CE");
    }
}
