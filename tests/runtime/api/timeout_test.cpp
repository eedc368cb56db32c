// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

#include "tests/support/virtually.hpp"

using namespace std::chrono_literals;
using asyncio::Coroutine;
using awaitscope::test::virtually;

namespace {

Coroutine<int> slow() {
    co_await asyncio::sleep(10s);
    co_return 1;
}

}  // namespace

TEST_CASE("timeout with and without its parameter") {
    virtually([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        bool expired = false;
        try {
            co_await asyncio::timeout(1s, [&]() -> Coroutine<> { co_await slow(); });
        } catch (const asyncio::TimeoutError& e) {
            expired = std::string(e.what()).empty();
        }
        CHECK(expired);
        const int value = co_await asyncio::timeout(1min, [&](asyncio::Timeout& cm) -> Coroutine<int> {
            CHECK(cm.when().has_value());
            CHECK_FALSE(cm.expired());
            cm.reschedule(std::nullopt);
            CHECK_FALSE(cm.when());
            cm.reschedule(loop.time() + 20s);
            const int result = co_await slow();
            cm.reschedule(*cm.when() + 0.5s);
            co_return result;
        });
        CHECK(value == 1);
        const int unlimited = co_await asyncio::timeout(std::nullopt, slow);
        const int maybe = co_await asyncio::timeout(std::optional<std::chrono::seconds>(60s), slow);
        const int never = co_await asyncio::timeout(std::optional<std::chrono::milliseconds>(), slow);
        CHECK(unlimited + maybe + never == 3);
        const int at = co_await asyncio::timeout_at(loop.time() + 1h, slow);
        const int at_half = co_await asyncio::timeout_at(loop.time() + 60.5s, slow);
        const int at_none = co_await asyncio::timeout_at(std::nullopt, slow);
        std::optional<asyncio::TimePoint> when = loop.time() + 15s;
        const int at_optional = co_await asyncio::timeout_at(when, slow);
        CHECK(at + at_half + at_none + at_optional == 4);
        auto late = co_await asyncio::as_result(asyncio::timeout_at(loop.time() - 1s, slow));
        CHECK(asyncio::to_string(late.exception()) == "TimeoutError");
        const std::string text =
            co_await asyncio::timeout(0.5s, [](asyncio::Timeout&) -> Coroutine<std::string> { co_return "text"; });
        CHECK(text == "text");
    });
}

TEST_CASE("wait_for takes every awaitable and every limit") {
    virtually([]() -> Coroutine<> {
        const int of_coroutine = co_await asyncio::wait_for(slow(), 11s);
        const int of_function = co_await asyncio::wait_for(slow, 1min);
        auto task = asyncio::create_task(slow());
        const int of_task = co_await asyncio::wait_for(task, std::nullopt);
        const int of_lambda =
            co_await asyncio::wait_for([]() -> Coroutine<int> { co_return 1; }, std::optional<std::chrono::seconds>());
        const int of_double = co_await asyncio::wait_for(slow(), 10.5s);
        CHECK(of_coroutine + of_function + of_task + of_lambda + of_double == 5);
        asyncio::Event event;
        asyncio::Queue<int> queue;
        asyncio::Lock lock;
        auto of_event = co_await asyncio::as_result(asyncio::wait_for(event.wait(), 1s));
        auto of_queue = co_await asyncio::as_result(asyncio::wait_for(queue.get(), 1s));
        CHECK_FALSE(of_event.ok());
        CHECK_FALSE(of_queue.ok());
        const bool got = co_await asyncio::wait_for(lock.acquire(), 1s);
        CHECK(got);
        auto future = asyncio::get_running_loop().create_future<int>();
        bool timed_out = false;
        try {
            co_await asyncio::wait_for(future, 0.01s);
        } catch (const asyncio::TimeoutError&) {
            timed_out = true;
        }
        CHECK(timed_out);
        CHECK(future.cancelled());
        auto at_once = co_await asyncio::as_result(asyncio::wait_for(slow(), 0s));
        CHECK(asyncio::to_string(at_once.exception()) == "TimeoutError");
    });
}

TEST_CASE("Moments and durations add up") {
    virtually([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        const asyncio::TimePoint begin = loop.time();
        asyncio::TimePoint later = begin + 1s;
        later = begin + 1.5s;
        CHECK(later - begin == 1500ms);
        later += 1s;
        later -= 500ms;
        const asyncio::TimePoint earlier = later - 0.5s;
        CHECK(earlier < later);
        CHECK(0.5s + earlier == later);
        asyncio::TimerHandle timer = loop.call_at(begin + 2.5s, [] {});
        CHECK(timer.when() == begin + 2500ms);
        const std::chrono::duration<double> seconds = timer.when() - begin;
        CHECK(seconds.count() == 2.5);
        timer.cancel();
        co_return;
    });
}
