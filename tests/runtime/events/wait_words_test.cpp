// SPDX-License-Identifier: GPL-3.0-or-later
// task_suspended{on, object, file, line} for each word; `process` is tested with the subprocesses.
#include <catch2/catch.hpp>

#include "tests/runtime/events/recorded_events.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::RecordedEvents;

namespace {

/// Runs `body` as a task, and looks for a suspension of it for `word` at `line` of this file. Its object is that of an
/// event of `object_kind` ("" for none).
void check_word(const std::string& word, const std::function<Coroutine<>()>& body, int line,
                const std::string& object_kind) {
    INFO(word);
    std::uint64_t id = 0;
    const RecordedEvents events([&]() -> Coroutine<> {
        auto task = create_task(body);
        id = task.id();
        const auto stands_there = [&] {
            const auto stack = task.get_stack();
            return task.done() || (!stack.empty() && stack.front().lineno == line);
        };
        do {
            co_await sleep(0s);  // once at least: a task not yet begun may stand at that line too
        } while (!stands_there());
        task.cancel();
        auto result = co_await as_result(task);
    });
    const auto suspended = events.find("task_suspended", {{"task", id}, {"on", word}, {"line", line}});
    INFO(events.find("task_suspended", {{"task", id}, {"on", word}}));
    REQUIRE(suspended.is_object());
    CHECK(suspended.at("file").get<std::string>().ends_with("wait_words_test.cpp"));
    if (object_kind.empty()) return;
    REQUIRE(suspended.contains("object"));
    const auto object = suspended.at("object");
    const char* const key = object_kind.starts_with("timer") ? "handle"
                            : object_kind == "task_created"  ? "task"
                                                             : "object";
    CHECK(events.find(object_kind, {{key, object}}).is_object());
}

}  // namespace

TEST_CASE("A task waits for a sleep, or gives way") {
    check_word(
        "sleep", []() -> Coroutine<> { co_await sleep(1h); }, __LINE__, "timer_set");
    check_word(
        "yield", []() -> Coroutine<> { co_await sleep(0s); }, __LINE__, "");
}

TEST_CASE("A task waits for futures and tasks") {
    check_word(
        "future", []() -> Coroutine<> { co_await get_running_loop().create_future(); }, __LINE__, "future_created");
    check_word(
        "task", []() -> Coroutine<> { co_await create_task(sleep(1h)); }, __LINE__, "task_created");
    check_word(
        "gather", []() -> Coroutine<> { co_await gather(sleep(1h), sleep(1h)); }, __LINE__, "future_created");
}

TEST_CASE("A task waits for primitives") {
    Lock lock;
    check_word(
        "lock",
        [&]() -> Coroutine<> {
            co_await lock.acquire();
            co_await lock.acquire();
        },
        __LINE__ - 2, "sync_created");
    asyncio::Event event;
    check_word(
        "event", [&]() -> Coroutine<> { co_await event.wait(); }, __LINE__, "sync_created");
    Semaphore semaphore(0);
    check_word(
        "semaphore", [&]() -> Coroutine<> { auto guard = co_await semaphore.scoped(); }, __LINE__, "sync_created");
    Condition condition;
    check_word(
        "condition",
        [&]() -> Coroutine<> {
            auto guard = co_await condition.scoped();
            co_await condition.wait();
        },
        __LINE__ - 2, "sync_created");
    Barrier barrier(2);
    check_word(
        "barrier", [&]() -> Coroutine<> { co_await barrier.wait(); }, __LINE__, "sync_created");
}

TEST_CASE("A task waits for a queue") {
    Queue<int> empty;
    check_word(
        "queue_get", [&]() -> Coroutine<> { co_await empty.get(); }, __LINE__, "");
    Queue<int> full(1);
    full.put_nowait(1);
    check_word(
        "queue_put", [&]() -> Coroutine<> { co_await full.put(2); }, __LINE__, "");
    // Inside the library it waits for an event; the line is the caller's.
    check_word(
        "event", [&]() -> Coroutine<> { co_await full.join(); }, __LINE__, "sync_created");
}

TEST_CASE("A task waits for a thread") {
    std::atomic<bool> go = false;
    const auto release = [&] {
        while (!go) std::this_thread::yield();
    };
    check_word(
        "thread",
        [&]() -> Coroutine<> {
            get_running_loop().call_later(10ms, [&] { go = true; });
            co_await to_thread(release);
        },
        __LINE__ - 2, "future_created");
}

TEST_CASE("A task waits for a group, and for what has timed out") {
    const auto body = [](TaskGroup& tg) -> Coroutine<> {
        tg.create_task(sleep(1h));
        co_return;
    };
    check_word(
        "group", [&]() -> Coroutine<> { co_await task_group(body); }, __LINE__, "future_created");
    const auto stubborn = []() -> Coroutine<> {
        auto first = co_await as_result(sleep(1h));
        co_await sleep(1ms);
    };
    check_word(
        "timeout",
        [&]() -> Coroutine<> {
            auto task = create_task(stubborn);
            co_await sleep(0s);
            co_await wait_for(task, 0s);
        },
        __LINE__ - 2, "future_created");
}

TEST_CASE("A task waits for bytes, for room, for the end of a connection") {
    auto answer = [](StreamReader, StreamWriter writer) -> Coroutine<> {
        co_await sleep(1h);
        writer.close();
    };
    const auto connect = [&](Server& server) -> Coroutine<StreamPair> {
        server = co_await start_server(answer, "127.0.0.1", 0);
        co_return co_await open_connection("127.0.0.1", server.port());
    };
    check_word(
        "io",
        [&]() -> Coroutine<> {
            Server server;
            auto [reader, writer] = co_await connect(server);
            co_await reader.read(10);
        },
        __LINE__ - 2, "future_created");
    check_word(
        "io",
        [&]() -> Coroutine<> {
            Server server;
            auto [reader, writer] = co_await connect(server);
            writer.write(std::string(16 << 20, 'x'));
            co_await writer.drain();
        },
        __LINE__ - 2, "future_created");
    check_word(
        "future",
        [&]() -> Coroutine<> {
            auto server = co_await start_server(answer, "127.0.0.1", 0);
            co_await server.wait_closed();
        },
        __LINE__ - 2, "future_created");
    check_word(
        "future",
        [&]() -> Coroutine<> {
            Server server;
            auto [reader, writer] = co_await connect(server);
            co_await writer.wait_closed();
        },
        __LINE__ - 2, "future_created");
}
