// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <memory>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {

struct Item {
    int number = 0;
    std::string name;
};

template <class Q>
std::vector<int> drained(Q& queue) {
    std::vector<int> items;
    while (!queue.empty()) items.push_back(queue.get_nowait());
    return items;
}

}  // namespace

TEST_CASE("A queue tells its size, whether it is empty, full, and its bound") {
    Queue<int> bounded(2);
    CHECK(bounded.empty());
    CHECK(bounded.maxsize() == 2);
    bounded.put_nowait(1);
    CHECK(bounded.qsize() == 1);
    CHECK_FALSE(bounded.full());
    bounded.put_nowait(2);
    CHECK(bounded.full());
    Queue<int> unbounded;
    for (int i = 0; i < 1000; ++i) unbounded.put_nowait(i);
    CHECK_FALSE(unbounded.full());
    Queue<int> negative(-1);
    negative.put_nowait(1);
    CHECK_FALSE(negative.full());
}

TEST_CASE("The nowait forms throw QueueFull and QueueEmpty") {
    Queue<int> queue(1);
    CHECK(thrown_by([&] { queue.get_nowait(); }) == "QueueEmpty");
    queue.put_nowait(1);
    CHECK(thrown_by([&] { queue.put_nowait(2); }) == "QueueFull");
    CHECK(queue.get_nowait() == 1);
}

TEST_CASE("First in first out, last in first out, lowest first") {
    Queue<int> fifo;
    LifoQueue<int> lifo;
    PriorityQueue<int> priority;
    PriorityQueue<int, std::greater<int>> highest;
    for (int i : {3, 1, 2, 5, 4}) {
        fifo.put_nowait(i);
        lifo.put_nowait(i);
        priority.put_nowait(i);
        highest.put_nowait(i);
    }
    CHECK(drained(fifo) == std::vector<int>{3, 1, 2, 5, 4});
    CHECK(drained(lifo) == std::vector<int>{4, 5, 2, 1, 3});
    CHECK(drained(priority) == std::vector<int>{1, 2, 3, 4, 5});
    CHECK(drained(highest) == std::vector<int>{5, 4, 3, 2, 1});
}

TEST_CASE("A priority queue sorts whatever comes in whatever order") {
    PriorityQueue<int> queue;
    unsigned state = 1;
    for (int i = 0; i < 500; ++i) {
        state = state * 1664525 + 1013904223;
        queue.put_nowait(static_cast<int>(state >> 20));
        if (i % 5 == 4) queue.get_nowait();
    }
    const auto items = drained(queue);
    CHECK(items.size() == 400);
    CHECK(std::is_sorted(items.begin(), items.end()));
}

TEST_CASE("A queue holds what can only be moved, and aggregates by emplace") {
    run_virtual([]() -> Coroutine<> {
        Queue<std::unique_ptr<int>> pointers;
        co_await pointers.put(std::make_unique<int>(3));
        const auto pointer = co_await pointers.get();
        CHECK(*pointer == 3);
        Queue<std::pair<int, std::string>> pairs;
        co_await pairs.emplace(1, "a text that needs memory of its own");
        const auto pair = co_await pairs.get();
        CHECK(pair.second == "a text that needs memory of its own");
        Queue<Item> items;
        Item item{1, "named first"};
        co_await items.put(item);
        CHECK(items.get_nowait().name == "named first");
    });
}

