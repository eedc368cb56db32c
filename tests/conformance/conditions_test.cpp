// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

vector<bool> done(const vector<Task<>>& tasks) {
    vector<bool> all;
    for (auto& task : tasks) all.push_back(task.done());
    return all;
}

TWIN(notify_in_order) {
    Condition condition;
    auto waiter = [&](string name) -> Coroutine<> {
        auto guard = co_await condition.scoped();
        say(name, "waits");
        const bool woke = co_await condition.wait();
        say(name, "woke", woke, condition.locked());
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) tasks.push_back(create_task(waiter(name)));
    co_await sleep(0s);
    for (const int n : {1, 2, 0, 99}) {
        {
            auto guard = co_await condition.scoped();
            condition.notify(n);
            say("notified", n, condition.locked());
            co_await sleep(0s);
            say("still held", done(tasks));
        }
        co_await turns(4);
        say("after", n, done(tasks));
    }
    co_await gather(tasks);
    {
        auto guard = co_await condition.scoped();
        condition.notify_all();
    }
    say(condition.locked());
}

TWIN(errors_without_the_lock) {
    Condition condition;
    try {
        co_await condition.wait();
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        condition.notify();
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        condition.notify_all();
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        condition.release();
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        co_await condition.wait_for([] { return false; });
    } catch (const RuntimeError&) {
        say(caught());
    }
    // True already: the lock is not asked for.
    const auto value = co_await condition.wait_for([] { return std::optional<string>("yes"); });
    say(*value);
    auto fails = []() -> bool { throw ValueError("from the predicate"); };
    {
        auto guard = co_await condition.scoped();
        try {
            co_await condition.wait_for(fails);
        } catch (const ValueError&) {
            say(caught(), condition.locked());
        }
    }
    say(condition.locked());
}

TWIN(waiting_for_a_value) {
    Condition condition;
    int value = 0;
    int asked = 0;
    auto waiter = [&](string name, int wanted) -> Coroutine<> {
        auto reached = [&] {
            ++asked;
            return value >= wanted ? value : 0;
        };
        auto guard = co_await condition.scoped();
        const int result = co_await condition.wait_for(reached);
        say(name, "has", result, "of", wanted);
    };
    vector<Task<>> tasks;
    tasks.push_back(create_task(waiter("a", 3)));
    tasks.push_back(create_task(waiter("b", 1)));
    tasks.push_back(create_task(waiter("c", 2)));
    tasks.push_back(create_task(waiter("d", 3)));
    co_await sleep(0s);
    for (value = 1; value <= 3; ++value) {
        {
            auto guard = co_await condition.scoped();
            say("value", value);
            condition.notify_all();
        }
        co_await turns(5);
    }
    co_await gather(tasks);
    say("asked", asked);
}

