// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::run_virtual;

namespace {

template <class T>
Coroutine<T> after(std::chrono::seconds delay, T value) {
    co_await sleep(delay);
    co_return value;
}

Coroutine<int> fail(std::chrono::seconds delay, std::string text) {
    co_await sleep(delay);
    throw ValueError(text);
}

}  // namespace

TEST_CASE("gather gives the results in the order of its arguments, of any types") {
    run_virtual([]() -> Coroutine<> {
        auto [a, b, c] = co_await gather(after(3s, 1), after(1s, std::string("two")), sleep(2s));
        CHECK(a == 1);
        CHECK(b == "two");
        CHECK(std::is_same_v<decltype(c), std::monostate>);
        CHECK(get_running_loop().time().time_since_epoch() == 3s);
    });
}

TEST_CASE("gather takes tasks, futures, lambdas and functions") {
    run_virtual([]() -> Coroutine<> {
        auto future = get_running_loop().create_future<int>();
        auto task = create_task(after(1s, 2));
        get_running_loop().call_later(2s, [&] { future.set_result(1); });
        auto lambda = []() -> Coroutine<int> { co_return 3; };
        auto [a, b, c] = co_await gather(future, task, lambda);
        CHECK(a == 1);
        CHECK(b == 2);
        CHECK(c == 3);
    });
}

TEST_CASE("gather of a vector gives a vector") {
    run_virtual([]() -> Coroutine<> {
        std::vector<Coroutine<int>> many;
        for (int i = 0; i < 100; ++i) many.push_back(after(std::chrono::seconds(100 - i), i));
        const std::vector<int> results = co_await gather(std::move(many));
        REQUIRE(results.size() == 100);
        for (int i = 0; i < 100; ++i) CHECK(results[static_cast<std::size_t>(i)] == i);
        std::vector<Coroutine<>> nothings;
        nothings.push_back(sleep(1s));
        const std::vector<std::monostate> done = co_await gather(std::move(nothings));
        CHECK(done.size() == 1);
    });
}

TEST_CASE("gather moves results that can only be moved") {
    run_virtual([]() -> Coroutine<> {
        auto make = [](int n) -> Coroutine<std::unique_ptr<int>> { co_return std::make_unique<int>(n); };
        auto [a, b] = co_await gather(make(1), make(2));
        CHECK(*a == 1);
        CHECK(*b == 2);
    });
}

TEST_CASE("The first error ends a gather, and the others run on") {
    const awaitscope::test::CapturedStderr captured;
    run_virtual([]() -> Coroutine<> {
        auto slow = create_task(after(3s, 7));
        const auto result = co_await as_result(gather(fail(1s, "first"), fail(2s, "second"), slow));
        CHECK(to_string(result.exception()) == "ValueError: first");
        CHECK(get_running_loop().time().time_since_epoch() == 1s);
        CHECK_FALSE(slow.done());
        const int value = co_await slow;
        CHECK(value == 7);
    });
    CHECK(captured.text() == "");  // the second error is known to the gather
}

TEST_CASE("return_exceptions makes results of errors and cancellations") {
    run_virtual([]() -> Coroutine<> {
        auto cancelled = create_task(after(10s, 1));
        get_running_loop().call_later(1s, [&] { cancelled.cancel("stop"); });
        auto [good, bad, gone] = co_await gather(return_exceptions, after(2s, 5), fail(1s, "no"), cancelled);
        CHECK(good.ok());
        CHECK(good.value() == 5);
        CHECK(to_string(bad.exception()) == "ValueError: no");
        CHECK(to_string(gone.exception()) == "CancelledError");  // a new one: the message was the task's
        std::vector<Coroutine<int>> many;
        many.push_back(after(1s, 1));
        many.push_back(fail(1s, "x"));
        const std::vector<Result<int>> results = co_await gather(return_exceptions, std::move(many));
        CHECK(results.at(0).value() == 1);
        CHECK_FALSE(results.at(1).ok());
    });
}

TEST_CASE("A gather is a future: it can be cancelled, asked, and given a callback") {
    run_virtual([]() -> Coroutine<> {
        auto child = create_task(after(10s, 1));
        auto all = gather(child, after(20s, 2));
        bool called = false;
        all.add_done_callback([&](const auto& future) { called = future.done(); });
        co_await sleep(0s);
        CHECK_FALSE(all.done());
        CHECK(all.cancel());
        CHECK_FALSE(all.done());  // the children end first
        const auto result = co_await as_result(all);
        CHECK_THAT(to_string(result.exception()), Catch::StartsWith("CancelledError"));
        CHECK(child.cancelled());
        CHECK_FALSE(all.cancel());
        CHECK(called);
    });
}

TEST_CASE("A gather nobody holds goes on") {
    run_virtual([]() -> Coroutine<> {
        int ended = 0;
        auto work = [&]() -> Coroutine<> {
            co_await sleep(1s);
            ++ended;
        };
        [[maybe_unused]] auto dropped = gather(work(), work());
        dropped = {};
        co_await sleep(2s);
        CHECK(ended == 2);
    });
}

TEST_CASE("A gather of plain futures that is dropped lets go of them") {
    run_virtual([]() -> Coroutine<> {
        auto a = get_running_loop().create_future<int>();
        auto b = get_running_loop().create_future<int>();
        { [[maybe_unused]] auto all = gather(a, b); }
        a.set_result(1);
        b.set_result(2);
        co_await sleep(0s);
        CHECK(a.core()->refs() == 1);
        CHECK(b.core()->refs() == 1);
    });
}
