// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

template <class T>
vector<bool> done(const vector<Task<T>>& tasks) {
    vector<bool> all;
    for (auto& task : tasks) all.push_back(task.done());
    return all;
}
template <class T>
vector<bool> cancelled(const vector<Task<T>>& tasks) {
    vector<bool> all;
    for (auto& task : tasks) all.push_back(task.cancelled());
    return all;
}

TWIN(fifo) {
    Lock lock;
    say("new", lock.locked());
    auto worker = [&](string name, int turns) -> Coroutine<> {
        for (int turn = 0; turn < turns; ++turn) {
            {
                auto guard = co_await lock.scoped();
                say(name, "has it, turn", turn);
                co_await sleep(0s);
            }
            say(name, "gave it up, locked", lock.locked());
        }
    };
    vector<Task<>> tasks;
    tasks.push_back(create_task(worker("a", 3)));
    tasks.push_back(create_task(worker("b", 2)));
    tasks.push_back(create_task(worker("c", 1)));
    tasks.push_back(create_task(worker("d", 2)));
    co_await sleep(0s);
    say("main sees", lock.locked());
    const bool got = co_await lock.acquire();
    say("acquire gives", got);
    say("main has it");
    lock.release();
    co_await gather(tasks);
    say("end", lock.locked());
}

TWIN(no_barging) {
    Lock lock;
    co_await lock.acquire();
    auto waiter = [&](string name) -> Coroutine<> {
        {
            auto guard = co_await lock.scoped();
            say(name, "in");
        }
        say(name, "out");
    };
    auto barger = [&](string name) -> Coroutine<> {
        say(name, "comes, locked", lock.locked());
        auto guard = co_await lock.scoped();
        say(name, "in");
    };
    auto first = create_task(waiter("first"));
    auto second = create_task(waiter("second"));
    co_await sleep(0s);
    lock.release();
    say("released", lock.locked());
    auto late = create_task(barger("late"));
    co_await lock.acquire();
    say("main again", first.done(), second.done(), late.done());
    lock.release();
    co_await gather(first, second, late);
    co_await lock.acquire();
    lock.release();
    co_await lock.acquire();
    say("alone", lock.locked());
}

TWIN(cancelled_at_each_moment) {
    auto waiter = [](string name, Lock& lock) -> Coroutine<> {
        try {
            co_await lock.acquire();
        } catch (const CancelledError&) {
            say(name, "cancelled, locked", lock.locked());
            throw;
        }
        say(name, "has it");
        auto slept = co_await as_result(sleep(0s));
        say(name, "lets go");
        lock.release();
        slept.value();
    };
    for (int moment = 0; moment < 6; ++moment) {
        say("moment", moment);
        Lock lock;
        co_await lock.acquire();
        vector<Task<>> tasks;
        for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(waiter(name, lock)));
        if (moment == 0) say("before it starts", tasks[0].cancel());
        co_await sleep(0s);
        if (moment == 1) {
            say("while it waits", tasks[0].cancel());
            co_await sleep(0s);
        }
        if (moment == 2) say("before the release", tasks[0].cancel());
        lock.release();
        if (moment == 3) say("after the release", tasks[0].cancel());
        if (moment == 4) {
            co_await sleep(0s);
            say("while it has it", tasks[0].cancel());
        }
        if (moment == 5) {
            vector<bool> all;
            for (auto& task : tasks) all.push_back(task.cancel());
            say("all", all);
        }
        auto results = co_await gather(return_exceptions, tasks);
        vector<int> requests;
        for (auto& task : tasks) requests.push_back(task.cancelling());
        say(results, lock.locked(), requests);
    }
}

TWIN(release_errors) {
    Lock lock;
    try {
        lock.release();
    } catch (const RuntimeError&) {
        say(caught());
    }
    { auto guard = co_await lock.scoped(); }
    try {
        lock.release();
    } catch (const RuntimeError&) {
        say(caught());
    }
    auto waiter = [&]() -> Coroutine<bool> {
        co_await lock.acquire();
        say("waiter has it");
        co_return lock.locked();
    };
    co_await lock.acquire();
    auto task = create_task(waiter);
    co_await sleep(0s);
    lock.release();
    try {
        lock.release();
    } catch (const RuntimeError&) {
        say("between", caught());
    }
    const bool locked = co_await task;
    say("waiter", locked);
    // Not owned: another task may release.
    lock.release();
    say(lock.locked());
    try {
        co_await lock.acquire();
        lock.release();
        lock.release();
    } catch (const RuntimeError&) {
        say("twice", caught(), lock.locked());
    }
}

TWIN(errors_inside) {
    Lock lock;
    auto fails = [&](string name, std::exception_ptr exception) -> Coroutine<string> {
        auto guard = co_await lock.scoped();
        say(name, "in", lock.locked());
        co_await sleep(0s);
        std::rethrow_exception(exception);
    };
    auto quiet = [&](string name) -> Coroutine<string> {
        auto guard = co_await lock.scoped();
        say(name, "in");
        co_return name;
    };
    auto value_error = [](const char* text) { return std::make_exception_ptr(ValueError(text)); };
    vector<Coroutine<string>> all;
    all.push_back(fails("a", value_error("from a")));
    all.push_back(quiet("b"));
    all.push_back(fails("c", std::make_exception_ptr(RuntimeError("from c"))));
    all.push_back(quiet("d"));
    auto results = co_await gather(return_exceptions, std::move(all));
    for (auto& result : results) say(result);
    say(lock.locked());
    try {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            tg.create_task(fails("e", value_error("from e")));
            tg.create_task(quiet("f"));
            tg.create_task(quiet("g"));
            co_return;
        });
    } catch (const ExceptionGroup& group) {
        say(caught(), group.exceptions());
    }
    say(lock.locked());
}

