// SPDX-License-Identifier: GPL-3.0-or-later
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

constexpr RunOptions virtual_clock{.clock = Clock::virtual_time};

template <class A>
auto run_virtual(A&& main) {
    return asyncio::run(std::forward<A>(main), virtual_clock);
}

Coroutine<int> value(int n) {
    co_return n;
}

}  // namespace

PROGRAM(leftovers) {
    auto left = [](string name, std::chrono::seconds time) -> Coroutine<> {
        std::exception_ptr error;
        try {
            co_await sleep(time);
            say(name, "never");
        } catch (const CancelledError&) {
            say(name, caught(), "at", now());
            error = caught();
        }
        co_await sleep(1s);
        say(name, "cleaned up at", now());
        if (error) std::rethrow_exception(error);
    };
    auto main = [&](std::chrono::seconds time) -> Coroutine<string> {
        auto task = create_task(left("left", 10s), "left");
        co_await sleep(time);
        say("main ends", task.done());
        co_return "result";
    };
    say(run_virtual(main(0s)));
    say(run_virtual(main(2s)));
    auto at_once = [&]() -> Coroutine<> {
        create_task(left("not begun", 10s));
        say("main ends");
        co_return;
    };
    run_virtual(at_once);
    say(std::nullopt);
    auto starts_more = [](int depth) -> Coroutine<> {
        bool cancelled = false;
        try {
            co_await sleep(100s);
        } catch (const CancelledError&) {
            say("cancelled", depth);
            cancelled = true;
        }
        // Not among those that are cancelled: it is gone with the loop, or runs while others clean up.
        if (cancelled) co_await create_task(turns(2));
        say("its child ended", depth);
    };
    auto deep = [&]() -> Coroutine<Task<>> {
        auto task = create_task(starts_more(1));
        co_await sleep(0s);
        co_return task;
    };
    auto task = run_virtual(deep);
    say(task.done(), task.cancelled());
}

PROGRAM(errors) {
    auto fails = []() -> Coroutine<> {
        throw ValueError("main");
        co_return;
    };
    try {
        run_virtual(fails);
    } catch (const ValueError&) {
        say(caught());
    }
    auto nested = []() -> Coroutine<> {
        try {
            asyncio::run([] { return value(1); });
        } catch (const RuntimeError&) {
            say(caught());
        }
        Runner runner(virtual_clock);
        try {
            runner.run([] { return value(2); });
        } catch (const RuntimeError&) {
            say(caught());
        }
        co_return;
    };
    run_virtual(nested);
    Runner runner(virtual_clock);
    say(runner.run(value(3)));
    runner.close();
    runner.close();
    try {
        runner.get_loop();
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        runner.run([] { return value(4); });
    } catch (const RuntimeError&) {
        say(caught());
    }
    Runner{virtual_clock}.close();
    say("an unused one is no problem");
}

namespace {
ContextVar<int> number{"number", 0};
}

PROGRAM(used_again) {
    auto count = [](int by) -> Coroutine<int> {
        number.set(number.get() + by);
        co_await sleep(1s);
        co_return number.get();
    };
    auto background = []() -> Coroutine<> {
        for (int n = 0; n < 4; ++n) {
            co_await sleep(1s);
            say("background", n, "at", now(), number.get());
        }
    };
    auto start = [&]() -> Coroutine<Task<>> {
        number.set(10);
        co_return create_task(background);
    };
    auto fails_after_one = []() -> Coroutine<> {
        co_await sleep(500ms);
        throw ValueError("once");
    };
    Runner runner(virtual_clock);
    EventLoop& loop = runner.get_loop();
    say(loop.is_running(), &loop == &runner.get_loop());
    const int one = runner.run(count(1));
    const int three = runner.run(count(2));
    say(one, three);
    auto task = runner.run(start);
    const int fifteen = runner.run(count(5));
    say(fifteen, number.get());
    try {
        runner.run(fails_after_one);
    } catch (const ValueError&) {
        say(caught(), task.done(), loop.is_closed());
    }
    say(runner.run([&]() -> Coroutine<int> { co_return co_await wait_for(count(7), 5s); }));
    say(std::chrono::duration<double>(loop.time().time_since_epoch()).count(), task.done());
    runner.close();
    say(task.done(), task.cancelled(), loop.is_closed());
}

PROGRAM(main_cancelled) {
    auto raises = []() -> Coroutine<string> {
        throw CancelledError("by hand");
        co_return "";
    };
    auto itself = []() -> Coroutine<string> {
        current_task()->cancel("by itself");
        say("goes on");
        co_await sleep(1s);
        say("never");
        co_return "";
    };
    auto by_another = []() -> Coroutine<string> {
        auto main = *current_task();
        get_running_loop().call_later(1s, [main] { main.cancel("by a timer"); });
        auto result = co_await as_result(sleep(5s));
        say("cancelled at", now(), main.cancelling());
        result.value();
        co_return "";
    };
    auto swallows = []() -> Coroutine<string> {
        current_task()->cancel();
        try {
            co_await sleep(1s);
        } catch (const CancelledError&) {
            say("swallowed", current_task()->cancelling());
        }
        co_await sleep(1s);
        co_return "ended at " + now();
    };
    const auto tell = [](const char* name, auto main) {
        try {
            say(run_virtual(main));
        } catch (const CancelledError&) {
            say(name, caught());
        }
    };
    tell("raises", raises);
    tell("itself", itself);
    tell("by_another", by_another);
    tell("swallows", swallows);
}

