// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::thrown_by;

// Also the thread sanitizer's.

TEST_CASE("call_soon_threadsafe wakes a loop that waits for nothing") {
    const auto loop = new_event_loop();
    std::thread::id ran_in;
    std::thread other([&] {
        loop->call_soon_threadsafe([&] {
            ran_in = std::this_thread::get_id();
            loop->stop();
        });
    });
    loop->run_forever();
    other.join();
    CHECK(ran_in == std::this_thread::get_id());
}

TEST_CASE("Calls of several threads all arrive, each thread's in its order") {
    constexpr int threads = 4;
    constexpr int calls = 1000;
    const auto loop = new_event_loop();
    std::vector<std::vector<int>> arrived(threads);
    int left = threads * calls;
    std::vector<std::thread> others;
    for (int t = 0; t < threads; ++t)
        others.emplace_back([&, t] {
            for (int i = 0; i < calls; ++i)
                loop->call_soon_threadsafe([&, t, i] {
                    arrived[t].push_back(i);
                    if (--left == 0) loop->stop();
                });
        });
    loop->run_forever();
    for (std::thread& other : others) other.join();
    for (const auto& of_thread : arrived) {
        CHECK(of_thread.size() == calls);
        CHECK(std::is_sorted(of_thread.begin(), of_thread.end()));
    }
}

TEST_CASE("A thread may post while the loop is being closed") {
    const auto loop = new_event_loop();
    std::atomic<bool> started{false};
    int posted = 0;
    std::string end;
    std::thread other([&] {
        end = thrown_by([&] {
            for (;;) {
                loop->call_soon_threadsafe([] {});
                ++posted;
                started = true;
            }
        });
    });
    while (!started) loop->run_until_complete(sleep(0s));
    loop->close();
    other.join();
    CHECK(posted > 0);
    CHECK(end == "RuntimeError: Event loop is closed");
}

TEST_CASE("The handle of a threadsafe call may be dropped in the thread that made it") {
    const auto loop = new_event_loop();
    const auto held = std::make_shared<int>(0);
    std::thread other([&, held] {
        for (int i = 0; i < 100; ++i) {
            const Handle handle = loop->call_soon_threadsafe([held] {});
            CHECK_FALSE(handle.cancelled());
        }
        loop->call_soon_threadsafe([&] { loop->stop(); });
    });
    loop->run_forever();
    other.join();
    CHECK(held.use_count() == 1);
}

TEST_CASE("Two threads run a loop each") {
    const auto work = []() -> Coroutine<int> {
        int sum = 0;
        for (int i = 0; i < 100; ++i) {
            co_await sleep(1ms);
            sum += 1;
        }
        co_return sum;
    };
    int sums[2] = {};
    std::thread other([&] { sums[1] = run(work(), {.clock = Clock::virtual_time}); });
    sums[0] = run(work(), {.clock = Clock::virtual_time});
    other.join();
    CHECK(sums[0] == 100);
    CHECK(sums[1] == 100);
}

TEST_CASE("The running loop is a thread's own") {
    run([]() -> Coroutine<> {
        bool seen_elsewhere = true;
        std::thread([&] { seen_elsewhere = running_loop() != nullptr; }).join();
        CHECK_FALSE(seen_elsewhere);
        CHECK(running_loop() != nullptr);
        co_return;
    });
}