TWIN(timeouts) {
    Lock lock;
    co_await lock.acquire();
    auto attempt = [&](string name, std::optional<std::chrono::milliseconds> limit) -> Coroutine<> {
        try {
            co_await wait_for(lock.acquire(), limit);
            say(name, "got it");
            lock.release();
        } catch (const TimeoutError&) {
            say(name, caught(), lock.locked());
        }
    };
    auto a = create_task(attempt("a", 10ms));
    auto b = create_task(attempt("b", 30ms));
    auto c = create_task(attempt("c", std::nullopt));
    auto d = create_task(attempt("d", 0ms));
    co_await sleep(20ms);
    say("one has given up");
    lock.release();
    co_await gather(a, b, c, d);
    say(lock.locked());
    co_await attempt("e", 0ms);
    co_await attempt("f", -1000ms);
    co_await attempt("g", 10ms);
    {
        auto guard = co_await lock.scoped();
        bool expired = false;
        try {
            co_await timeout(10ms, [&](Timeout& limit) -> Coroutine<> {
                auto result = co_await as_result(lock.acquire());
                expired = limit.expired();
                result.value();
            });
        } catch (const TimeoutError&) {
            say(caught(), expired, lock.locked());
        }
    }
    say(lock.locked());
}

TWIN(passing_cancelled_waiters) {
    Lock lock;
    co_await lock.acquire();
    auto waiter = [&](string name) -> Coroutine<> {
        auto guard = co_await lock.scoped();
        say(name, "in");
        co_await sleep(0s);
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(waiter(name)));
    co_await sleep(0s);
    lock.release();
    for (auto& task : tasks) task.cancel();
    // a was woken, so it stands in the way until it has run.
    co_await wait_for(lock.acquire(), 1s);
    say("main got it", done(tasks));
    lock.release();
    tasks.clear();
    for (const char* name : {"d", "e", "f"}) tasks.push_back(create_task(waiter(name)));
    co_await lock.acquire();
    co_await sleep(0s);
    for (auto& task : tasks) task.cancel();
    lock.release();
    // All that wait are cancelled: they may be passed by.
    co_await lock.acquire();
    say("main got it", done(tasks));
    tasks.push_back(create_task(waiter("g")));
    co_await sleep(0s);
    say(cancelled(tasks));
    lock.release();
    co_await tasks[3];
    say(cancelled(tasks), lock.locked());
}

TWIN(cancel_in_both_orders) {
    auto waiter = [](string name, Lock& lock) -> Coroutine<> {
        bool was_cancelled = false;
        try {
            auto guard = co_await lock.scoped();
            say(name, "in");
        } catch (const CancelledError&) {
            was_cancelled = true;
        }
        if (was_cancelled) {
            say(name, "cancelled");
            {
                auto guard = co_await lock.scoped();
                say(name, "in after all");
            }
            say(name, "end");
        }
    };
    for (const bool release_first : {true, false}) {
        Lock lock;
        co_await lock.acquire();
        vector<Task<>> tasks;
        for (const char* name : {"a", "b", "c", "d"}) tasks.push_back(create_task(waiter(name, lock)));
        co_await sleep(0s);
        if (release_first) lock.release();
        tasks[0].cancel("why");
        tasks[1].cancel();
        if (!release_first) lock.release();
        say(release_first ? "released first" : "cancelled first", lock.locked());
        co_await sleep(0s);
        say("one turn later", lock.locked(), done(tasks));
        co_await gather(tasks);
        say("end", lock.locked());
    }
}

TWIN(two_locks) {
    Lock left, right;
    auto worker = [&](string name, Lock& first, Lock& second) -> Coroutine<> {
        {
            auto guard = co_await first.scoped();
            say(name, "has one");
            co_await sleep(0s);
            try {
                co_await timeout(name == "a" ? 10ms : 50ms, [&]() -> Coroutine<> {
                    auto both = co_await second.scoped();
                    say(name, "has both");
                });
            } catch (const TimeoutError&) {
                say(name, "gives way", left.locked(), right.locked());
            }
        }
        say(name, "end");
    };
    auto a = create_task(worker("a", left, right));
    auto b = create_task(worker("b", right, left));
    vector<Task<>> both{a, b};
    co_await wait(both);
    say(left.locked(), right.locked());
    {
        auto one = co_await left.scoped();
        auto two = co_await right.scoped();
        say("both", left.locked(), right.locked());
        try {
            co_await wait_for(gather(left.acquire(), right.acquire()), 10ms);
        } catch (const TimeoutError&) {
            say(caught());
        }
    }
    say("none", left.locked(), right.locked());
}

}  // namespace
