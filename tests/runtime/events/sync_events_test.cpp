// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/events/recorded_events.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::RecordedEvents;

namespace {

/// The sync_ events of the primitive called `name`, in order: "created wait acquired".
std::string sync_story(const RecordedEvents& events, const std::string& name, const std::string& kind) {
    const auto created = events.find("sync_created", {{"name", name}, {"kind", kind}});
    if (created.is_null()) return "not created";
    std::string story;
    for (const auto& event : events.all()) {
        const std::string what = event.at("event");
        if (!what.starts_with("sync_") || event.at("object") != created.at("object")) continue;
        if (event.at("kind") != kind) return "of another kind";
        story += (story.empty() ? "" : " ") + what.substr(5);
    }
    return story;
}

}  // namespace

TEST_CASE("sync_created, sync_wait, sync_acquired, sync_released of each primitive") {
    const RecordedEvents events([]() -> Coroutine<> {
        Lock lock{"a lock"};
        Semaphore semaphore{1, "a semaphore"};
        BoundedSemaphore bounded{1, "a bounded"};
        asyncio::Event event{"an event"};
        Condition condition{nullptr, "a condition"};
        Barrier barrier{2, "a barrier"};
        const auto uses = [&]() -> Coroutine<> {
            auto a = co_await lock.scoped();
            auto b = co_await semaphore.scoped();
            auto c = co_await bounded.scoped();
            co_await sleep(0s);
        };
        const auto waits = [&]() -> Coroutine<> {
            co_await event.wait();
            auto guard = co_await condition.scoped();
            co_await condition.wait();
        };
        auto first = create_task(uses);
        auto second = create_task(uses);
        auto third = create_task(waits);
        co_await sleep(0s);
        event.set();
        co_await gather(first, second);
        {
            auto guard = co_await condition.scoped();
            condition.notify_all();
        }
        co_await third;
        co_await gather(barrier.wait(), barrier.wait());
    });
    CHECK(sync_story(events, "a lock", "lock") == "created acquired wait released acquired released");
    CHECK(sync_story(events, "a semaphore", "semaphore") == "created acquired released acquired released");
    CHECK(sync_story(events, "a bounded", "bounded_semaphore") == "created acquired released acquired released");
    CHECK(sync_story(events, "an event", "event") == "created wait released acquired");
    CHECK(sync_story(events, "a condition", "condition") == "created wait released acquired");
    CHECK(sync_story(events, "a barrier", "barrier") == "created wait released acquired released");
}

TEST_CASE("A sync event tells the task") {
    std::uint64_t id = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        Lock lock{"mine"};
        id = current_task()->id();
        auto guard = co_await lock.scoped();
    });
    CHECK(events.find("sync_acquired", {{"task", id}}).is_object());
    CHECK(events.find("sync_released", {{"task", id}}).is_object());
}

TEST_CASE("queue_put and queue_get tell size and bound") {
    const RecordedEvents events([]() -> Coroutine<> {
        Queue<int> queue{3, "jobs"};
        co_await queue.put(1);
        queue.put_nowait(2);
        co_await queue.get();
        LifoQueue<int> stack{0, "stack"};
        stack.put_nowait(1);
        PriorityQueue<int> heap{0, "heap"};
        heap.put_nowait(1);
    });
    const auto created = events.find("sync_created", {{"name", "jobs"}, {"kind", "queue"}});
    REQUIRE(created.is_object());
    const auto object = created.at("object");
    CHECK(events.find("queue_put", {{"object", object}, {"size", 1}, {"maxsize", 3}}).is_object());
    CHECK(events.find("queue_put", {{"object", object}, {"size", 2}, {"maxsize", 3}}).is_object());
    CHECK(events.find("queue_get", {{"object", object}, {"size", 1}, {"maxsize", 3}}).is_object());
    CHECK(events.find("sync_created", {{"name", "stack"}, {"kind", "queue"}}).is_object());
    CHECK(events.find("sync_created", {{"name", "heap"}, {"kind", "queue"}}).is_object());
}
