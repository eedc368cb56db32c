// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

#include "tests/support/virtually.hpp"

using namespace std::chrono_literals;
using asyncio::Coroutine;
using awaitscope::test::virtually;

namespace {

Coroutine<int> give(int value) {
    co_await asyncio::sleep(1s * value);
    co_return value;
}
Coroutine<> nothing() {
    co_return;
}
Coroutine<int> fail(std::string text) {
    throw asyncio::ValueError(text);
    co_return 0;
}

}  // namespace

TEST_CASE("gather gives a tuple, of whatever was awaited") {
    virtually([]() -> Coroutine<> {
        auto [one, none, text] = co_await asyncio::gather(give(1), nothing(), asyncio::sleep(0s, std::string("text")));
        static_assert(std::is_same_v<decltype(none), std::monostate>);
        CHECK(one == 1);
        CHECK(text == "text");

        auto task = asyncio::create_task(give(2));
        auto future = asyncio::get_running_loop().create_future<double>();
        future.set_result(0.5);
        std::tuple<int, double, int> mixed =
            co_await asyncio::gather(task, future, []() -> Coroutine<int> { co_return 3; });
        CHECK(mixed == std::tuple(2, 0.5, 3));

        const auto function = []() -> Coroutine<int> { co_return 4; };
        auto [four, five] = co_await asyncio::gather(function, [&]() -> Coroutine<int> { co_return 5; });
        CHECK(four + five == 9);
        co_await asyncio::gather();
        auto [single] = co_await asyncio::gather(give(1));
        CHECK(single == 1);
        auto coroutine = give(1);
        auto [moved] = co_await asyncio::gather(std::move(coroutine));
        CHECK(moved == 1);
    });
}

TEST_CASE("gather of a vector gives a vector") {
    virtually([]() -> Coroutine<> {
        std::vector<Coroutine<int>> coroutines;
        for (int i = 3; i > 0; --i) coroutines.push_back(give(i));
        std::vector<int> values = co_await asyncio::gather(std::move(coroutines));
        CHECK(values == std::vector<int>{3, 2, 1});
        std::vector<asyncio::Task<int>> tasks{asyncio::create_task(give(1)), asyncio::create_task(give(2))};
        auto of_tasks = co_await asyncio::gather(tasks);
        CHECK(of_tasks == std::vector<int>{1, 2});
        std::vector<asyncio::Task<>> voids{asyncio::create_task(nothing())};
        std::vector<std::monostate> none = co_await asyncio::gather(voids);
        CHECK(none.size() == 1);
        std::vector<std::function<Coroutine<int>()>> functions{[] { return give(1); }, [] { return give(2); }};
        auto called = co_await asyncio::gather(functions);
        CHECK(called == std::vector<int>{1, 2});
        auto empty = co_await asyncio::gather(std::vector<Coroutine<int>>{});
        CHECK(empty.empty());
    });
}

TEST_CASE("gather with return_exceptions gives results") {
    virtually([]() -> Coroutine<> {
        auto [good, bad, none] = co_await asyncio::gather(asyncio::return_exceptions, give(1), fail("x"), nothing());
        CHECK(good.ok());
        CHECK(good.value() == 1);
        CHECK_FALSE(bad.ok());
        CHECK(asyncio::to_string(bad.exception()) == "ValueError: x");
        CHECK(none.ok());
        std::vector<Coroutine<int>> coroutines;
        coroutines.push_back(fail("y"));
        coroutines.push_back(give(2));
        std::vector<asyncio::Result<int>> results =
            co_await asyncio::gather(asyncio::return_exceptions, std::move(coroutines));
        CHECK_FALSE(results[0].ok());
        CHECK(results[1].value() == 2);
    });
}

TEST_CASE("A gather is a future") {
    virtually([]() -> Coroutine<> {
        auto all = asyncio::gather(give(10), give(20));
        CHECK_FALSE(all.done());
        asyncio::Future<std::tuple<int, int>> same = all;
        co_await asyncio::sleep(0s);
        CHECK(all.cancel());
        auto result = co_await asyncio::as_result(all);
        CHECK_THROWS_AS(result.value(), asyncio::CancelledError);
        CHECK(all.done());
        std::string error;
        try {
            co_await asyncio::gather(give(1), fail("first"));
        } catch (const asyncio::ValueError& e) {
            error = e.what();
        }
        CHECK(error == "first");
    });
}
