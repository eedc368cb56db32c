// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::log_of;
using awaitscope::test::LoopLog;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {

/// Starts `body` as a task, lets it get to its co_await, cancels it with "stop", and tells how it ended.
std::string cancelled_at(std::function<Coroutine<>()> body) {
    std::string end;
    run_virtual([&]() -> Coroutine<> {
        auto task = create_task(body, "T");
        co_await sleep(0s);
        co_await sleep(0s);
        CHECK(task.cancel("stop"));
        CHECK(task.cancelling() == 1);
        const auto result = co_await as_result(task);
        CHECK(task.cancelled());
        CHECK_FALSE(task.cancel());
        end = to_string(result.exception());
    });
    return end;
}

}  // namespace

#define CHECK_CANCELLED_AT(...) CHECK_THAT(cancelled_at(__VA_ARGS__), Catch::StartsWith("CancelledError"))

TEST_CASE("A task is cancelled in a sleep, a yield, and at a future, a task and a coroutine") {
    CHECK_CANCELLED_AT([]() -> Coroutine<> { co_await sleep(10s); });
    CHECK_CANCELLED_AT([]() -> Coroutine<> { co_await sleep(10s, std::string("never")); });
    CHECK_CANCELLED_AT([]() -> Coroutine<> {
        for (;;) co_await sleep(0s);
    });
    CHECK_CANCELLED_AT([]() -> Coroutine<> { co_await get_running_loop().create_future<int>(); });
    CHECK_CANCELLED_AT([]() -> Coroutine<> {
        auto inner = []() -> Coroutine<> { co_await sleep(10s); };
        co_await create_task(inner);
    });
    CHECK_CANCELLED_AT([]() -> Coroutine<> {
        auto inner = []() -> Coroutine<> { co_await sleep(10s); };
        co_await inner();
    });
}

TEST_CASE("A task is cancelled in a gather, a wait_for and a timeout") {
    CHECK_CANCELLED_AT([]() -> Coroutine<> { co_await gather(sleep(10s), sleep(20s)); });
    CHECK_CANCELLED_AT([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        co_await gather(loop.create_future<int>(), loop.create_future<int>());
    });
    CHECK_CANCELLED_AT([]() -> Coroutine<> { co_await gather(return_exceptions, sleep(10s), sleep(20s)); });
    CHECK_CANCELLED_AT([]() -> Coroutine<> { co_await wait_for(sleep(10s), 5s); });
    CHECK_CANCELLED_AT([]() -> Coroutine<> { co_await timeout(5s, []() -> Coroutine<> { co_await sleep(10s); }); });
}

TEST_CASE("A task is cancelled at a lock, an event and a queue, which are none the worse for it") {
    Lock lock;
    CHECK_CANCELLED_AT([&]() -> Coroutine<> {
        auto first = co_await lock.scoped();
        co_await lock.acquire();
    });
    CHECK_FALSE(lock.locked());
    CHECK_CANCELLED_AT([&]() -> Coroutine<> {
        auto first = co_await lock.scoped();
        auto second = co_await lock.scoped();
    });
    CHECK_FALSE(lock.locked());
    Event event;
    CHECK_CANCELLED_AT([&]() -> Coroutine<> { co_await event.wait(); });
    event.set();
    Queue<int> queue(1);
    CHECK_CANCELLED_AT([&]() -> Coroutine<> { co_await queue.get(); });
    queue.put_nowait(0);
    CHECK_CANCELLED_AT([&]() -> Coroutine<> { co_await queue.put(1); });
    CHECK_CANCELLED_AT([&]() -> Coroutine<> { co_await queue.join(); });
    CHECK(queue.qsize() == 1);
}

TEST_CASE("A cancellation carries its message through the tasks it passes") {
    CHECK(cancelled_at([]() -> Coroutine<> { co_await sleep(10s); }) == "CancelledError: stop");
    CHECK(cancelled_at([]() -> Coroutine<> {
              auto inner = []() -> Coroutine<> { co_await create_task([]() -> Coroutine<> { co_await sleep(10s); }); };
              co_await create_task(inner);
          }) == "CancelledError: stop");
    CHECK(cancelled_at([]() -> Coroutine<> { co_await get_running_loop().create_future<>(); }) ==
          "CancelledError: stop");
}

TEST_CASE("A task that was cancelled before its first step never runs its body") {
    run_virtual([]() -> Coroutine<> {
        bool ran = false;
        auto task = create_task([&]() -> Coroutine<> {
            ran = true;
            co_return;
        });
        task.cancel("early");
        CHECK_FALSE(task.done());
        const auto result = co_await as_result(task);
        CHECK(to_string(result.exception()) == "CancelledError: early");
        CHECK_FALSE(ran);
    });
}

TEST_CASE("Each cancel() counts, each uncancel() takes one back, and never below none") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task([]() -> Coroutine<> { co_await sleep(1s); });
        CHECK(task.uncancel() == 0);
        task.cancel();
        task.cancel();
        CHECK(task.cancelling() == 2);
        CHECK(task.uncancel() == 1);
        CHECK(task.uncancel() == 0);
        CHECK(task.uncancel() == 0);
        CHECK(task.cancelling() == 0);
        co_await task;  // the cancellation was taken back before it was thrown
    });
}

