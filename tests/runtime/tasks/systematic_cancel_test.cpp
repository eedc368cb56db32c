// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

// Small programs whose main task is cancelled at every turn in which it can be, one after the other: nothing may hang,
// be left locked, or leak (which the address sanitizer sees).

namespace {

using Program = std::function<Coroutine<>()>;

/// Runs the program, cancels it before turn n, and tells whether there was still something to cancel.
bool run_cancelled_at_turn(const Program& program, int n) {
    bool was_running = false;
    const auto loop = new_event_loop(Clock::virtual_time);
    const auto driver = [&]() -> Coroutine<> {
        auto task = create_task(program, "victim");
        for (int i = 0; i < n && !task.done(); ++i) co_await sleep(0s);
        was_running = task.cancel("systematically");
        // A program that does not end within an hour of virtual time hangs.
        const auto result = co_await as_result(wait_for(task, 1h));
        CHECK(loop->time().time_since_epoch() < 1h);
        CHECK((result.ok() || task.cancelled()));
    };
    loop->run_until_complete(driver);
    CHECK(all_tasks(loop.get()).empty());
    return was_running;
}

void cancel_everywhere(const Program& program, int turns_at_least) {
    const awaitscope::test::CapturedStderr captured;
    int turn = 0;
    while (run_cancelled_at_turn(program, turn)) {
        ++turn;
        REQUIRE(turn < 1000);
    }
    CHECK(turn >= turns_at_least);
    CHECK(captured.text() == "");
}

Coroutine<> turns(int n) {
    for (int i = 0; i < n; ++i) co_await sleep(0s);
}

}  // namespace

TEST_CASE("Cancelled everywhere: nested coroutines") {
    const auto inner = []() -> Coroutine<> { co_await turns(3); };
    cancel_everywhere(
        [&]() -> Coroutine<> {
            co_await inner();
            co_await turns(2);
            co_await inner();
        },
        8);
}

TEST_CASE("Cancelled everywhere: a gather of a gather") {
    cancel_everywhere(
        []() -> Coroutine<> {
            auto all = gather(turns(1), turns(3));
            co_await gather(std::move(all), turns(2));
        },
        4);
}

TEST_CASE("Cancelled everywhere: tasks that hand a lock round") {
    Lock lock;
    const auto worker = [&]() -> Coroutine<> {
        for (int i = 0; i < 2; ++i) {
            auto guard = co_await lock.scoped();
            co_await sleep(0s);
        }
    };
    cancel_everywhere([&]() -> Coroutine<> { co_await gather(worker(), worker(), worker()); }, 6);
    CHECK_FALSE(lock.locked());
}

TEST_CASE("Cancelled everywhere: a producer and a consumer on a short queue") {
    const auto produce = [](Queue<int>& queue) -> Coroutine<> {
        for (int i = 0; i < 4; ++i) co_await queue.put(i);
    };
    const auto consume = [](Queue<int>& queue) -> Coroutine<> {
        for (int i = 0; i < 4; ++i) {
            co_await queue.get();
            queue.task_done();
        }
    };
    cancel_everywhere(
        [&]() -> Coroutine<> {
            Queue<int> queue(1);
            co_await gather(produce(queue), consume(queue));
            co_await queue.join();
        },
        5);
}

TEST_CASE("Cancelled everywhere: a timeout around a task group") {
    cancel_everywhere(
        []() -> Coroutine<> {
            co_await timeout(1h, []() -> Coroutine<> {
                co_await task_group([](TaskGroup& group) -> Coroutine<> {
                    group.create_task(turns(2));
                    group.create_task(turns(4));
                    co_await sleep(0s);
                });
            });
        },
        5);
}

TEST_CASE("Cancelled everywhere: clean-up that awaits") {
    int cleaned_up = 0;
    int runs = 0;
    cancel_everywhere(
        [&]() -> Coroutine<> {
            ++runs;
            const auto result = co_await as_result(turns(3));
            co_await turns(2);
            ++cleaned_up;
            if (!result.ok()) std::rethrow_exception(result.exception());
        },
        3);
    CHECK(cleaned_up > 0);
    CHECK(cleaned_up <= runs);
}

TEST_CASE("Cancelled everywhere: a semaphore and a condition") {
    Semaphore semaphore(1);
    Condition condition;
    const auto wait = [&]() -> Coroutine<> {
        auto place = co_await semaphore.scoped();
        auto guard = co_await condition.scoped();
        co_await condition.wait();
    };
    const auto notify = [&]() -> Coroutine<> {
        for (int i = 0; i < 6; ++i) {
            {
                auto guard = co_await condition.scoped();
                condition.notify_all();
            }
            co_await sleep(0s);
        }
    };
    cancel_everywhere([&]() -> Coroutine<> { co_await gather(wait(), wait(), notify()); }, 5);
    CHECK_FALSE(semaphore.locked());
    CHECK_FALSE(condition.locked());
}