TEST_CASE("put waits for room and get for an item") {
    run_virtual([]() -> Coroutine<> {
        Queue<int> queue(1);
        std::vector<int> got;
        auto producer = [&]() -> Coroutine<> {
            for (int i = 0; i < 10; ++i) co_await queue.put(i);
        };
        auto task = create_task(producer);
        for (int i = 0; i < 10; ++i) got.push_back(co_await queue.get());
        co_await task;
        CHECK(got == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    });
}

TEST_CASE("Getters get their items in the order in which they asked") {
    run_virtual([]() -> Coroutine<> {
        Queue<int> queue;
        std::vector<Task<int>> getters;
        auto work = [&]() -> Coroutine<int> { co_return co_await queue.get(); };
        for (int i = 0; i < 3; ++i) getters.push_back(create_task(work));
        co_await sleep(0s);
        for (int i = 0; i < 3; ++i) queue.put_nowait(i);
        const std::vector<int> got = co_await gather(std::move(getters));
        CHECK(got == std::vector<int>{0, 1, 2});
    });
}

TEST_CASE("A getter that is cancelled loses no item") {
    run_virtual([]() -> Coroutine<> {
        Queue<int> queue;
        auto work = [&]() -> Coroutine<int> { co_return co_await queue.get(); };
        auto waiting = create_task(work);
        co_await sleep(0s);
        waiting.cancel();
        queue.put_nowait(1);
        co_await as_result(waiting);
        CHECK(waiting.cancelled());
        CHECK(queue.qsize() == 1);
        auto woken = create_task(work);
        queue.get_nowait();
        co_await sleep(0s);
        queue.put_nowait(2);
        woken.cancel();
        co_await as_result(woken);
        CHECK(woken.cancelled());
        CHECK(queue.get_nowait() == 2);
    });
}

TEST_CASE("A putter that is cancelled puts nothing, and hands the room on") {
    run_virtual([]() -> Coroutine<> {
        Queue<int> queue(1);
        queue.put_nowait(0);
        auto work = [&](int n) -> Coroutine<> { co_await queue.put(n); };
        auto first = create_task(work(1));
        auto second = create_task(work(2));
        co_await sleep(0s);
        CHECK(queue.get_nowait() == 0);
        first.cancel();
        co_await second;
        CHECK(first.cancelled());
        CHECK(queue.get_nowait() == 2);
        CHECK(queue.empty());
    });
}

TEST_CASE("join waits until every item is done, and task_done has its bounds") {
    run_virtual([]() -> Coroutine<> {
        Queue<int> queue;
        co_await queue.join();
        CHECK(thrown_by([&] { queue.task_done(); }) == "ValueError: task_done() called too many times");
        queue.put_nowait(1);
        queue.put_nowait(2);
        bool joined = false;
        auto task = create_task([&]() -> Coroutine<> {
            co_await queue.join();
            joined = true;
        });
        queue.get_nowait();
        queue.task_done();
        co_await sleep(1s);
        CHECK_FALSE(joined);
        queue.get_nowait();
        queue.task_done();
        co_await task;
        CHECK(joined);
    });
}

TEST_CASE("A queue that is shut down takes nothing, and gives what it has") {
    run_virtual([]() -> Coroutine<> {
        Queue<int> queue;
        queue.put_nowait(1);
        queue.shutdown();
        CHECK(thrown_by([&] { queue.put_nowait(2); }) == "QueueShutDown");
        const auto put = co_await as_result(queue.put(2));
        CHECK(to_string(put.exception()) == "QueueShutDown");
        const int item = co_await queue.get();
        CHECK(item == 1);
        CHECK(thrown_by([&] { queue.get_nowait(); }) == "QueueShutDown");
        const auto get = co_await as_result(queue.get());
        CHECK(to_string(get.exception()) == "QueueShutDown");
    });
}

TEST_CASE("shutdown wakes getters, putters, and, when immediate, who joins") {
    run_virtual([]() -> Coroutine<> {
        Queue<int> empty;
        Queue<int> full(1);
        full.put_nowait(1);
        auto get = create_task([&]() -> Coroutine<> { co_await empty.get(); });
        auto put = create_task([&]() -> Coroutine<> { co_await full.put(2); });
        auto join = create_task([&]() -> Coroutine<> { co_await full.join(); });
        co_await sleep(0s);
        empty.shutdown();
        full.shutdown(true);
        CHECK(full.empty());
        const auto got = co_await as_result(get);
        const auto was_put = co_await as_result(put);
        co_await join;
        CHECK(to_string(got.exception()) == "QueueShutDown");
        CHECK(to_string(was_put.exception()) == "QueueShutDown");
    });
}
