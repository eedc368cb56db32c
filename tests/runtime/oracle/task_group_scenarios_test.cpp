// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;
using awaitscope::test::oracle::repr;

namespace {

int cancelling() {
    return current_task()->cancelling();
}

/// Says so when it is cancelled in its long sleep.
Coroutine<> slow(LoopLog& log, const char* name) {
    try {
        co_await sleep(10s);
    } catch (const CancelledError&) {
        log("{} cancelled", name);
        throw;
    }
}

Coroutine<> bad(LoopLog& log) {
    co_await sleep(0s);
    log("bad raises");
    throw ValueError("x");
}

struct KeyError : std::runtime_error {
    using runtime_error::runtime_error;
};

}  // namespace

ORACLE_SCENARIO(tg_normal) {
    Task<std::string> a;
    Task<std::string> b;
    auto work = [&](const char* name, int n) -> Coroutine<std::string> {
        log("{} start", name);
        for (int i = 0; i < n; ++i) co_await sleep(0s);
        log("{} end", name);
        co_return name;
    };
    co_await task_group([&](TaskGroup& group) -> Coroutine<> {
        a = group.create_task(work("A", 0), "A");
        b = group.create_task(work("B", 2), "B");
        log("body end");
        co_return;
    });
    log("after {} {}", a.result(), b.result());
}

ORACLE_SCENARIO(tg_empty) {
    co_await task_group([&](TaskGroup&) -> Coroutine<> {
        log("body");
        co_return;
    });
    log("after (no iteration)");
}

ORACLE_SCENARIO(tg_all_done_before_exit) {
    auto child = [&]() -> Coroutine<> {
        log("c");
        co_return;
    };
    co_await task_group([&](TaskGroup& group) -> Coroutine<> {
        group.create_task(child(), "A");
        co_await sleep(0s);
        log("A is done, callback not run yet");
    });
    log("after");
}

ORACLE_SCENARIO(tg_child_fails_body_waiting) {
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(bad(log), "bad");
            group.create_task(slow(log, "slow"), "slow");
            try {
                co_await sleep(100s);
            } catch (const CancelledError&) {
                log("body CE cancelling={}", cancelling());
                throw;
            }
        });
    } catch (const ExceptionGroup& group) {
        log("eg {} cancelling={}", group.exceptions().size(), cancelling());
    }
}

ORACLE_SCENARIO(tg_child_fails_in_aexit) {
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(bad(log), "bad");
            group.create_task(slow(log, "slow"), "slow");
            co_return;
        });
    } catch (const ExceptionGroup& group) {
        log("eg {} cancelling={}", group.exceptions().size(), cancelling());
    }
}

ORACLE_SCENARIO(tg_body_raises) {
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(slow(log, "slow"), "slow");
            co_await sleep(0s);
            throw KeyError("k");
        });
    } catch (const ExceptionGroup& group) {
        CHECK_THAT(repr(group.exceptions().at(0)), Catch::EndsWith("KeyError('k')"));
        log("eg (KeyError('k'),) cancelling={}", cancelling());
    }
}

ORACLE_SCENARIO(tg_body_raises_child_not_started) {
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(
                [&log]() -> Coroutine<> {
                    log("never");
                    co_return;
                },
                "slow");
            throw KeyError("k");
            co_return;
        });
    } catch (const ExceptionGroup& group) {
        CHECK(group.exceptions().size() == 1);
        CHECK_THAT(repr(group.exceptions().at(0)), Catch::EndsWith("KeyError('k')"));
        log("eg (KeyError('k'),)");
    }
}

ORACLE_SCENARIO(tg_outer_cancel) {
    auto user = [&]() -> Coroutine<> {
        try {
            co_await task_group([&](TaskGroup& group) -> Coroutine<> {
                group.create_task(slow(log, "slow"), "slow");
                co_return;
            });
        } catch (const CancelledError&) {
            log("u CE cancelling={}", cancelling());
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

ORACLE_SCENARIO(tg_two_fail) {
    auto failing = [](const char* text) -> Coroutine<> {
        co_await sleep(0s);
        throw ValueError(text);
    };
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(failing("1"), "b1");
            group.create_task(failing("2"), "b2");
            co_return;
        });
    } catch (const ExceptionGroup& group) {
        std::string all;
        for (const auto& exception : group.exceptions()) {
            const std::string text = to_string(exception);  // "ValueError: 1", which the scenario writes as a call
            all += (all.empty() ? "" : ", ") + text.substr(0, text.find(':')) + "(" + text.substr(text.find(' ') + 1) +
                   ")";
        }
        log("eg ({})", all);
    }
}

ORACLE_SCENARIO(tg_child_spawns) {
    auto grand = [&]() -> Coroutine<> {
        log("grand");
        co_return;
    };
    auto child = [&](TaskGroup& group) -> Coroutine<> {
        log("child");
        group.create_task(grand(), "G");
        co_return;
    };
    co_await task_group([&](TaskGroup& group) -> Coroutine<> {
        group.create_task(child(group), "C");
        co_return;
    });
    log("after");
}

ORACLE_SCENARIO(nested_taskgroups_fail) {
    auto failing = []() -> Coroutine<> {
        throw ValueError("x");
        co_return;
    };
    try {
        co_await task_group([&](TaskGroup& outer) -> Coroutine<> {
            outer.create_task(slow(log, "o1"), "o1");
            co_await task_group([&](TaskGroup& inner) -> Coroutine<> {
                inner.create_task(slow(log, "i1"), "i1");
                inner.create_task(failing(), "bad");
                co_return;
            });
        });
    } catch (const ExceptionGroup& outer) {
        REQUIRE(outer.exceptions().size() == 1);
        std::string inner_text;
        try {
            std::rethrow_exception(outer.exceptions()[0]);
        } catch (const ExceptionGroup& inner) {
            REQUIRE(inner.exceptions().size() == 1);
            inner_text = fmt::format("ExceptionGroup('{}', [{}])", inner.message(), repr(inner.exceptions()[0]));
        }
        log("ExceptionGroup('{}', [{}])", outer.message(), inner_text);
    }
}

ORACLE_SCENARIO(tg_in_timeout) {
    try {
        co_await timeout(1s, [&]() -> Coroutine<> {
            co_await task_group([&](TaskGroup& group) -> Coroutine<> {
                group.create_task(slow(log, "s"), "s");
                co_return;
            });
        });
    } catch (const TimeoutError&) {
        log("TE {}", cancelling());
    }
}

ORACLE_SCENARIO(gather_vs_tg_vs_wait_completion_latency) {
    auto child = []() -> Coroutine<int> { co_return 1; };
    auto g0 = create_task(child(), "g0");
    auto g1 = create_task(child(), "g1");
    co_await gather(g0, g1);
    log("gather back");
    std::vector<Task<int>> waited;
    waited.push_back(create_task(child(), "w0"));
    waited.push_back(create_task(child(), "w1"));
    co_await wait(waited);
    log("wait back");
    co_await task_group([&](TaskGroup& group) -> Coroutine<> {
        group.create_task(child(), "t0");
        group.create_task(child(), "t1");
        co_return;
    });
    log("tg back");
    auto x = create_task(child(), "x");
    co_await x;
    log("await back");
}
