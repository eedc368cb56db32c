// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

TWIN(in_time) {
    auto body = [](int delay) -> Coroutine<std::string> {
        say("runs in", current_task()->get_name());
        co_await sleep(std::chrono::seconds(delay));
        co_return "slept " + std::to_string(delay);
    };
    auto result = co_await wait_for(body(1), 2s);
    say(result, "at", now());
    result = co_await wait_for(body(1), std::nullopt);
    say(result, "at", now());
    result = co_await wait_for(create_task(body(1), "T"), 5s);
    say(result, "at", now());
    auto future = get_running_loop().create_future<std::string>();
    get_running_loop().call_later(1s, [&] { future.set_result("set"); });
    result = co_await wait_for(future, 1500ms);
    say(result, "at", now());
    auto zero = co_await wait_for(future, 0s);
    auto negative = co_await wait_for(future, -1s);
    say("done before, no time:", zero, negative);
    auto fails = []() -> Coroutine<> {
        co_await sleep(1s);
        throw ValueError("of the body");
    };
    try {
        co_await wait_for(fails(), 2s);
    } catch (const ValueError&) {
        say(caught(), "at", now());
    }
    say(current_task()->cancelling(), all_tasks().size());
}

TWIN(too_late) {
    auto body = [](std::string name) -> Coroutine<> {
        Finally finally([&] { say(name, "leaves"); });
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            say(name, "cancelled", caught(), "at", now(), current_task()->cancelling());
            throw;
        }
    };
    try {
        co_await wait_for(body("inline"), 1s);
    } catch (const TimeoutError&) {
        say(caught(), "at", now(), current_task()->cancelling());
    }
    auto task = create_task(body("task"));
    try {
        co_await wait_for(task, 1s);
    } catch (const TimeoutError&) {
        say(caught(), task.cancelled(), task.cancelling(), "at", now());
    }
    auto future = get_running_loop().create_future<>();
    try {
        co_await wait_for(future, 1s);
    } catch (const TimeoutError&) {
        say(caught(), future.cancelled(), "at", now());
    }
    try {
        co_await wait_for(future, 1s);
    } catch (const CancelledError&) {
        say("of a cancelled one:", caught());
    }
}

TWIN(no_time_at_all) {
    auto body = [](int name) -> Coroutine<> {
        say(name, "never begins");
        co_return;
    };
    for (int limit : {0, -1}) {
        try {
            co_await wait_for(body(limit), std::chrono::seconds(limit));
        } catch (const TimeoutError&) {
            say(limit, caught(), "at", now());
        }
    }
    auto begun = []() -> Coroutine<std::string> {
        try {
            co_await sleep(5s);
        } catch (const CancelledError&) {
            say("begun:", caught());
        }
        co_return "came round";
    };
    auto task = create_task(begun());
    co_await turns(1);
    auto answer = co_await wait_for(task, 0s);
    say("its answer counts:", answer, task.cancelling());
    auto breaks = []() -> Coroutine<std::string> {
        co_await as_result(sleep(5s));
        throw ValueError("while it was cancelled");
    };
    task = create_task(breaks());
    co_await turns(1);
    try {
        co_await wait_for(task, 0s);
    } catch (const ValueError&) {
        say(caught());
    }
    auto pending = get_running_loop().create_future<>();
    try {
        co_await wait_for(pending, 0s);
    } catch (const TimeoutError&) {
        say(caught(), pending.cancelled());
    }
}

TWIN(what_the_body_makes_of_it) {
    auto swallows = []() -> Coroutine<std::string> {
        try {
            co_await sleep(5s);
        } catch (const CancelledError&) {
            say("swallowed", caught());
        }
        co_return "value";
    };
    auto replaces = []() -> Coroutine<std::string> {
        try {
            co_await sleep(5s);
        } catch (const CancelledError&) {
            throw ValueError("another error");
        }
        co_return "";
    };
    auto takes_its_time = []() -> Coroutine<std::string> {
        auto slept = co_await as_result(sleep(5s));
        co_await sleep(2s);
        say("cleaned up at", now());
        slept.value();
        co_return "";
    };
    std::vector<Coroutine<std::string>> bodies;
    bodies.push_back(swallows());
    bodies.push_back(replaces());
    bodies.push_back(takes_its_time());
    const char* names[] = {"swallows", "replaces", "takes_its_time"};
    for (int i = 0; i < 3; ++i) {
        try {
            auto value = co_await wait_for(std::move(bodies[i]), 1s);
            say(value, "at", now());
        } catch (const std::exception&) {
            say(names[i], caught(), "at", now());
        }
        say(current_task()->cancelling());
    }
    try {
        auto value = co_await wait_for(create_task(swallows()), 1s);
        say(value, "from a task");
    } catch (const TimeoutError&) {
        say("a task's value is lost:", caught());
    }
}

