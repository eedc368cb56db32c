// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using asyncio::Coroutine;
using asyncio::Future;

TEST_CASE("A future's value in every spelling") {
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        Future<> nothing = loop.create_future<>();
        Future<void> same = loop.create_future<void>();
        auto plain = loop.create_future();
        nothing.set_result();
        same.set_result();
        plain.set_result();
        co_await nothing;
        co_await same;
        co_await plain;
        nothing.result();

        Future<int> number = loop.create_future<int>();
        number.set_result(5);
        const int five = co_await number;
        CHECK(five == 5);
        CHECK(number.result() == 5);
        auto text = loop.create_future<std::string>();
        text.set_result("abc");
        CHECK(text.result() == "abc");
        auto list = loop.create_future<std::vector<int>>();
        list.set_result({1, 2, 3});
        CHECK(list.result().size() == 3);
        auto pair = loop.create_future<std::pair<int, std::string>>();
        pair.set_result({1, "one"});
        CHECK(pair.result().second == "one");
        auto owned = loop.create_future<std::unique_ptr<int>>();
        owned.set_result(std::make_unique<int>(3));
        const auto three = co_await owned;
        CHECK(*three == 3);
        auto widened = loop.create_future<double>();
        widened.set_result(2);
        CHECK(widened.result() == 2.0);
        auto optional = loop.create_future<std::optional<int>>();
        optional.set_result(std::nullopt);
        CHECK_FALSE(optional.result().has_value());
        int target = 1;
        auto reference = loop.create_future<int&>();
        reference.set_result(target);
        reference.result() = 2;
        CHECK(target == 2);
        auto constant = loop.create_future<std::string>();
        const std::string value = "const";
        constant.set_result(value);
        CHECK(constant.result() == value);
    });
}

TEST_CASE("A future's errors") {
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        auto future = loop.create_future<int>();
        CHECK_THROWS_WITH(future.result(), "Result is not set.");
        CHECK_THROWS_WITH(future.exception(), "Exception is not set.");
        future.set_exception(asyncio::ValueError("bad"));
        CHECK_THROWS_AS(future.set_result(1), asyncio::InvalidStateError);
        CHECK_THROWS_WITH(future.set_exception(asyncio::ValueError("x")), "invalid state");
        CHECK(asyncio::to_string(future.exception()) == "ValueError: bad");
        CHECK_THROWS_AS(future.result(), asyncio::ValueError);
        auto other = loop.create_future<>();
        other.set_exception(std::make_exception_ptr(std::runtime_error("std")));
        auto result = co_await asyncio::as_result(other);
        CHECK(asyncio::to_string(result.exception()) == "std::runtime_error: std");
        auto cancelled = loop.create_future<int>();
        CHECK(cancelled.cancel());
        CHECK(cancelled.cancelled());
        CHECK(cancelled.done());
        CHECK_FALSE(cancelled.cancel("late"));
    });
}

TEST_CASE("Done callbacks") {
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        auto future = loop.create_future<int>();
        std::string calls;
        future.add_done_callback([&](Future<int> f) { calls += "a" + std::to_string(f.result()); });
        const auto removed = future.add_done_callback([&](const Future<int>&) { calls += "b"; });
        future.add_done_callback([&](asyncio::AnyFuture f) { calls += f.done() ? "c" : "?"; });
        future.add_done_callback([&](auto&& f) { calls += f.done() ? "d" : "?"; });
        CHECK(future.remove_done_callback(removed) == 1);
        CHECK(future.remove_done_callback(removed) == 0);
        future.set_result(1);
        CHECK(calls.empty());
        co_await asyncio::sleep(0s);
        CHECK(calls == "a1cd");
        future.add_done_callback([&](const Future<int>&) { calls += "e"; });
        co_await asyncio::sleep(0s);
        CHECK(calls == "a1cde");
        auto copy = future;
        CHECK(copy == future);
        CHECK(copy.id() == future.id());
        CHECK(&copy.get_loop() == &loop);
        auto task = asyncio::create_task([]() -> Coroutine<int> { co_return 2; });
        int two = 0;
        task.add_done_callback([&](asyncio::Task<int> t) { two += t.result(); });
        task.add_done_callback([&](Future<int> f) { two += f.result(); });
        task.add_done_callback([&](const auto& t) { two += t.get_name().empty() ? 0 : 1; });
        co_await task;
        co_await asyncio::sleep(0s);
        CHECK(two == 5);
    });
}
