// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>

#include "tests/support/virtually.hpp"

using namespace std::chrono_literals;
using asyncio::Coroutine;
using awaitscope::test::virtually;

namespace {

struct Job {
    int priority;
    std::string name;
};
struct ByPriority {
    bool operator()(const Job& a, const Job& b) const { return a.priority < b.priority; }
};
struct Point {
    Point(int x, int y) : x(x), y(y) {}
    int x, y;
};

}  // namespace

TEST_CASE("Queue") {
    virtually([]() -> Coroutine<> {
        asyncio::Queue<int> queue;
        asyncio::Queue<int> bounded{2};
        asyncio::Queue<std::string> named(1, "named");
        CHECK(queue.maxsize() == 0);
        CHECK(bounded.maxsize() == 2);
        CHECK(queue.empty());
        CHECK_FALSE(queue.full());
        CHECK(queue.qsize() == 0);
        co_await queue.put(1);
        queue.put_nowait(2);
        const int one = co_await queue.get();
        const int two = queue.get_nowait();
        CHECK(one + two == 3);
        CHECK_THROWS_AS(queue.get_nowait(), asyncio::QueueEmpty);
        bounded.put_nowait(1);
        bounded.put_nowait(2);
        CHECK(bounded.full());
        CHECK_THROWS_AS(bounded.put_nowait(3), asyncio::QueueFull);
        queue.task_done();
        queue.task_done();
        CHECK_THROWS_WITH(queue.task_done(), "task_done() called too many times");
        co_await queue.join();
        const std::string text = "lvalue";
        co_await named.put(text);
        const std::string got = co_await named.get();
        CHECK(got == "lvalue");
        co_await named.put("literal");
        auto put = asyncio::create_task(named.put("second"));
        auto first = co_await named.get();
        co_await put;
        CHECK(first == "literal");
        CHECK(named.qsize() == 1);
        asyncio::Queue<Point> points;
        co_await points.emplace(1, 2);
        const Point point = co_await points.get();
        CHECK(point.x + point.y == 3);
        asyncio::Queue<std::unique_ptr<int>> owners;
        co_await owners.put(std::make_unique<int>(5));
        owners.put_nowait(std::make_unique<int>(6));
        const auto five = co_await owners.get();
        CHECK(*five + *owners.get_nowait() == 11);
    });
}

TEST_CASE("LifoQueue and PriorityQueue") {
    virtually([]() -> Coroutine<> {
        asyncio::LifoQueue<int> stack;
        asyncio::LifoQueue<int> bounded{3, "stack"};
        for (int i = 0; i < 3; ++i) co_await stack.put(i);
        const int last = co_await stack.get();
        CHECK(last == 2);
        asyncio::PriorityQueue<int> numbers;
        for (int i : {3, 1, 2}) numbers.put_nowait(i);
        const int lowest = co_await numbers.get();
        CHECK(lowest == 1);
        asyncio::PriorityQueue<std::pair<int, std::string>> pairs{0, "pairs"};
        co_await pairs.emplace(2, "b");
        co_await pairs.emplace(1, "a");
        const auto [priority, name] = co_await pairs.get();
        CHECK(priority == 1);
        CHECK(name == "a");
        asyncio::PriorityQueue<Job, ByPriority> jobs;
        Job late{5, "late"};
        Job soon{1, "soon"};
        co_await jobs.put(late);
        co_await jobs.put(std::move(soon));
        const Job next = co_await jobs.get();
        CHECK(next.name == "soon");
        asyncio::PriorityQueue<int, std::greater<int>> highest;
        highest.put_nowait(1);
        highest.put_nowait(2);
        CHECK(highest.get_nowait() == 2);
        co_await bounded.join();
    });
}

TEST_CASE("A queue's shutdown") {
    virtually([]() -> Coroutine<> {
        asyncio::Queue<int> queue;
        queue.put_nowait(1);
        queue.shutdown();
        CHECK_THROWS_AS(queue.put_nowait(2), asyncio::QueueShutDown);
        const int one = co_await queue.get();
        CHECK(one == 1);
        auto ended = co_await asyncio::as_result(queue.get());
        CHECK_THROWS_AS(ended.value(), asyncio::QueueShutDown);
        asyncio::Queue<int> other;
        auto waiting = asyncio::create_task(other.get());
        co_await asyncio::sleep(0s);
        other.shutdown(true);
        auto result = co_await asyncio::as_result(waiting);
        CHECK(asyncio::to_string(result.exception()) == "QueueShutDown");
    });
}
