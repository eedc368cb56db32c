// SPDX-License-Identifier: GPL-3.0-or-later
// A primitive that is a local of main() dies before the tasks that still wait for it are cancelled.
#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

int cancelled = 0;

/// Awaits what `wait` makes, and notes that it was cancelled there.
template <class Wait>
Coroutine<> waits(Wait wait) {
    try {
        co_await wait();
    } catch (const CancelledError&) {
        ++cancelled;
        throw;
    }
}

template <class Main>
void run_and_expect_cancelled(int expected, Main main) {
    cancelled = 0;
    run(main, {.clock = Clock::virtual_time});
    CHECK(cancelled == expected);
}

}  // namespace

TEST_CASE("A queue may die before its getters and putters") {
    run_and_expect_cancelled(3, []() -> Coroutine<> {
        Queue<int> empty;
        Queue<int> full(1);
        full.put_nowait(1);
        create_task(waits([&] { return empty.get(); }));
        create_task(waits([&] { return empty.get(); }));
        create_task(waits([&] { return full.put(2); }));
        co_await sleep(0s);
    });
}

TEST_CASE("A lock may die before those who wait for it") {
    run_and_expect_cancelled(2, []() -> Coroutine<> {
        Lock lock;
        co_await lock.acquire();
        create_task(waits([&] { return lock.acquire(); }));
        create_task(waits([&] { return lock.acquire(); }));
        co_await sleep(0s);
    });
}

TEST_CASE("An event, a semaphore and a condition may die before those who wait for them") {
    run_and_expect_cancelled(2, []() -> Coroutine<> {
        Event event;
        Semaphore semaphore(0);
        create_task(waits([&] { return event.wait(); }));
        create_task(waits([&] { return semaphore.acquire(); }));
        co_await sleep(0s);
    });
}

TEST_CASE("A queue may die between the call of a getter and its step") {
    int got = 0;
    CHECK_THROWS_AS(run(
                        [&]() -> Coroutine<> {
                            auto queue = std::make_unique<Queue<int>>();
                            const Task<int> getter = create_task(queue->get());
                            co_await sleep(0s);
                            queue->put_nowait(1);
                            queue.reset();
                            got = co_await getter;
                        },
                        {.clock = Clock::virtual_time}),
                    RuntimeError);
    CHECK(got == 0);
}

TEST_CASE("A task that a closed loop lets go of is reported") {
    std::vector<std::string> messages;
    {
        auto loop = new_event_loop(Clock::virtual_time);
        loop->set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
            messages.push_back(context.message + " " + (context.future ? "with its future" : ""));
        });
        loop->create_task([]() -> Coroutine<> { co_await sleep(1s); });
        loop->call_soon([&] { loop->stop(); });
        loop->run_forever();
    }
    CHECK(messages == std::vector<std::string>{"Task was destroyed but it is pending! with its future"});
}

TEST_CASE("A condition may die before those who wait in it, with the lock or without") {
    run_and_expect_cancelled(3, []() -> Coroutine<> {
        Lock lock;
        Condition own, shared(&lock);
        const auto wait_in = [](Condition& condition) -> Coroutine<> {
            auto guard = co_await condition.scoped();
            co_await condition.wait_for([] { return false; });
        };
        create_task(waits([&] { return wait_in(own); }));
        create_task(waits([&] { return wait_in(own); }));
        create_task(waits([&] { return wait_in(shared); }));
        co_await sleep(0s);
        co_await sleep(0s);
        CHECK_FALSE(own.locked());
        CHECK_FALSE(lock.locked());
    });
}

TEST_CASE("A condition that dies before its lock leaves the lock as it should be") {
    run([]() -> Coroutine<> {
        Lock lock;
        Task<> waiting;
        {
            Condition condition(&lock);
            waiting = create_task([&]() -> Coroutine<> {
                auto guard = co_await condition.scoped();
                co_await condition.wait();
            });
            co_await sleep(0s);
            co_await sleep(0s);
        }
        CHECK_FALSE(lock.locked());
        waiting.cancel();
        auto ended = co_await as_result(waiting);
        CHECK(waiting.cancelled());
        CHECK_FALSE(lock.locked());
    });
}

TEST_CASE("A barrier may die before those who wait at it") {
    run_and_expect_cancelled(2, []() -> Coroutine<> {
        Barrier barrier(3);
        create_task(waits([&] { return barrier.wait(); }));
        create_task(waits([&] { return barrier.wait(); }));
        co_await sleep(0s);
        co_await sleep(0s);
        CHECK(barrier.n_waiting() == 2);
    });
}
