// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/events/recorded_events.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::RecordedEvents;

namespace {
Coroutine<> leaf() {
    co_await sleep(0s);
}
Coroutine<> branch() {
    co_await leaf();
}
constexpr int awaits_leaf = __LINE__ - 2;
}  // namespace

TEST_CASE("task_created, from the main task on: name, coroutine, parent, place") {
    std::string main_name;
    const RecordedEvents events([&]() -> Coroutine<> {
        main_name = current_task()->get_name();
        auto named = create_task(branch(), "child");
        co_await named;
    });
    const auto main = events.find("task_created", {{"name", main_name}});
    REQUIRE(main.is_object());
    CHECK(main.at("coro") == "<lambda>");
    CHECK_FALSE(main.contains("parent"));
    const auto child = events.find("task_created", {{"name", "child"}});
    REQUIRE(child.is_object());
    CHECK(child.at("coro") == "branch");
    CHECK(child.at("parent") == main.at("task"));
    CHECK(child.at("file").get<std::string>().ends_with("task_events_test.cpp"));
    CHECK(child.at("line").get<int>() > 0);
    CHECK(child.at("loop") == main.at("loop"));
    CHECK(child.at("t").get<double>() >= main.at("t").get<double>());
}

TEST_CASE("task_running, task_suspended, task_ready, task_done: a task's story") {
    std::uint64_t id = 0;
    std::uint64_t main = 0;
    int line = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        main = current_task()->id();
        Event event;
        auto waits = [&]() -> Coroutine<> {
            line = __LINE__ + 1;
            co_await event.wait();
        };
        auto task = create_task(waits, "waits");
        id = task.id();
        co_await sleep(0s);
        event.set();
        co_await task;
    });
    CHECK(events.story_of(id) == "created running suspended:event ready running done");
    const auto suspended = events.find("task_suspended", {{"task", id}});
    CHECK(suspended.at("line") == line);
    CHECK(suspended.at("file").get<std::string>().ends_with("task_events_test.cpp"));
    CHECK(events.find("task_ready", {{"task", id}}).at("by") == main);
    CHECK(events.find("task_done", {{"task", id}}).at("state") == "finished");
    CHECK(events.find("task_ready", {{"task", main}, {"by", id}}).is_object());
    CHECK(events.find("task_suspended", {{"task", main}, {"on", "task"}}).at("object") == id);
}

TEST_CASE("task_renamed tells a task's new name, also before its loop runs") {
    const RecordedEvents events([]() -> Coroutine<> {
        auto task = create_task(sleep(0s), "first");
        task.set_name("second");
        co_await task;
        co_await to_thread([] {
            const auto loop = new_event_loop();
            auto early = loop->create_task([]() -> Coroutine<> { co_return; });
            early.set_name("early");
            loop->run_until_complete(early);
        });
    });
    const auto renamed = events.find("task_renamed", {{"name", "second"}});
    REQUIRE(renamed.is_object());
    CHECK(renamed.at("task") == events.task("first"));
    const auto early = events.find("task_renamed", {{"name", "early"}});
    REQUIRE(early.is_object());
    CHECK(events.find("task_created", {{"task", early.at("task")}}).is_object());
}

TEST_CASE("task_done tells how it ended") {
    std::uint64_t failed_id = 0;
    std::uint64_t cancelled_id = 0;
    std::uint64_t main = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        main = current_task()->id();
        auto failed = create_task([]() -> Coroutine<> {
            throw ValueError("reason");
            co_return;
        });
        auto cancelled = create_task(sleep(1h));
        failed_id = failed.id();
        cancelled_id = cancelled.id();
        co_await sleep(0s);
        cancelled.cancel();
        auto first = co_await as_result(failed);
        auto second = co_await as_result(cancelled);
    });
    const auto failed = events.find("task_done", {{"task", failed_id}});
    CHECK(failed.at("state") == "failed");
    CHECK(failed.at("error") == "ValueError: reason");
    CHECK(events.find("task_done", {{"task", cancelled_id}}).at("state") == "cancelled");
    CHECK(events.find("task_cancel_requested", {{"task", cancelled_id}}).at("by") == main);
}

TEST_CASE("task_cancel_requested by the loop has no task") {
    std::uint64_t id = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        auto task = create_task(sleep(1h));
        id = task.id();
        get_running_loop().call_soon([&] { task.cancel(); });
        auto result = co_await as_result(task);
    });
    const auto cancelled = events.find("task_cancel_requested", {{"task", id}});
    REQUIRE(cancelled.is_object());
    CHECK_FALSE(cancelled.contains("by"));
}

TEST_CASE("coroutine_entered and coroutine_left tell depth and place") {
    std::uint64_t id = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        auto task = create_task(branch());
        id = task.id();
        co_await task;
    });
    const auto entered = events.find("coroutine_entered", {{"task", id}});
    REQUIRE(entered.is_object());
    CHECK(entered.at("coro") == "leaf");
    CHECK(entered.at("depth") == 1);
    CHECK(entered.at("file").get<std::string>().ends_with("task_events_test.cpp"));
    CHECK(entered.at("line").get<int>() > 0);
    CHECK(events.find("coroutine_left", {{"task", id}}).at("depth") == 1);
    // Before it is entered, it is told where it is awaited.
    const auto at = events.find("task_at", {{"task", id}});
    REQUIRE(at.is_object());
    CHECK(at.at("line") == awaits_leaf);
}

TEST_CASE("future_created and future_done tell of plain futures") {
    std::uint64_t ids[3] = {};
    const RecordedEvents events([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto finished = loop.create_future<int>();
        auto failed = loop.create_future<int>();
        auto cancelled = loop.create_future<int>();
        ids[0] = finished.id();
        ids[1] = failed.id();
        ids[2] = cancelled.id();
        finished.set_result(1);
        failed.set_exception(ValueError());
        cancelled.cancel();
        CHECK(failed.exception());
        co_return;
    });
    const char* states[] = {"finished", "failed", "cancelled"};
    for (int i = 0; i < 3; ++i) {
        CHECK(events.find("future_created", {{"object", ids[i]}}).is_object());
        CHECK(events.find("future_done", {{"object", ids[i]}}).at("state") == states[i]);
    }
}

TEST_CASE("warning: what the runtime complains of") {
    const awaitscope::test::CapturedStderr captured;
    const RecordedEvents events([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        { auto forgotten = leaf(); }
        {
            auto future = loop.create_future<>();
            future.set_exception(ValueError("lost"));
        }
        loop.call_soon([] { throw ValueError("callback"); });
        loop.set_debug(true);
        loop.slow_callback_duration = 0s;
        co_await sleep(0s);
    });
    CHECK(events.find("warning", {{"kind", "never_awaited"}, {"text", "coroutine 'leaf' was never awaited"}})
              .is_object());
    CHECK(events
              .find("warning",
                    {{"kind", "never_retrieved"}, {"text", "Future exception was never retrieved: ValueError: lost"}})
              .is_object());
    CHECK(events
              .find("warning",
                    {{"kind", "callback_failed"}, {"text", "Exception in callback <lambda>(): ValueError: callback"}})
              .is_object());
    CHECK(events.find("warning", {{"kind", "slow_callback"}}).is_object());
}