TEST_CASE("A task may swallow its cancellation and go on") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task([]() -> Coroutine<int> {
            try {
                co_await sleep(10s);
            } catch (const CancelledError&) {
            }
            co_await sleep(1s);
            co_return current_task()->cancelling();
        });
        co_await sleep(0s);
        task.cancel();
        CHECK((co_await task) == 1);
        CHECK_FALSE(task.cancelled());
        CHECK(task.cancelling() == 1);
    });
}

TEST_CASE("A task that raises another error while being cancelled has failed") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task([]() -> Coroutine<> {
            try {
                co_await sleep(10s);
            } catch (const CancelledError&) {
                throw ValueError("cleaning up");
            }
        });
        co_await sleep(0s);
        task.cancel();
        const auto result = co_await as_result(task);
        CHECK(to_string(result.exception()) == "ValueError: cleaning up");
        CHECK_FALSE(task.cancelled());
    });
}

TEST_CASE("A CancelledError that a task throws itself cancels it") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task([]() -> Coroutine<> {
            throw CancelledError("own wish");
            co_return;
        });
        const auto result = co_await as_result(task);
        CHECK(task.cancelled());
        CHECK(task.cancelling() == 0);
        CHECK(to_string(result.exception()) == "CancelledError: own wish");
    });
}

TEST_CASE("catch (const std::exception&) lets a cancellation pass") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task([]() -> Coroutine<> {
            try {
                co_await sleep(10s);
            } catch (const std::exception&) {
                FAIL("a cancellation is not an error");
            }
        });
        co_await sleep(0s);
        task.cancel();
        co_await as_result(task);
        CHECK(task.cancelled());
    });
}

TEST_CASE("A guard's destructor runs when its task is cancelled") {
    run_virtual([]() -> Coroutine<> {
        Lock lock;
        auto task = create_task([&]() -> Coroutine<> {
            auto guard = co_await lock.scoped();
            co_await sleep(10s);
        });
        co_await sleep(0s);
        CHECK(lock.locked());
        task.cancel();
        co_await as_result(task);
        CHECK_FALSE(lock.locked());
    });
}

TEST_CASE("as_result gives a cancellation of the awaiting task as a result") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              auto body = [&]() -> Coroutine<> {
                  const auto slept = co_await as_result(sleep(10s));
                  log("{}", to_string(slept.exception()));
                  co_await sleep(1s);
                  log("cleaned up");
              };
              auto task = create_task(body);
              co_await sleep(0s);
              task.cancel("bye");
              co_await task;
          }) == "#3 CancelledError: bye\n#5 t=1 cleaned up\n");
}

TEST_CASE("A cancelled future that a task awaits throws there, without the task's being cancelled") {
    run_virtual([]() -> Coroutine<> {
        auto future = get_running_loop().create_future<>();
        auto task = create_task([&]() -> Coroutine<> { co_await future; });
        co_await sleep(0s);
        future.cancel("the future's");
        const auto result = co_await as_result(task);
        CHECK(to_string(result.exception()) == "CancelledError: the future's");
        CHECK(task.cancelling() == 0);
        CHECK(task.cancelled());
    });
}

TEST_CASE("A cancellation that comes with the result is not lost, and is thrown once") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              auto future = get_running_loop().create_future<>();
              auto body = [&]() -> Coroutine<> {
                  const auto first = co_await as_result(future);
                  log("{}", to_string(first.exception()));
                  co_await sleep(1s);
                  log("no second one");
              };
              auto task = create_task(body);
              co_await sleep(0s);
              future.set_result();
              task.cancel();
              co_await task;
          }) == "#3 CancelledError\n#5 t=1 no second one\n");
}

TEST_CASE("A long chain of tasks is cancelled from its end") {
    run_virtual([]() -> Coroutine<> {
        constexpr int length = 500;
        std::function<Coroutine<>(int)> link = [&](int n) -> Coroutine<> {
            if (n == 0) {
                co_await sleep(10s);
                co_return;
            }
            co_await create_task(link(n - 1));
        };
        auto task = create_task(link(length));
        for (int i = 0; i <= length; ++i) co_await sleep(0s);
        task.cancel();
        EventLoop& loop = get_running_loop();
        const auto turn = loop.iteration();
        co_await as_result(task);
        CHECK(task.cancelled());
        CHECK(loop.iteration() - turn == length + 2);
    });
}

TEST_CASE("A chain of 100,000 tasks that await each other is cancelled without a deep stack") {
    run_virtual([]() -> Coroutine<> {
        constexpr std::size_t length = 100'000;
        std::vector<Task<>> chain;
        const auto link = [&](std::size_t i) -> Coroutine<> {
            if (i == 0) co_await sleep(1h);
            if (i > 0) co_await chain[i - 1];
        };
        for (std::size_t i = 0; i < length; ++i) chain.push_back(create_task(link(i)));
        co_await sleep(1s);
        CHECK(chain.back().cancel("all"));
        CHECK(chain.front().cancelling() == 1);
        const auto end = co_await as_result(chain.back());
        CHECK(to_string(end.exception()) == "CancelledError: all");
        CHECK(chain.front().cancelled());
    });
}
