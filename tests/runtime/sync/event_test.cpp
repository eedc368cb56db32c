// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::run_virtual;

TEST_CASE("An event that is set lets pass without a turn") {
    run_virtual([]() -> Coroutine<> {
        Event event;
        CHECK_FALSE(event.is_set());
        event.set();
        event.set();
        CHECK(event.is_set());
        const auto turn = get_running_loop().iteration();
        const bool passed = co_await event.wait();
        CHECK(passed);
        CHECK(get_running_loop().iteration() == turn);
        event.clear();
        CHECK_FALSE(event.is_set());
    });
}

TEST_CASE("set() wakes all that wait, in order, even if clear() follows at once") {
    run_virtual([]() -> Coroutine<> {
        Event event;
        std::string woken;
        auto work = [&](char name) -> Coroutine<> {
            co_await event.wait();
            woken += name;
        };
        auto a = create_task(work('a'));
        auto b = create_task(work('b'));
        co_await sleep(0s);
        event.set();
        event.clear();
        co_await gather(a, b);
        CHECK(woken == "ab");
    });
}

TEST_CASE("A waiter that is cancelled is not woken, and the others are") {
    run_virtual([]() -> Coroutine<> {
        Event event;
        auto work = [&]() -> Coroutine<> { co_await event.wait(); };
        auto a = create_task(work);
        auto b = create_task(work);
        co_await sleep(0s);
        a.cancel();
        event.set();
        co_await b;
        CHECK(a.cancelled());
    });
}

TEST_CASE("One may wait for an event with a limit") {
    run_virtual([]() -> Coroutine<> {
        Event event;
        const auto late = co_await as_result(wait_for(event.wait(), 1s));
        CHECK_THAT(to_string(late.exception()), Catch::StartsWith("TimeoutError"));
        event.set();
        const bool in_time = co_await wait_for(event.wait(), 1s);
        CHECK(in_time);
    });
}
