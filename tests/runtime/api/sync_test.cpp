// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

#include "tests/support/virtually.hpp"

using namespace std::chrono_literals;
using asyncio::Coroutine;
using awaitscope::test::virtually;

TEST_CASE("Lock") {
    virtually([]() -> Coroutine<> {
        asyncio::Lock lock;
        asyncio::Lock named{"name"};
        asyncio::Lock by_string{std::string("string")};
        CHECK_FALSE(lock.locked());
        const bool got = co_await lock.acquire();
        CHECK(got);
        CHECK(lock.locked());
        lock.release();
        CHECK_THROWS_WITH(lock.release(), "Lock is not acquired.");
        {
            auto guard = co_await lock.scoped();
            CHECK(lock.locked());
            auto moved = std::move(guard);
        }
        CHECK_FALSE(lock.locked());
        std::string order;
        const auto critical = [&](char c) -> Coroutine<> {
            auto guard = co_await named.scoped();
            order += c;
            co_await asyncio::sleep(1s);
            order += c;
        };
        co_await asyncio::gather(critical('a'), critical('b'), critical('c'));
        CHECK(order == "aabbcc");
    });
}

TEST_CASE("Event") {
    virtually([]() -> Coroutine<> {
        asyncio::Event event;
        asyncio::Event named{"ready"};
        CHECK_FALSE(event.is_set());
        auto waiter = asyncio::create_task(event.wait());
        auto caller = asyncio::create_task([&]() -> Coroutine<> { co_await event.wait(); });
        co_await asyncio::sleep(0s);
        event.set();
        CHECK(event.is_set());
        const bool woken = co_await waiter;
        co_await caller;
        CHECK(woken);
        event.clear();
        CHECK_FALSE(event.is_set());
        named.set();
        const bool at_once = co_await named.wait();
        CHECK(at_once);
    });
}

TEST_CASE("Condition") {
    virtually([]() -> Coroutine<> {
        asyncio::Condition condition;
        asyncio::Lock lock;
        asyncio::Condition shared{&lock};
        asyncio::Condition named{nullptr, "named"};
        asyncio::Condition both(&lock, "both");
        int value = 0;
        auto consumer = asyncio::create_task([&]() -> Coroutine<bool> {
            auto guard = co_await condition.scoped();
            auto held = co_await condition.wait_for([&] { return value == 2; });
            co_return held;
        });
        auto simple = asyncio::create_task([&]() -> Coroutine<bool> {
            co_await condition.acquire();
            const bool woken = co_await condition.wait();
            condition.release();
            co_return woken;
        });
        co_await asyncio::sleep(0s);
        for (int i = 0; i < 2; ++i) {
            auto guard = co_await condition.scoped();
            ++value;
            condition.notify_all();
        }
        const bool held = co_await consumer;
        const bool woken = co_await simple;
        CHECK(held);
        CHECK(woken);
        CHECK_FALSE(condition.locked());
        CHECK_THROWS_WITH(condition.notify(), "cannot notify on un-acquired lock");
        CHECK_THROWS_WITH(condition.notify_all(), "cannot notify on un-acquired lock");
        {
            auto guard = co_await shared.scoped();
            CHECK(lock.locked());
            CHECK(both.locked());
            shared.notify();
            shared.notify(2);
            both.notify_all();
        }
        auto unlocked = co_await asyncio::as_result(named.wait());
        CHECK(asyncio::to_string(unlocked.exception()) == "RuntimeError: cannot wait on un-acquired lock");
    });
}

TEST_CASE("Semaphore and BoundedSemaphore") {
    virtually([]() -> Coroutine<> {
        asyncio::Semaphore one;
        asyncio::Semaphore two{2};
        asyncio::Semaphore named{3, "named"};
        asyncio::BoundedSemaphore bounded;
        asyncio::BoundedSemaphore pool{2, "pool"};
        CHECK_FALSE(one.locked());
        const bool got = co_await one.acquire();
        CHECK(got);
        CHECK(one.locked());
        one.release();
        {
            auto first = co_await two.scoped();
            auto second = co_await two.scoped();
            CHECK(two.locked());
        }
        {
            auto guard = co_await pool.scoped();
            CHECK_FALSE(pool.locked());
        }
        const bool bound = co_await bounded.acquire();
        CHECK(bound);
        bounded.release();
        CHECK_THROWS_AS(bounded.release(), asyncio::ValueError);
        CHECK_THROWS_WITH(bounded.release(), "BoundedSemaphore released too many times");
        CHECK_THROWS_AS(asyncio::Semaphore(-1), asyncio::ValueError);
        CHECK_THROWS_AS(asyncio::BoundedSemaphore(-1), asyncio::ValueError);
        CHECK_THROWS_WITH(asyncio::Semaphore{-1}, "Semaphore initial value must be >= 0");
        named.release();
    });
}

TEST_CASE("Barrier") {
    virtually([]() -> Coroutine<> {
        asyncio::Barrier barrier{3};
        asyncio::Barrier named(2, "named");
        CHECK(barrier.parties() == 3);
        CHECK(barrier.n_waiting() == 0);
        CHECK_FALSE(barrier.broken());
        std::vector<asyncio::Task<int>> tasks;
        for (int i = 0; i < 3; ++i) tasks.push_back(asyncio::create_task(barrier.wait()));
        auto indexes = co_await asyncio::gather(tasks);
        std::sort(indexes.begin(), indexes.end());
        CHECK(indexes == std::vector<int>{0, 1, 2});
        auto waiting = asyncio::create_task([&]() -> Coroutine<> { co_await barrier.wait(); });
        co_await asyncio::sleep(0s);
        CHECK(barrier.n_waiting() == 1);
        co_await barrier.reset();
        auto reset = co_await asyncio::as_result(waiting);
        CHECK_THROWS_AS(reset.value(), asyncio::BrokenBarrierError);
        co_await barrier.abort();
        CHECK(barrier.broken());
        auto aborted = co_await asyncio::as_result(barrier.wait());
        CHECK(asyncio::to_string(aborted.exception()) == "BrokenBarrierError: Barrier aborted");
        CHECK_THROWS_AS(asyncio::Barrier(0), asyncio::ValueError);
    });
}
