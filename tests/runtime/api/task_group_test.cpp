// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

#include "tests/support/virtually.hpp"

using namespace std::chrono_literals;
using asyncio::Coroutine;
using awaitscope::test::virtually;

namespace {
Coroutine<int> give(int value) {
    co_await asyncio::sleep(1s);
    co_return value;
}
Coroutine<> fail(std::string text) {
    throw asyncio::ValueError(text);
    co_return;
}
}  // namespace

TEST_CASE("task_group gives the body's result") {
    virtually([]() -> Coroutine<> {
        std::vector<asyncio::Task<int>> tasks;
        co_await asyncio::task_group([&](asyncio::TaskGroup& tg) -> Coroutine<> {
            tasks.push_back(tg.create_task(give(1)));
            tasks.push_back(tg.create_task(give(2), "second"));
            tasks.push_back(tg.create_task([&]() -> Coroutine<int> { co_return 3; }));
            tg.create_task(asyncio::sleep(1s));
            co_return;
        });
        CHECK(tasks[0].result() + tasks[1].result() + tasks[2].result() == 6);
        CHECK(tasks[1].get_name() == "second");
        const int value = co_await asyncio::task_group([](asyncio::TaskGroup& tg) -> Coroutine<int> {
            auto task = tg.create_task(give(5));
            const int result = co_await task;
            co_return result;
        });
        CHECK(value == 5);
        const auto body = [](asyncio::TaskGroup& tg) -> Coroutine<std::string> {
            tg.create_task(give(1));
            co_return "done";
        };
        const std::string text = co_await asyncio::task_group(body);
        CHECK(text == "done");
    });
}

TEST_CASE("task_group throws an ExceptionGroup") {
    virtually([]() -> Coroutine<> {
        std::string text;
        std::size_t count = 0;
        try {
            co_await asyncio::task_group([&](asyncio::TaskGroup& tg) -> Coroutine<> {
                tg.create_task(fail("a"));
                tg.create_task(fail("b"));
                co_await asyncio::sleep(1h);
            });
        } catch (const asyncio::ExceptionGroup& group) {
            text = group.message();
            count = group.exceptions().size();
        }
        CHECK(text == "unhandled errors in a TaskGroup");
        CHECK(count == 2);
        auto result = co_await asyncio::as_result(asyncio::task_group([](asyncio::TaskGroup&) -> Coroutine<int> {
            throw asyncio::ValueError("body");
            co_return 0;
        }));
        CHECK(asyncio::to_string(result.exception()) ==
              "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)");
    });
}