TWIN(at_the_same_moment) {
    auto& loop = get_running_loop();
    for (int offset : {-250, 0, 250}) {
        auto future = loop.create_future<std::string>();
        auto start = loop.time();
        loop.call_at(start + 1s + std::chrono::milliseconds(offset), [future] {
            if (!future.done()) future.set_result("result");
        });
        const std::string name = offset == 0 ? "0" : text(offset / 1000.0);
        try {
            auto value = co_await wait_for(future, 1s);
            say(name, value, now());
        } catch (const TimeoutError&) {
            say(name, caught(), future.cancelled(), now());
        }
        co_await sleep(1s);
    }
    auto future = loop.create_future<std::string>();
    auto waits = [&]() -> Coroutine<std::string> {
        try {
            co_return co_await wait_for(future, 1s);
        } catch (const CancelledError&) {
            say("waiter cancelled", caught());
            throw;
        }
    };
    auto task = create_task(waits());
    co_await turns(1);
    future.set_result("there");
    task.cancel("in the same turn");
    try {
        auto value = co_await task;
        say(value);
    } catch (const CancelledError&) {
        say("cancelled with a result at hand:", caught(), task.cancelling());
    }
}

TWIN(cancelled_from_outside) {
    auto body = []() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            say("body:", caught(), "at", now());
            throw;
        }
    };
    auto waits = [](auto awaitable, std::chrono::seconds limit) -> Coroutine<> {
        try {
            co_await wait_for(std::move(awaitable), limit);
        } catch (const CancelledError&) {
            say("waiter:", caught(), current_task()->cancelling());
            throw;
        }
    };
    auto own = create_task(body(), "own task");
    std::vector<Coroutine<>> waiters;
    waiters.push_back(waits(body(), 5s));
    waiters.push_back(waits(own, 5s));
    for (auto& waiter : waiters) {
        auto task = create_task(std::move(waiter));
        co_await sleep(1s);
        task.cancel("from outside");
        co_await wait(std::vector(1, task));
        say(task.cancelled(), "at", now());
    }
    auto inner = create_task(body());
    auto shielded = create_task(waits(shield(inner), 1s));
    try {
        co_await shielded;
    } catch (const TimeoutError&) {
        say("shielded:", caught(), inner.done(), "at", now());
    }
    inner.cancel();
    co_await turns(2);
}

TWIN(nested) {
    using Seconds = std::chrono::seconds;
    auto deep = [](Seconds delay) -> Coroutine<std::string> {
        try {
            co_await sleep(delay);
            co_return "deep";
        } catch (const CancelledError&) {
            say("deep cancelled at", now(), current_task()->cancelling());
            throw;
        }
    };
    auto middle = [&](Seconds delay, Seconds limit) -> Coroutine<std::string> {
        try {
            co_return co_await wait_for(deep(delay), limit);
        } catch (const TimeoutError&) {
            say("middle timed out at", now());
            co_return "middle's own";
        }
    };
    auto value = co_await wait_for(middle(1s, 2s), 3s);
    say(value, now());
    value = co_await wait_for(middle(9s, 1s), 3s);
    say(value, now());
    try {
        co_await wait_for(middle(9s, 5s), 1s);
    } catch (const TimeoutError&) {
        say("outer", caught(), now(), current_task()->cancelling());
    }
    std::vector<Coroutine<std::string>> limited;
    for (auto delay : {1s, 2s, 3s}) limited.push_back(wait_for(deep(delay), 1500ms));
    auto results = co_await gather(return_exceptions, std::move(limited));
    say(results, now());
}
