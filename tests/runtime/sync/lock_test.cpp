// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::log_of;
using awaitscope::test::LoopLog;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

TEST_CASE("A free lock is taken without a turn, and acquire() gives true") {
    run_virtual([]() -> Coroutine<> {
        Lock lock;
        const auto turn = get_running_loop().iteration();
        CHECK_FALSE(lock.locked());
        const bool got = co_await lock.acquire();
        CHECK(got);
        CHECK(lock.locked());
        lock.release();
        CHECK_FALSE(lock.locked());
        CHECK(get_running_loop().iteration() == turn);
    });
}

TEST_CASE("A lock that is not held cannot be released") {
    Lock lock;
    CHECK(thrown_by([&] { lock.release(); }) == "RuntimeError: Lock is not acquired.");
}

TEST_CASE("A guard releases at the end of its scope, once, also when it was moved") {
    run_virtual([]() -> Coroutine<> {
        Lock lock;
        {
            auto guard = co_await lock.scoped();
            auto moved = std::move(guard);
            CHECK(lock.locked());
        }
        CHECK_FALSE(lock.locked());
        try {
            auto guard = co_await lock.scoped();
            throw ValueError();
        } catch (const ValueError&) {
        }
        CHECK_FALSE(lock.locked());
    });
}

TEST_CASE("A lock is not re-entrant") {
    run_virtual([]() -> Coroutine<> {
        Lock lock;
        co_await lock.acquire();
        CHECK_THAT(to_string((co_await as_result(wait_for(lock.acquire(), 1s))).exception()),
                   Catch::StartsWith("TimeoutError"));
        CHECK(lock.locked());
        lock.release();
    });
}

TEST_CASE("Those who wait get the lock in the order in which they asked") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              Lock lock;
              co_await lock.acquire();
              std::vector<Task<>> tasks;
              auto work = [&](int n) -> Coroutine<> {
                  auto guard = co_await lock.scoped();
                  log("{}", n);
              };
              for (int i = 0; i < 4; ++i) tasks.push_back(create_task(work(i)));
              co_await sleep(0s);
              lock.release();
              co_await gather(std::move(tasks));
          }) == "#3 0\n#4 1\n#5 2\n#6 3\n");
}

TEST_CASE("A waiter that is cancelled leaves the line") {
    run_virtual([]() -> Coroutine<> {
        Lock lock;
        co_await lock.acquire();
        auto work = [&]() -> Coroutine<bool> { co_return co_await lock.acquire(); };
        auto first = create_task(work);
        auto second = create_task(work);
        co_await sleep(0s);
        first.cancel();
        co_await as_result(first);
        CHECK(lock.locked());
        lock.release();
        CHECK((co_await second) == true);
        CHECK(lock.locked());
        lock.release();
    });
}

TEST_CASE("A waiter that is cancelled once it was woken hands the lock on") {
    run_virtual([]() -> Coroutine<> {
        Lock lock;
        co_await lock.acquire();
        auto work = [&]() -> Coroutine<> {
            co_await lock.acquire();
            lock.release();
        };
        auto first = create_task(work);
        auto second = create_task(work);
        co_await sleep(0s);
        lock.release();
        first.cancel();
        co_await second;
        CHECK(first.cancelled());
        CHECK_FALSE(lock.locked());
    });
}

TEST_CASE("A cancelled waiter's place may be passed by") {
    run_virtual([]() -> Coroutine<> {
        Lock lock;
        co_await lock.acquire();
        auto work = [&]() -> Coroutine<> { co_await lock.acquire(); };
        auto waiter = create_task(work);
        co_await sleep(0s);
        waiter.cancel();
        lock.release();
        const auto turn = get_running_loop().iteration();
        co_await lock.acquire();
        CHECK(get_running_loop().iteration() == turn);
        co_await as_result(waiter);
        CHECK(lock.locked());
    });
}
