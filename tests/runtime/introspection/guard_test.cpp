// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

TEST_CASE("A guard that outlives its lock releases nothing") {
    run([]() -> Coroutine<> {
        auto lock = std::make_unique<Lock>();
        auto semaphore = std::make_unique<Semaphore>(3);
        auto bounded = std::make_unique<BoundedSemaphore>(2);
        auto condition = std::make_unique<Condition>();
        auto of_lock = co_await lock->scoped();
        auto first = co_await semaphore->scoped();
        auto second = co_await semaphore->scoped();
        auto of_bounded = co_await bounded->scoped();
        auto of_condition = co_await condition->scoped();
        lock.reset();
        semaphore.reset();
        bounded.reset();
        condition.reset();
        auto moved = std::move(first);  // still safe
        co_return;
    });
    SUCCEED("AddressSanitizer has seen nothing");
}

TEST_CASE("A task cancelled after main's locals are gone may hold a guard of them") {
    int released = 0;
    run([&]() -> Coroutine<> {
        Lock lock;
        create_task([&lock, &released]() -> Coroutine<> {
            auto guard = co_await lock.scoped();
            struct Count {
                int& n;
                ~Count() { ++n; }
            } count{released};
            co_await sleep(1h);
        });
        co_await sleep(0s);
        CHECK(lock.locked());
    });
    CHECK(released == 1);
}

TEST_CASE("Guards can be moved, and release once") {
    run([]() -> Coroutine<> {
        Semaphore semaphore(2);
        Lock lock;
        {
            auto a = co_await semaphore.scoped();
            auto b = co_await semaphore.scoped();
            CHECK(semaphore.locked());
            a = std::move(b);  // gives the first one back
            CHECK_FALSE(semaphore.locked());
            auto c = std::move(a);
            std::vector<decltype(c)> guards;
            guards.push_back(std::move(c));
            auto d = co_await semaphore.scoped();
            CHECK(semaphore.locked());
        }
        CHECK_FALSE(semaphore.locked());
        {
            auto guard = co_await lock.scoped();
            auto moved = std::move(guard);
            CHECK(lock.locked());
        }
        CHECK_FALSE(lock.locked());
    });
}

TEST_CASE("A guard whose lock was released by hand reports it") {
    const awaitscope::test::CapturedStderr captured;
    run([]() -> Coroutine<> {
        Lock lock;
        {
            auto guard = co_await lock.scoped();
            lock.release();
        }
        CHECK_FALSE(lock.locked());
    });
    CHECK(captured.text() == "Exception in a guard of scoped()\nRuntimeError: Lock is not acquired.\n");
}