namespace {
AsyncGenerator<int> numbers(string name) {
    std::exception_ptr error;
    try {
        for (int n = 0; n < 10; ++n) {
            co_yield n;
            co_await sleep(1s);
        }
    } catch (...) {
        error = caught();
    }
    say(name, "is closed at", now());
    co_await sleep(1s);
    say(name, "cleaned up at", now());
    if (error) std::rethrow_exception(error);
}
}  // namespace

PROGRAM(generators) {
    vector<AsyncGenerator<int>> kept;
    auto main = [&]() -> Coroutine<string> {
        kept.push_back(numbers("kept"));
        while (auto n = co_await kept[0].next()) {
            say(*n);
            if (*n == 2) break;
        }
        auto other = numbers("closed");
        const auto zero = co_await other.next();
        const auto one = co_await other.next();
        say(zero, one);
        co_await other.aclose();
        auto finished = numbers("finished");
        int total = 0;
        while (auto n = co_await finished.next()) total += *n;
        say("sum", total);
        co_return "main ends at " + now();
    };
    say(run_virtual(main));
}

PROGRAM(failing_clean_up) {
    auto bad = [](string name) -> Coroutine<> {
        co_await as_result(sleep(10s));
        throw ValueError(name);
    };
    auto stubborn = []() -> Coroutine<string> {
        for (int n = 0; n < 3; ++n) {
            try {
                co_await sleep(1s);
                say("slept until", now());
            } catch (const CancelledError&) {
                say("not yet");
            }
        }
        co_return "stubborn";
    };
    Task<> first;
    auto main = [&]() -> Coroutine<Task<string>> {
        get_running_loop().set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
            say("handler:", context.message, context.exception,
                context.future == AnyFuture(first) ? first.get_name() : "another");
        });
        first = create_task(bad("one"), "first");
        auto task = create_task(stubborn);
        co_await sleep(0s);
        say("main ends");
        co_return task;
    };
    auto task = run_virtual(main);
    say(task.done(), task.result());
}

PROGRAM(exits) {
    auto task_that_exits = [](std::exception_ptr error) -> Coroutine<> {
        co_await sleep(1s);
        say("raises", error);
        std::rethrow_exception(error);
    };
    auto other = []() -> Coroutine<> {
        auto result = co_await as_result(sleep(5s));
        say("other ends at", now());
        result.value();
    };
    auto main = [&](std::exception_ptr error) -> Coroutine<> {
        create_task(other);
        auto task = create_task(task_that_exits(error));
        try {
            co_await task;
        } catch (const CancelledError&) {
            say("main cancelled");
            throw;
        } catch (...) {
            say("main sees", caught());
            throw;
        }
    };
    for (auto error : {std::make_exception_ptr(SystemExit(3)), std::make_exception_ptr(KeyboardInterrupt("now"))}) {
        try {
            run_virtual(main(error));
        } catch (const BaseException&) {
            say("run raises", caught());
        }
    }
    auto main_exits = [&]() -> Coroutine<> {
        create_task(other);
        co_await sleep(0s);
        throw SystemExit(4);
    };
    try {
        run_virtual(main_exits);
    } catch (const SystemExit&) {
        say("run raises", caught());
    }
}

PROGRAM(debug) {
    auto main = []() -> Coroutine<bool> { co_return get_running_loop().get_debug(); };
    const bool on = asyncio::run(main, {.debug = true});
    const bool off = asyncio::run(main, {.debug = false});
    say(on, off);
    Runner runner({.debug = true});
    say(runner.get_loop().get_debug());
    runner.get_loop().set_debug(false);
    say(runner.run(main));
}

TWIN_REAL(executor) {
    // The threads are waited for: what they do is seen after run().
    std::mutex mutex;
    std::condition_variable changed;
    bool open = false;
    auto gate_wait = [&] {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return open; });
        return true;
    };
    auto& loop = get_running_loop();
    auto future = loop.run_in_executor(nullptr, gate_wait);
    say("running", future.done());
    {
        const std::scoped_lock lock(mutex);
        open = true;
    }
    changed.notify_all();
    const bool waited = co_await future;
    say(waited);
    co_await loop.shutdown_default_executor();
    try {
        co_await loop.run_in_executor(nullptr, gate_wait);
    } catch (const RuntimeError&) {
        say(caught());
    }
    co_await loop.shutdown_default_executor();
    say("twice is no problem");
}
