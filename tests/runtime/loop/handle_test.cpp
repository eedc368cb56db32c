// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <memory>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::run_virtual;

TEST_CASE("A cancelled handle does not run") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        int ran = 0;
        auto soon = loop.call_soon([&] { ++ran; });
        auto later = loop.call_later(1s, [&] { ++ran; });
        CHECK_FALSE(soon.cancelled());
        soon.cancel();
        later.cancel();
        CHECK(soon.cancelled());
        CHECK(later.cancelled());
        soon.cancel();
        later.cancel();
        co_await sleep(2s);
        CHECK(ran == 0);
    });
}

TEST_CASE("A cancelled handle lets go of what its callback holds at once") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto held = std::make_shared<int>(0);
        auto soon = loop.call_soon([held] {});
        auto later = loop.call_later(1s, [held] {});
        CHECK(held.use_count() == 3);
        soon.cancel();
        CHECK(held.use_count() == 2);
        later.cancel();
        CHECK(held.use_count() == 1);
        co_return;
    });
}

TEST_CASE("A handle that has run lets go of what its callback held") {
    run_virtual([]() -> Coroutine<> {
        const auto held = std::make_shared<int>(0);
        auto handle = get_running_loop().call_soon([held] {});
        co_await sleep(0s);
        CHECK(held.use_count() == 1);
        CHECK_FALSE(handle.cancelled());
    });
}

TEST_CASE("A callback may cancel its own handle and go on") {
    run_virtual([]() -> Coroutine<> {
        Handle handle;
        int seen = 0;
        const auto held = std::make_shared<int>(7);
        handle = get_running_loop().call_soon([&seen, &handle, held] {
            handle.cancel();
            seen = *held;
        });
        co_await sleep(0s);
        CHECK(seen == 7);
        CHECK(held.use_count() == 1);
    });
}

TEST_CASE("A callback may cancel one that stands behind it in the same turn") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        bool ran = false;
        Handle second;
        loop.call_soon([&] { second.cancel(); });
        second = loop.call_soon([&] { ran = true; });
        co_await sleep(0s);
        CHECK_FALSE(ran);
    });
}

TEST_CASE("A timer that is due may still be cancelled by a callback of the same turn") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        bool ran = false;
        TimerHandle second;
        loop.call_later(1s, [&] { second.cancel(); });
        second = loop.call_later(1s, [&] { ran = true; });
        co_await sleep(2s);
        CHECK_FALSE(ran);
    });
}

TEST_CASE("A timer handle knows when") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto handle = loop.call_later(1500ms, [] {});
        CHECK(handle.when() == loop.time() + 1500ms);
        handle.cancel();
        CHECK(TimerHandle().when() == TimePoint{});
        co_return;
    });
}

TEST_CASE("A handle may outlive its loop, and be cancelled then") {
    auto loop = new_event_loop();
    const auto held = std::make_shared<int>(0);
    auto soon = loop->call_soon([held] {});
    auto later = loop->call_later(1s, [held] {});
    auto threadsafe = loop->call_soon_threadsafe([held] {});
    loop.reset();
    soon.cancel();
    later.cancel();
    threadsafe.cancel();
    CHECK(soon.cancelled());
    CHECK(later.cancelled());
    CHECK(held.use_count() == 1);
}

TEST_CASE("An empty handle does nothing") {
    Handle none;
    none.cancel();
    CHECK_FALSE(none.cancelled());
}