TWIN(cancelled_while_waiting) {
    Condition condition;
    auto waiter = [&](string name) -> Coroutine<> {
        auto guard = co_await condition.scoped();
        try {
            co_await condition.wait();
            say(name, "woke");
        } catch (const CancelledError&) {
            say(name, "cancelled", caught(), "with the lock", condition.locked());
            throw;
        }
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c", "d"}) tasks.push_back(create_task(waiter(name)));
    co_await sleep(0s);
    tasks[1].cancel("go");
    co_await sleep(0s);
    say(done(tasks));
    {
        auto guard = co_await condition.scoped();
        // a is told, and cancelled before it has run: the call must not be lost.
        condition.notify();
        tasks[0].cancel();
        say("notified one");
    }
    co_await sleep(0s);
    co_await sleep(0s);
    say(done(tasks));
    co_await turns(3);
    say(done(tasks));
    {
        auto guard = co_await condition.scoped();
        condition.notify_all();
    }
    auto results = co_await gather(return_exceptions, tasks);
    say(results);
    say(condition.locked());
}

TWIN(cancelled_while_reacquiring) {
    Condition condition;
    auto waiter = [&](string name) -> Coroutine<> {
        auto guard = co_await condition.scoped();
        try {
            co_await condition.wait();
            say(name, "woke");
        } catch (const CancelledError&) {
            say(name, "cancelled", caught(), condition.locked());
            throw;
        }
    };
    auto a = create_task(waiter("a"));
    auto b = create_task(waiter("b"));
    co_await sleep(0s);
    co_await condition.acquire();
    condition.notify(1);
    co_await sleep(0s);
    for (int n = 0; n < 3; ++n) {
        const bool accepted = a.cancel("number " + std::to_string(n));
        say("cancel", n, accepted, a.cancelling());
        co_await sleep(0s);
        say("still there", !a.done(), condition.locked());
    }
    condition.release();
    auto results = co_await gather(return_exceptions, vector<Task<>>(1, a));
    say(results[0]);
    // b got the call that a could not take.
    co_await wait_for(b, 1s);
    say(a.cancelled(), b.done(), condition.locked());
}

TWIN(one_lock_for_two) {
    Lock lock;
    Condition not_empty(&lock);
    Condition not_full(&lock);
    std::deque<string> items;
    auto producer = [&](string name, int count) -> Coroutine<> {
        for (int n = 0; n < count; ++n) {
            auto guard = co_await not_full.scoped();
            co_await not_full.wait_for([&] { return items.size() < 2; });
            items.push_back(name + std::to_string(n));
            say("put", items.back(), items.size());
            not_empty.notify();
        }
    };
    auto consumer = [&](string name, int count) -> Coroutine<> {
        for (int n = 0; n < count; ++n) {
            {
                auto guard = co_await lock.scoped();
                while (items.empty()) {
                    say(name, "waits");
                    co_await not_empty.wait();
                }
                say(name, "got", items.front());
                items.pop_front();
                not_full.notify();
            }
            co_await sleep(0s);
        }
    };
    co_await gather(consumer("x", 4), producer("p", 5), consumer("y", 3), producer("q", 2));
    say(items.size(), lock.locked(), not_empty.locked(), not_full.locked());
    auto guard = co_await not_full.scoped();
    say(not_empty.locked());
    not_empty.notify_all();
}

TWIN(timeouts) {
    Condition condition;
    bool ready = false;
    auto waiter = [&](string name, std::optional<std::chrono::milliseconds> limit) -> Coroutine<> {
        {
            auto guard = co_await condition.scoped();
            try {
                co_await wait_for(condition.wait_for([&] { return ready; }), limit);
                say(name, "ready");
            } catch (const TimeoutError&) {
                say(name, caught(), condition.locked());
            }
        }
        say(name, "end");
    };
    vector<Task<>> tasks;
    tasks.push_back(create_task(waiter("a", 10ms)));
    tasks.push_back(create_task(waiter("b", 50ms)));
    tasks.push_back(create_task(waiter("c", 10ms)));
    tasks.push_back(create_task(waiter("d", std::nullopt)));
    co_await sleep(30ms);
    {
        auto guard = co_await condition.scoped();
        condition.notify_all();
        say("for nothing");
    }
    co_await sleep(0s);
    {
        auto guard = co_await condition.scoped();
        ready = true;
        condition.notify_all();
        // Held longer than b's limit: who must have the lock cannot give up.
        co_await sleep(40ms);
        say("held", done(tasks));
    }
    co_await gather(tasks);
}

TWIN(notified_and_new) {
    Condition condition;
    vector<string> log;
    auto told = [&] {
        string line;
        for (auto& word : log) line += (line.empty() ? "" : " ") + word;
        return line;
    };
    auto waiter = [&](string name) -> Coroutine<> {
        auto guard = co_await condition.scoped();
        log.push_back(name + "+");
        co_await condition.wait();
        log.push_back(name + "-");
        if (name == "a") {
            say("a waits again", told());
            condition.notify(2);
            co_await condition.wait();
            log.push_back("a=");
        }
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(waiter(name)));
    co_await sleep(0s);
    {
        auto guard = co_await condition.scoped();
        condition.notify(1);
        tasks.push_back(create_task(waiter("d")));
        co_await sleep(0s);
        say(told());
    }
    co_await turns(6);
    say(told(), done(tasks));
    {
        auto guard = co_await condition.scoped();
        condition.notify(99);
    }
    co_await gather(tasks);
    say(told());
}

TWIN(group_on_a_condition) {
    Condition condition;
    auto waiter = [&](string name) -> Coroutine<> {
        std::exception_ptr error;
        try {
            auto guard = co_await condition.scoped();
            co_await condition.wait();
            say(name, "woke");
            if (name == "b") throw ValueError(name);
        } catch (...) {
            error = caught();
        }
        say(name, "leaves, locked", condition.locked());
        if (error) std::rethrow_exception(error);
    };
    try {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            for (const char* name : {"a", "b", "c"}) tg.create_task(waiter(name));
            co_await sleep(0s);
            auto guard = co_await condition.scoped();
            condition.notify(2);
        });
    } catch (const ExceptionGroup& group) {
        say(caught(), group.exceptions());
    }
    say(condition.locked());
}

}  // namespace
