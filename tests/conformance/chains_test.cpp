// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "tests/conformance/twin.hpp"

TWIN(ten_levels) {
    std::function<Coroutine<std::string>(int, bool)> down = [&](int n, bool fails) -> Coroutine<std::string> {
        say("enter", n);
        Finally finally([n] { say("leave", n); });
        if (n == 0) {
            co_await sleep(1s);
            if (fails) throw ValueError("from the bottom at " + now());
            co_return "bottom";
        }
        auto below = co_await down(n - 1, fails);
        co_return below + " " + std::to_string(n);
    };
    auto value = co_await down(10, false);
    say(value);
    try {
        co_await down(10, true);
    } catch (const ValueError&) {
        say(caught());
    }
    auto task = create_task(down(5, false));
    co_await turns(1);
    task.cancel("from above");
    try {
        co_await task;
    } catch (const CancelledError&) {
        say(caught(), now());
    }
}

TWIN(errors_change_on_the_way) {
    std::function<Coroutine<std::string>(int)> level = [&](int n) -> Coroutine<std::string> {
        try {
            if (n == 0) {
                co_await sleep(0s);
                throw ValueError("0");
            }
            co_return co_await level(n - 1);
        } catch (const ValueError&) {
            say("level", n, "sees", caught());
            if (n == 2) throw RuntimeError("changed at 2");
            throw;
        } catch (const RuntimeError&) {
            say("level", n, "sees", caught());
            if (n != 4) throw;
        }
        co_return "healed at 4";
    };
    auto healed = co_await level(6);
    say(healed);

    auto cleans = [](int n) -> Coroutine<> {
        auto slept = co_await as_result(sleep(5s));
        if (n > 0) {
            say("clean-up of", n, "awaits");
            co_await sleep(std::chrono::seconds(n));
            say("clean-up of", n, "done at", now());
        }
        slept.value();
    };
    auto outer = [&]() -> Coroutine<> {
        auto cleaned = co_await as_result(cleans(2));
        if (!cleaned) {
            say("outer has", cleaned.exception(), "at", now());
            co_await cleans(0);
        }
    };
    auto task = create_task(outer());
    co_await sleep(1s);
    task.cancel("one");
    co_await sleep(4s);
    task.cancel("two");
    try {
        co_await task;
    } catch (const CancelledError&) {
        say("main:", caught(), "at", now());
    }
}

TWIN(a_thousand_tasks) {
    auto link = [](int n, std::optional<Future<int>> previous) -> Coroutine<int> {
        Finally finally([n] {
            if (n % 250 == 0) say("link", n, "ends");
        });
        if (!previous) co_return 0;
        auto before = co_await *previous;
        co_return before + 1;
    };
    std::optional<Future<int>> previous;
    for (int n = 0; n < 1001; ++n) previous = create_task(link(n, previous));
    auto last = co_await *previous;
    say(last);
    auto start = get_running_loop().create_future<int>();
    previous = start;
    for (int n = 0; n < 101; ++n) previous = create_task(link(n, previous));
    co_await turns(2);
    previous->cancel("through all of them");
    try {
        co_await *previous;
    } catch (const CancelledError&) {
        say(caught(), start.cancelled());
    }
}

TWIN(many_awaits_in_a_row) {
    auto leaf = [](int i) -> Coroutine<int> { co_return i; };
    auto sums = [&](int n) -> Coroutine<int> {
        int total = 0;
        for (int i = 0; i < n; ++i) total += co_await leaf(i);
        co_return total;
    };
    std::function<Coroutine<int>(int)> deep = [&](int n) -> Coroutine<int> {
        if (n == 0) co_return 0;
        auto below = co_await deep(n - 1);
        co_return below + 1;
    };
    struct Ticker : std::enable_shared_from_this<Ticker> {  // goes on when this coroutine has ended
        int count = 0;
        void tick() {
            if (++count < 5) get_running_loop().call_soon([self = shared_from_this()] { self->tick(); });
        }
    };
    auto ticker = std::make_shared<Ticker>();
    get_running_loop().call_soon([ticker] { ticker->tick(); });
    auto sum = co_await sums(1000);
    auto depth = co_await deep(100);
    say(sum, depth, "turns of the loop:", ticker->count);
    co_await turns(1);
    say(ticker->count);
    auto done = get_running_loop().create_future<int>();
    done.set_result(1);
    int total = 0;
    for (int i = 0; i < 100; ++i) total += co_await done;
    say(total, ticker->count);
}

namespace {
/// `async with Guard(name, enter, leave): ...`: the clean-up awaits, so that it cannot be a destructor.
struct Guard {
    std::string name;
    std::chrono::seconds enter;
    std::chrono::seconds leave;
};
Coroutine<> with(Guard guard, std::function<Coroutine<>()> body) {
    co_await sleep(guard.enter);
    say("enter", guard.name, now());
    auto result = co_await as_result(body());
    co_await sleep(guard.leave);
    say("leave", guard.name, result.exception(), now());
    result.value();
}
}  // namespace

TWIN(guards) {
    auto body = [](bool fails) -> Coroutine<> {
        std::function<Coroutine<>()> inside = [fails]() -> Coroutine<> {
            if (fails) throw ValueError("inside");
            co_await sleep(10s);
        };
        Guard b{"b", 1s, 1s};
        std::function<Coroutine<>()> inner = [&]() -> Coroutine<> { return with(b, inside); };
        Guard a{"a", 1s, 1s};
        co_await with(a, inner);
    };
    try {
        co_await body(true);
    } catch (const ValueError&) {
        say(caught(), now());
    }
    auto task = create_task(body(false));
    co_await sleep(3s);
    task.cancel("stop");
    try {
        co_await task;
    } catch (const CancelledError&) {
        say(caught(), now());
    }
    task = create_task(body(false));
    co_await sleep(1500ms);
    task.cancel("while it enters");
    try {
        co_await task;
    } catch (const CancelledError&) {
        say(caught(), now());
    }
}

TWIN(results_are_shared) {
    using Values = std::vector<std::string>;
    auto producer = []() -> Coroutine<Values> {
        co_await sleep(1s);
        co_return Values(1, "shared");
    };
    auto consumer = [](std::string name, Task<Values> task) -> Coroutine<Values> {
        auto value = co_await task;
        say(name, value, "at", now());
        co_return value;
    };
    auto task = create_task(producer());
    auto [first, second] = co_await gather(consumer("x", task), consumer("y", task));
    auto third = co_await task;
    say(first == second, third == first);
    auto value = co_await wait_for(shield(task), 1s);
    say(value, shield(task) == task);

    auto fails = []() -> Coroutine<> {
        co_await sleep(1s);
        throw ValueError("shared too");
    };
    auto sees = [](std::string name, Task<> task) -> Coroutine<> {
        try {
            co_await task;
            say("not reached");
        } catch (const ValueError&) {
            say(name, caught());
        }
    };
    auto failing = create_task(fails());
    std::vector<Coroutine<>> all;
    for (const char* name : {"p", "q", "r"}) all.push_back(sees(name, failing));
    co_await gather(std::move(all));
}
