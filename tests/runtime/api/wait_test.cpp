// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

#include "tests/support/virtually.hpp"

using namespace std::chrono_literals;
using asyncio::Coroutine;
using asyncio::Task;
using awaitscope::test::virtually;

namespace {

Coroutine<int> after(std::chrono::seconds delay, int value) {
    co_await asyncio::sleep(delay);
    co_return value;
}
Coroutine<int> fail_after(std::chrono::seconds delay) {
    co_await asyncio::sleep(delay);
    throw asyncio::RuntimeError("failed");
}
std::vector<Task<int>> three() {
    return {asyncio::create_task(after(1s, 1)), asyncio::create_task(after(2s, 2)), asyncio::create_task(after(3s, 3))};
}

}  // namespace

TEST_CASE("wait in all its forms") {
    virtually([]() -> Coroutine<> {
        auto tasks = three();
        auto [done, pending] = co_await asyncio::wait(tasks, {.timeout = 1s, .return_when = asyncio::FIRST_COMPLETED});
        CHECK(done.size() + pending.size() == 3);
        auto first = co_await asyncio::wait(tasks, {.return_when = asyncio::FIRST_COMPLETED});
        CHECK(first.done.size() == 1);
        CHECK(first.pending.size() == 2);
        auto timed = co_await asyncio::wait(tasks, {.timeout = 0.5s});
        CHECK(timed.done.size() == 1);
        auto all = co_await asyncio::wait(std::move(tasks), {.timeout = std::nullopt});
        CHECK(all.done.size() == 3);
        CHECK(all.pending.empty());
        auto fresh = three();
        fresh.push_back(asyncio::create_task(fail_after(2s)));
        auto failed = co_await asyncio::wait(fresh, {.return_when = asyncio::FIRST_EXCEPTION});
        CHECK(failed.pending.size() == 1);
        CHECK(asyncio::to_string(failed.done.back().exception()) == "RuntimeError: failed");
        auto rest = co_await asyncio::wait(fresh, {.return_when = asyncio::ALL_COMPLETED});
        CHECK(rest.done.size() == 4);
        asyncio::WaitOptions options{.timeout = 10ms};
        auto quick = co_await asyncio::wait(three(), options);
        CHECK(quick.pending.size() == 3);
        for (auto& task : quick.pending) task.cancel();
    });
}

TEST_CASE("wait for tasks of several types, and futures") {
    virtually([]() -> Coroutine<> {
        auto number = asyncio::create_task(after(1s, 1));
        auto text = asyncio::create_task(asyncio::sleep(2s, std::string("x")));
        std::vector<asyncio::AnyFuture> mixed{number, text};
        auto any = co_await asyncio::wait(mixed);
        CHECK(any.done.size() == 2);
        std::vector<asyncio::AnyTask> tasks{number, text};
        auto erased = co_await asyncio::wait(tasks);
        CHECK(erased.done.front().get_coro_name() == "after");
        auto future = asyncio::get_running_loop().create_future<int>();
        future.set_result(1);
        std::vector<asyncio::Future<int>> futures{future, number};
        auto of_futures = co_await asyncio::wait(futures);
        CHECK(of_futures.done.size() == 2);
        CHECK(of_futures.done[0].result() == 1);
        std::string error;
        try {
            co_await asyncio::wait(std::vector<Task<int>>{});
        } catch (const asyncio::ValueError& e) {
            error = e.what();
        }
        CHECK(error == "Set of Tasks/Futures is empty.");
    });
}

TEST_CASE("as_completed gives results as they come") {
    virtually([]() -> Coroutine<> {
        std::vector<Coroutine<int>> coroutines;
        coroutines.push_back(after(3s, 3));
        coroutines.push_back(after(1s, 1));
        coroutines.push_back(after(2s, 2));
        std::vector<int> order;
        for (auto next : asyncio::as_completed(std::move(coroutines))) {
            auto value = co_await next;
            order.push_back(value);
        }
        CHECK(order == std::vector<int>{1, 2, 3});
        int late = 0;
        for (auto next : asyncio::as_completed(three(), 1500ms)) {
            auto result = co_await asyncio::as_result(next);
            late += !result.ok();
        }
        CHECK(late == 2);
        int count = 0;
        for (auto next : asyncio::as_completed(three(), std::nullopt)) count += co_await next;
        for (auto&& next : asyncio::as_completed(three(), std::optional<std::chrono::seconds>(5s)))
            count += co_await next;
        CHECK(count == 12);
        auto tasks = three();
        for (const auto& next : asyncio::as_completed(tasks)) co_await next;
    });
}
