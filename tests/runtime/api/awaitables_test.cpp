// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <unordered_set>

#include "tests/support/virtually.hpp"

using namespace std::chrono_literals;
using asyncio::AnyFuture;
using asyncio::AnyTask;
using asyncio::Coroutine;
using asyncio::Future;
using asyncio::Task;
using awaitscope::test::virtually;

namespace {

Coroutine<int> give(int value) {
    co_await asyncio::sleep(0s);
    co_return value;
}
Coroutine<> work() {
    co_await asyncio::sleep(1s);
}
Coroutine<int> fail() {
    co_await asyncio::sleep(0s);
    throw asyncio::ValueError("failed");
}

}  // namespace

TEST_CASE("sleep takes any duration, and gives its result") {
    virtually([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        const auto begin = loop.time();
        co_await asyncio::sleep(1s);
        co_await asyncio::sleep(500ms);
        co_await asyncio::sleep(std::chrono::duration<double>(0.25));
        co_await asyncio::sleep(0.25s);
        co_await asyncio::sleep(std::chrono::seconds::zero());
        co_await asyncio::sleep(-1s);
        const int five = co_await asyncio::sleep(1us, 5);
        const std::string text = co_await asyncio::sleep(1ns, std::string("text"));
        CHECK(five == 5);
        CHECK(text == "text");
        CHECK(loop.time() - begin == 2s + 1001ns);
        auto later = asyncio::sleep(1s);
        co_await std::move(later);
        Coroutine<> coroutine = asyncio::sleep(1s);
        co_await std::move(coroutine);
    });
}

TEST_CASE("shield keeps what is inside from being cancelled") {
    virtually([]() -> Coroutine<> {
        auto inner = asyncio::create_task(give(4));
        auto outer = asyncio::shield(inner);
        outer.cancel();
        auto result = co_await asyncio::as_result(outer);
        CHECK_FALSE(result.ok());
        const int four = co_await inner;
        CHECK(four == 4);
        const int five = co_await asyncio::shield(give(5));
        const int six = co_await asyncio::shield([]() -> Coroutine<int> { co_return 6; });
        CHECK(five + six == 11);
    });
}

TEST_CASE("as_result of everything") {
    virtually([]() -> Coroutine<> {
        auto of_coroutine = co_await asyncio::as_result(give(1));
        CHECK(of_coroutine.ok());
        CHECK(of_coroutine.value() == 1);
        CHECK(of_coroutine.exception() == nullptr);
        asyncio::Result<int> of_error = co_await asyncio::as_result(fail());
        CHECK_FALSE(of_error.ok());
        CHECK_THROWS_AS(of_error.value(), asyncio::ValueError);
        auto task = asyncio::create_task(give(2));
        auto of_task = co_await asyncio::as_result(task);
        auto again = co_await asyncio::as_result(std::move(task));
        CHECK(of_task.value() + again.value() == 4);
        auto future = asyncio::get_running_loop().create_future<std::string>();
        future.set_result("abc");
        auto of_future = co_await asyncio::as_result(future);
        CHECK(of_future.value() == "abc");
        auto of_function = co_await asyncio::as_result([]() -> Coroutine<int> { co_return 3; });
        CHECK(of_function.value() == 3);
        asyncio::Result<void> of_sleep = co_await asyncio::as_result(asyncio::sleep(0s));
        CHECK(of_sleep.ok());
        asyncio::Queue<int> queue;
        queue.put_nowait(4);
        auto of_get = co_await asyncio::as_result(queue.get());
        CHECK(of_get.value() == 4);
        asyncio::Lock lock;
        auto of_acquire = co_await asyncio::as_result(lock.acquire());
        CHECK(of_acquire.value());
        lock.release();
        {
            auto of_scoped = co_await asyncio::as_result(lock.scoped());
            CHECK(of_scoped.ok());
            CHECK(lock.locked());
        }
        CHECK_FALSE(lock.locked());
        auto of_gather = co_await asyncio::as_result(asyncio::gather(give(1), fail()));
        CHECK_FALSE(of_gather.ok());
        auto of_wait_for = co_await asyncio::as_result(asyncio::wait_for(work(), 10ms));
        CHECK(asyncio::to_string(of_wait_for.exception()) == "TimeoutError");
        auto owned = co_await asyncio::as_result(
            []() -> Coroutine<std::unique_ptr<int>> { co_return std::make_unique<int>(8); });
        const std::unique_ptr<int> eight = std::move(owned).value();
        CHECK(*eight == 8);
    });
}

TEST_CASE("What has an operator co_await can be awaited") {
    struct Wrapped {
        Coroutine<int> operator co_await() const { return give(7); }
    };
    struct OfTask {
        Task<int> task;
        Task<int> operator co_await() const { return task; }
    };
    struct Ready {
        int value;
        bool await_ready() const { return true; }
        void await_suspend(std::coroutine_handle<>) const {}
        int await_resume() const { return value; }
    };
    struct Made {
        Ready operator co_await() const { return Ready{6}; }
    };
    /// A stranger's awaiter: keeps the handle, and somebody resumes it later.
    struct Later {
        bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> handle) {
            asyncio::get_running_loop().call_later(1s, [handle] { handle.resume(); });
        }
        std::string await_resume() { return "later"; }
    };
    struct Refuses {
        bool await_ready() const { return false; }
        bool await_suspend(std::coroutine_handle<>) const { return false; }
        int await_resume() const { return 3; }
    };
    virtually([]() -> Coroutine<> {
        const int seven = co_await Wrapped{};
        const OfTask of_task{asyncio::create_task(give(8))};
        const int again = co_await of_task;
        const int nine = co_await Ready{9};
        const int six = co_await Made{};
        CHECK(seven + again + nine + six == 30);
        Ready ready{5};
        const int five = co_await ready;
        CHECK(five == 5);
        const std::string later = co_await Later{};
        CHECK(later == "later");
        CHECK(asyncio::get_running_loop().time().time_since_epoch() == 1s);
        const int three = co_await Refuses{};
        CHECK(three == 3);
        auto cancelled = asyncio::create_task([]() -> Coroutine<> { co_await Later{}; });
        co_await asyncio::sleep(0s);
        cancelled.cancel();
        auto result = co_await asyncio::as_result(cancelled);
        CHECK(cancelled.cancelled());
        co_await asyncio::sleep(2s);  // the handle is resumed when nobody waits any more
        co_await std::suspend_never{};
    });
}
