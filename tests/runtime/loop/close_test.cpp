// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <memory>

#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::CapturedStderr;

// What is freed here, or not, is the address sanitizer's business as much as the assertions'.

namespace {

/// Lets `body` get to its co_await, then closes the loop: whatever it holds must be gone, and its destructors run.
bool unwound_by_close(std::function<Coroutine<>(std::shared_ptr<int>)> body) {
    const auto held = std::make_shared<int>(0);
    auto loop = new_event_loop(Clock::virtual_time);
    loop->create_task(body(held));
    loop->run_until_complete(sleep(0s));
    loop->run_until_complete(sleep(0s));
    const bool was_held = held.use_count() > 1;
    loop.reset();
    return was_held && held.use_count() == 1;
}

}  // namespace

TEST_CASE("Closing a loop unwinds what is suspended in a sleep, a yield, at a future and a task") {
    CHECK(unwound_by_close([](std::shared_ptr<int>) -> Coroutine<> { co_await sleep(10s); }));
    CHECK(unwound_by_close([](std::shared_ptr<int>) -> Coroutine<> {
        for (;;) co_await sleep(0s);
    }));
    CHECK(unwound_by_close(
        [](std::shared_ptr<int>) -> Coroutine<> { co_await get_running_loop().create_future<std::string>(); }));
    CHECK(unwound_by_close([](std::shared_ptr<int> held) -> Coroutine<> {
        auto inner = [](std::shared_ptr<int>) -> Coroutine<> { co_await sleep(10s); };
        co_await create_task(inner(held));
    }));
    CHECK(unwound_by_close([](std::shared_ptr<int> held) -> Coroutine<> {
        auto inner = [](std::shared_ptr<int>) -> Coroutine<> { co_await sleep(10s); };
        co_await inner(held);
    }));
}

TEST_CASE("Closing a loop unwinds what is suspended in a gather, a wait_for, a timeout") {
    CHECK(unwound_by_close([](std::shared_ptr<int>) -> Coroutine<> { co_await gather(sleep(1s), sleep(2s)); }));
    CHECK(unwound_by_close([](std::shared_ptr<int>) -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        co_await gather(return_exceptions, loop.create_future<int>(), sleep(2s));
    }));
    CHECK(unwound_by_close([](std::shared_ptr<int>) -> Coroutine<> { co_await wait_for(sleep(5s), 1s); }));
    CHECK(unwound_by_close([](std::shared_ptr<int>) -> Coroutine<> {
        co_await timeout(1s, []() -> Coroutine<> { co_await sleep(2s); });
    }));
}

TEST_CASE("Closing a loop unwinds what waits for a lock, an event, a queue") {
    Lock lock;
    Event event;
    Queue<int> queue(1);
    CHECK(unwound_by_close([&](std::shared_ptr<int>) -> Coroutine<> {
        auto first = co_await lock.scoped();
        auto second = co_await lock.scoped();
    }));
    CHECK_FALSE(lock.locked());
    CHECK(unwound_by_close([&](std::shared_ptr<int>) -> Coroutine<> { co_await event.wait(); }));
    event.set();
    CHECK(unwound_by_close([&](std::shared_ptr<int>) -> Coroutine<> { co_await queue.get(); }));
    queue.put_nowait(1);
    CHECK(unwound_by_close([&](std::shared_ptr<int>) -> Coroutine<> { co_await queue.put(2); }));
    CHECK(unwound_by_close([&](std::shared_ptr<int>) -> Coroutine<> { co_await queue.join(); }));
    CHECK(queue.qsize() == 1);
}

TEST_CASE("A task that never started is dropped with its loop") {
    const auto held = std::make_shared<int>(0);
    auto loop = new_event_loop();
    loop->create_task([held]() -> Coroutine<> { co_return; });
    loop.reset();
    CHECK(held.use_count() == 1);
}

TEST_CASE("A task whose handle is kept stays pending when its loop is closed") {
    auto loop = new_event_loop(Clock::virtual_time);
    auto task = loop->create_task([]() -> Coroutine<> { co_await sleep(1s); });
    loop->run_until_complete(sleep(0s));
    loop.reset();
    CHECK_FALSE(task.done());
    CHECK_FALSE(task.cancelled());
}

TEST_CASE("What one task's unwinding wakes is not run, nor lost sight of") {
    Lock lock;
    auto loop = new_event_loop(Clock::virtual_time);
    bool got = false;
    const auto hold = [&]() -> Coroutine<> {
        auto guard = co_await lock.scoped();
        co_await sleep(10s);
    };
    const auto wait = [&]() -> Coroutine<> {
        auto guard = co_await lock.scoped();
        got = true;
    };
    loop->create_task(hold);
    loop->create_task(wait);
    loop->create_task(wait);
    loop->run_until_complete(sleep(0s));
    loop.reset();
    CHECK_FALSE(got);
    CHECK_FALSE(lock.locked());
}

TEST_CASE("A task that will not be ended is reported, and ended") {
    const CapturedStderr captured;
    Lock lock;
    auto loop = new_event_loop(Clock::virtual_time);
    const auto stubborn = [&]() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (...) {
        }
        co_await lock.acquire();
        co_await lock.acquire();
    };
    const auto sleeper = []() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (...) {
        }
        co_await sleep(5s);
    };
    loop->create_task(stubborn);
    loop->create_task(sleeper);
    loop->run_until_complete(sleep(0s));
    loop.reset();
    CHECK(captured.text() ==
          "coroutine '<lambda>' ignored GeneratorExit\ncoroutine '<lambda>' ignored GeneratorExit\n");
    CHECK(lock.locked());
    lock.release();  // nobody is left in line
}

TEST_CASE("Callbacks that were queued are dropped, not run") {
    const auto held = std::make_shared<bool>(false);
    auto loop = new_event_loop();
    loop->call_soon([held] { *held = true; });
    loop->call_soon_threadsafe([held] { *held = true; });
    loop->call_later(1s, [held] { *held = true; });
    auto future = loop->create_future<>();
    future.add_done_callback([held](const Future<>&) { *held = true; });
    future.set_result();
    loop.reset();
    future = {};
    CHECK(held.use_count() == 1);
    CHECK_FALSE(*held);
}

TEST_CASE("A coroutine's clean-up may still use its loop's futures while the loop closes") {
    auto loop = new_event_loop(Clock::virtual_time);
    auto told = loop->create_future<int>();
    struct Tell {
        Future<int>& future;
        ~Tell() { future.set_result(1); }
    };
    loop->create_task([&]() -> Coroutine<> {
        const Tell tell{told};
        co_await sleep(10s);
    });
    loop->create_task([&]() -> Coroutine<> { co_await told; });
    loop->run_until_complete(sleep(0s));
    loop->close();
    CHECK(told.result() == 1);
}
