// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <thread>

using namespace std::chrono_literals;
using asyncio::Coroutine;

namespace {
int add(int a, int b) {
    return a + b;
}
Coroutine<int> give(int value) {
    co_await asyncio::sleep(0s);
    co_return value;
}
}  // namespace

TEST_CASE("to_thread calls functions with arguments") {
    asyncio::run([]() -> Coroutine<> {
        const int three = co_await asyncio::to_thread(add, 1, 2);
        int seen = 0;
        co_await asyncio::to_thread([&] { seen = 5; });
        const std::string text =
            co_await asyncio::to_thread([](std::string s, int n) { return s + std::to_string(n); }, "n", 1);
        auto pointer = std::make_unique<int>(7);
        const int seven = co_await asyncio::to_thread([](std::unique_ptr<int> p) { return *p; }, std::move(pointer));
        CHECK(three == 3);
        CHECK(seen == 5);
        CHECK(text == "n1");
        CHECK(seven == 7);
        auto failed = co_await asyncio::as_result(asyncio::to_thread([] { throw asyncio::ValueError("in thread"); }));
        CHECK(asyncio::to_string(failed.exception()) == "ValueError: in thread");
        auto owned = co_await asyncio::to_thread([] { return std::make_unique<int>(1); });
        CHECK(*owned == 1);
        auto [a, b] = co_await asyncio::gather(asyncio::to_thread(add, 1, 1), asyncio::to_thread(add, 2, 2));
        CHECK(a + b == 6);
        auto task = asyncio::create_task(asyncio::to_thread(add, 3, 4));
        const int of_task = co_await task;
        CHECK(of_task == 7);
    });
}

TEST_CASE("run_in_executor gives a future") {
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        asyncio::Future<int> future = loop.run_in_executor(nullptr, add, 1, 2);
        const int three = co_await future;
        CHECK(three == 3);
        co_await loop.run_in_executor(nullptr, [] {});
        asyncio::ThreadPoolExecutor pool(2);
        const int five = co_await loop.run_in_executor(&pool, add, 2, 3);
        const int six = co_await loop.run_in_executor(pool, add, 3, 3);
        CHECK(five + six == 11);
        co_await loop.shutdown_default_executor();
        CHECK_THROWS_AS(loop.run_in_executor(nullptr, add, 1, 1), asyncio::RuntimeError);
    });
}

TEST_CASE("set_default_executor") {
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        auto pool = std::make_shared<asyncio::ThreadPoolExecutor>(1);
        loop.set_default_executor(pool);
        std::vector<std::thread::id> threads;
        for (int i = 0; i < 3; ++i) {
            auto id = co_await asyncio::to_thread([] { return std::this_thread::get_id(); });
            threads.push_back(id);
        }
        CHECK(threads[0] == threads[1]);
        CHECK(threads[1] == threads[2]);
        CHECK(threads[0] != std::this_thread::get_id());
    });
}

TEST_CASE("run_coroutine_threadsafe from another thread") {
    asyncio::run([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        asyncio::Event done;
        int sum = 0;
        std::string error;
        bool called = false;
        bool cancelled = false;
        std::string timed_out;
        std::thread thread([&] {
            asyncio::ThreadFuture<int> future = asyncio::run_coroutine_threadsafe(give(1), loop);
            sum += future.result();
            sum += asyncio::run_coroutine_threadsafe([] { return give(2); }, loop).result(1h);
            auto third = asyncio::run_coroutine_threadsafe(give(3), loop);
            third.add_done_callback([&](asyncio::ThreadFuture<int> f) { called = f.done(); });
            sum += third.result(std::nullopt);
            if (third.done() && third.exception() == nullptr) sum += 10;
            auto failing = asyncio::run_coroutine_threadsafe(
                []() -> Coroutine<> {
                    throw asyncio::ValueError("failed");
                    co_return;
                },
                loop);
            try {
                failing.result(1h);
            } catch (const asyncio::ValueError& e) {
                error = e.what();
            }
            auto endless = asyncio::run_coroutine_threadsafe(asyncio::sleep(24h), loop);
            try {
                endless.result(1ms);
            } catch (const asyncio::TimeoutError&) {
                timed_out = "TimeoutError";
            }
            endless.cancel();
            cancelled = endless.cancelled();
            loop.call_soon_threadsafe([&] { done.set(); });
        });
        co_await done.wait();
        thread.join();
        CHECK(sum == 16);
        CHECK(error == "failed");
        CHECK(called);
        CHECK(cancelled);
        CHECK(timed_out == "TimeoutError");
    });
}
