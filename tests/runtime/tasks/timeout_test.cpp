// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {

Coroutine<int> after(std::chrono::seconds delay, int value) {
    co_await sleep(delay);
    co_return value;
}

TimePoint now() {
    return get_running_loop().time();
}

}  // namespace

TEST_CASE("A timeout gives its body's result, void or not") {
    run_virtual([]() -> Coroutine<> {
        const int value = co_await timeout(2s, []() -> Coroutine<int> { co_return co_await after(1s, 5); });
        CHECK(value == 5);
        co_await timeout(1s, []() -> Coroutine<> { co_return; });
        co_await timeout(std::nullopt, []() -> Coroutine<> { co_await sleep(1000h); });
        const auto pointer =
            co_await timeout(1s, []() -> Coroutine<std::unique_ptr<int>> { co_return std::make_unique<int>(1); });
        CHECK(*pointer == 1);
    });
}

TEST_CASE("A timeout that is over throws TimeoutError at its moment, without a text") {
    run_virtual([]() -> Coroutine<> {
        const auto result = co_await as_result(timeout(1s, []() -> Coroutine<> { co_await sleep(2s); }));
        CHECK(to_string(result.exception()) == "TimeoutError");
        CHECK(now().time_since_epoch() == 1s);
        CHECK(current_task()->cancelling() == 0);
        co_await sleep(0s);  // nothing is left to be thrown
    });
}

TEST_CASE("timeout_at takes a moment") {
    run_virtual([]() -> Coroutine<> {
        const auto when = now() + 3s;
        const auto body = [&](Timeout& cm) -> Coroutine<> {
            CHECK(cm.when() == when);
            CHECK_FALSE(cm.expired());
            co_await sleep(10s);
        };
        const auto result = co_await as_result(timeout_at(when, body));
        CHECK(to_string(result.exception()) == "TimeoutError");
        CHECK(now() == when);
    });
}

TEST_CASE("A timeout's body may move its moment, until it has expired") {
    run_virtual([]() -> Coroutine<> {
        co_await timeout(1s, [](Timeout& cm) -> Coroutine<> {
            cm.reschedule(now() + 5s);
            co_await sleep(4s);
            cm.reschedule(std::nullopt);
            CHECK(cm.when() == std::nullopt);
            co_await sleep(100s);
        });
        const auto body = [](Timeout& cm) -> Coroutine<> {
            const auto slept = co_await as_result(sleep(10s));
            CHECK(cm.expired());
            CHECK(thrown_by([&] { cm.reschedule(now() + 1s); }) ==
                  "RuntimeError: Cannot change state of expiring Timeout");
            std::rethrow_exception(slept.exception());
        };
        const auto late = co_await as_result(timeout(1s, body));
        CHECK(to_string(late.exception()) == "TimeoutError");
    });
}

TEST_CASE("An error of the body goes through a timeout, expired or not") {
    run_virtual([]() -> Coroutine<> {
        const auto failing = []() -> Coroutine<> {
            throw ValueError("the body's");
            co_return;
        };
        const auto early = co_await as_result(timeout(1s, failing));
        CHECK(to_string(early.exception()) == "ValueError: the body's");
        const auto failing_late = []() -> Coroutine<> {
            co_await as_result(sleep(10s));
            throw ValueError("cleaning up");
        };
        const auto late = co_await as_result(timeout(1s, failing_late));
        CHECK(to_string(late.exception()) == "ValueError: cleaning up");
        CHECK(current_task()->cancelling() == 0);
    });
}

TEST_CASE("A body that swallows the expiry gives its result") {
    run_virtual([]() -> Coroutine<> {
        const auto body = []() -> Coroutine<int> {
            co_await as_result(sleep(10s));
            co_return 3;
        };
        const int value = co_await timeout(1s, body);
        CHECK(value == 3);
        CHECK(current_task()->cancelling() == 0);
    });
}

TEST_CASE("A timer of a timeout that was not needed is taken away") {
    run_virtual([]() -> Coroutine<> {
        co_await timeout(1s, []() -> Coroutine<> { co_return; });
        co_await wait_for(sleep(0s), 5s);
        co_await sleep(10s);
        CHECK(current_task()->cancelling() == 0);
        CHECK(now().time_since_epoch() == 10s);
    });
}

TEST_CASE("wait_for gives the result, in the caller's own task") {
    run_virtual([]() -> Coroutine<> {
        current_task()->set_name("caller");
        const std::string name = co_await wait_for(
            []() -> Coroutine<std::string> {
                co_await sleep(1s);
                co_return current_task()->get_name();
            },
            2s);
        CHECK(name == "caller");
    });
}

TEST_CASE("wait_for takes a future, a task, a coroutine, an operation, and no limit") {
    run_virtual([]() -> Coroutine<> {
        auto future = get_running_loop().create_future<int>();
        get_running_loop().call_later(1s, [&] { future.set_result(1); });
        CHECK((co_await wait_for(future, 5s)) == 1);
        CHECK((co_await wait_for(create_task(after(1s, 2)), 5s)) == 2);
        CHECK((co_await wait_for(after(1s, 3), 5s)) == 3);
        CHECK((co_await wait_for(sleep(1s, 4), 5s)) == 4);
        CHECK((co_await wait_for(after(1s, 5), std::nullopt)) == 5);
        CHECK((co_await wait_for(after(1s, 6), std::optional<std::chrono::seconds>())) == 6);
        CHECK((co_await wait_for(after(1s, 7), std::optional<std::chrono::seconds>(2s))) == 7);
    });
}

TEST_CASE("wait_for cancels what is late: a task, a future, a coroutine") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task(after(10s, 1));
        const auto of_task = co_await as_result(wait_for(task, 1s));
        CHECK(to_string(of_task.exception()) == "TimeoutError");
        CHECK(task.cancelled());
        auto future = get_running_loop().create_future<int>();
        const auto of_future = co_await as_result(wait_for(future, 1s));
        CHECK(to_string(of_future.exception()) == "TimeoutError");
        CHECK(future.cancelled());
        const auto of_coroutine = co_await as_result(wait_for(after(10s, 1), 1s));
        CHECK(to_string(of_coroutine.exception()) == "TimeoutError");
        CHECK(now().time_since_epoch() == 3s);
    });
}

TEST_CASE("wait_for with no time left takes only what is done") {
    run_virtual([]() -> Coroutine<> {
        auto done = get_running_loop().create_future<int>();
        done.set_result(5);
        CHECK((co_await wait_for(done, 0s)) == 5);
        auto pending = get_running_loop().create_future<int>();
        const auto late = co_await as_result(wait_for(pending, 0s));
        CHECK(to_string(late.exception()) == "TimeoutError");
        CHECK(pending.cancelled());
        const auto negative = co_await as_result(wait_for(after(1s, 1), -1s));
        CHECK(to_string(negative.exception()) == "TimeoutError");
        CHECK(now().time_since_epoch() == 0s);
    });
}

TEST_CASE("A wait_for whose task will not end at once waits for it") {
    run_virtual([]() -> Coroutine<> {
        auto stubborn = create_task([]() -> Coroutine<int> {
            co_await as_result(sleep(10s));
            co_await sleep(5s);
            co_return 9;
        });
        co_await sleep(0s);
        // It gives a result in the end: then there is no timeout.
        const auto result = co_await as_result(wait_for(stubborn, 1s));
        CHECK(now().time_since_epoch() == 6s);
        CHECK(result.ok());
        CHECK(stubborn.result() == 9);
    });
}
