// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "asyncio/asyncio.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

TEST_CASE("run_in_executor gives the result of a call in another thread") {
    run([]() -> Coroutine<> {
        const auto loop_thread = std::this_thread::get_id();
        auto other = get_running_loop().run_in_executor(nullptr, [] { return std::this_thread::get_id(); });
        const auto got_1 = co_await other;
        CHECK(got_1 != loop_thread);
        auto doubled = get_running_loop().run_in_executor(
            nullptr, [](int x) { return 2 * x; }, 21);
        const auto got_2 = co_await doubled;
        CHECK(got_2 == 42);
    });
}

TEST_CASE("What a thread throws is thrown at the co_await") {
    run([]() -> Coroutine<> {
        auto failing = to_thread([] { throw ValueError("in the thread"); });
        CHECK_THROWS_AS(co_await std::move(failing), ValueError);
    });
}

TEST_CASE("Cancelling the wait does not stop the thread") {
    std::atomic<bool> go = false;
    std::atomic<bool> finished = false;
    run([&]() -> Coroutine<> {
        auto call = to_thread([&] {
            go.wait(false);
            finished = true;
        });
        const Task<> task = create_task(std::move(call));
        co_await sleep(0s);
        task.cancel();
        const auto ended = co_await as_result(task);
        CHECK_FALSE(ended.ok());
        CHECK_FALSE(finished);
        go = true;
        go.notify_all();
    });
    CHECK(finished);  // run() joins the pool
}

TEST_CASE("A thread sees the context of who called it, and keeps what it sets to itself") {
    ContextVar<int> variable("v", 0);
    run([&]() -> Coroutine<> {
        variable.set(7);
        auto seen = to_thread([&] {
            const int before = variable.get();
            variable.set(8);
            return before;
        });
        const auto got_3 = co_await std::move(seen);
        CHECK(got_3 == 7);
        CHECK(variable.get() == 7);
    });
}

TEST_CASE("run_coroutine_threadsafe: result, exception, limit, cancel") {
    // Catch2 asserts in one thread only: the other one takes notes.
    std::vector<std::string> notes;
    run([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto from_outside = to_thread([&] {
            auto value = []() -> Coroutine<int> {
                co_await sleep(0s);
                co_return 3;
            };
            notes.push_back(std::to_string(run_coroutine_threadsafe(value, loop).result()));
            auto failing = []() -> Coroutine<> {
                throw ValueError("x");
                co_return;
            };
            notes.push_back(to_string(run_coroutine_threadsafe(failing, loop).exception()));
            auto endless = []() -> Coroutine<> { co_await sleep(1h); };
            const auto late = run_coroutine_threadsafe(endless, loop);
            try {
                late.result(1ms);
            } catch (const TimeoutError&) {
                notes.push_back("late");
            }
            notes.push_back(late.cancel() && late.cancelled() ? "cancelled" : "not cancelled");
            try {
                late.result();
            } catch (const CancelledError&) {
                notes.push_back("CancelledError");
            }
            notes.push_back(late.cancel() ? "cancelled twice" : "once is enough");
        });
        co_await std::move(from_outside);
    });
    CHECK(notes ==
          std::vector<std::string>{"3", "ValueError: x", "late", "cancelled", "CancelledError", "once is enough"});
}
