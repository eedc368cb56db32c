// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/socket.h>
#include <unistd.h>

#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <functional>
#include <map>

#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;

// A loop that is closed while tasks wait, at every kind of co_await: each frame is unwound, nothing is left (which the
// leak sanitizer sees too); and callbacks that throw, wherever one can be given.

namespace {

struct Held {
    Held() { ++alive; }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() { --alive; }
    static inline int alive = 0;
};

/// What a waiting task waits at; outlives its loop, as a global of a program would.
struct Objects {
    Lock lock;
    Event event;
    Condition condition;
    Semaphore semaphore{0};
    Barrier barrier{2};
    Queue<int> empty;
    Queue<int> full{1};
};

using Waits = std::map<std::string, std::function<Coroutine<>(Objects&)>>;

const Waits& waits() {
    static const Waits all{
        {"sleep", [](Objects&) -> Coroutine<> { co_await sleep(1h); }},
        {"sleep beyond a day", [](Objects&) -> Coroutine<> { co_await sleep(100h); }},
        {"yield for ever",
         [](Objects&) -> Coroutine<> {
             for (;;) co_await sleep(0s);
         }},
        {"future", [](Objects&) -> Coroutine<> { co_await get_running_loop().create_future<int>(); }},
        {"task",
         [](Objects&) -> Coroutine<> {
             const auto inner = []() -> Coroutine<> {
                 const Held held;
                 co_await sleep(1h);
             };
             co_await create_task(inner());
         }},
        {"gather", [](Objects&) -> Coroutine<> { co_await gather(sleep(1h), sleep(2h)); }},
        {"wait",
         [](Objects&) -> Coroutine<> {
             const auto inner = []() -> Coroutine<> { co_await sleep(1h); };
             std::vector<Task<>> tasks{create_task(inner())};
             co_await wait(tasks);
         }},
        {"wait_for", [](Objects&) -> Coroutine<> { co_await wait_for(sleep(1h), 2h); }},
        {"shield", [](Objects&) -> Coroutine<> { co_await shield(sleep(1h)); }},
        {"timeout", [](Objects&) -> Coroutine<> { co_await timeout(2h, []() -> Coroutine<> { co_await sleep(1h); }); }},
        {"task group",
         [](Objects&) -> Coroutine<> {
             co_await task_group([](TaskGroup& group) -> Coroutine<> {
                 group.create_task(sleep(1h));
                 co_return;
             });
         }},
        {"as_completed",
         [](Objects&) -> Coroutine<> {
             const auto inner = []() -> Coroutine<> { co_await sleep(1h); };
             std::vector<Coroutine<>> all;
             all.push_back(inner());
             for (auto next : as_completed(std::move(all))) co_await next;
         }},
        {"lock",
         [](Objects& o) -> Coroutine<> {
             co_await o.lock.acquire();
             co_await o.lock.acquire();
         }},
        {"event", [](Objects& o) -> Coroutine<> { co_await o.event.wait(); }},
        {"condition",
         [](Objects& o) -> Coroutine<> {
             co_await o.condition.acquire();
             co_await o.condition.wait();
         }},
        {"semaphore", [](Objects& o) -> Coroutine<> { co_await o.semaphore.acquire(); }},
        {"barrier", [](Objects& o) -> Coroutine<> { co_await o.barrier.wait(); }},
        {"queue get", [](Objects& o) -> Coroutine<> { co_await o.empty.get(); }},
        {"queue put",
         [](Objects& o) -> Coroutine<> {
             co_await o.full.put(1);
             co_await o.full.put(2);
         }},
        {"queue join",
         [](Objects& o) -> Coroutine<> {
             co_await o.full.put(1);
             co_await o.full.join();
         }},
        {"generator",
         [](Objects&) -> Coroutine<> {
             const auto generate = []() -> AsyncGenerator<int> {
                 const Held held;
                 co_await sleep(1h);
                 co_yield 1;
             };
             auto generator = generate();
             co_await generator.next();
         }},
        {"nested coroutines",
         [](Objects&) -> Coroutine<> {
             const auto inner = []() -> Coroutine<> {
                 const Held held;
                 co_await sleep(1h);
             };
             const auto middle = [&]() -> Coroutine<> {
                 const Held held;
                 co_await inner();
             };
             co_await middle();
         }},
    };
    return all;
}

Coroutine<> held_while(const std::function<Coroutine<>(Objects&)>& program, Objects& objects) {
    const Held held;
    co_await program(objects);
}

/// Runs `program` for some turns and closes its loop.
void close_while_waiting(const std::function<Coroutine<>(Objects&)>& program) {
    const awaitscope::test::CapturedStderr captured;  // that it was destroyed while pending
    Objects objects;
    const auto loop = new_event_loop(Clock::virtual_time);
    auto task = loop->create_task(held_while(program, objects));
    const auto some_turns = []() -> Coroutine<> {
        for (int i = 0; i < 6; ++i) co_await sleep(0s);
    };
    loop->run_until_complete(some_turns());
    CHECK_FALSE(task.done());
    loop->close();
}

}  // namespace

TEST_CASE("A loop is closed while a task waits, at each kind of co_await") {
    for (const auto& [name, program] : waits()) {
        INFO(name);
        close_while_waiting(program);
        CHECK(Held::alive == 0);
    }
}

TEST_CASE("A task is cancelled while it waits, at each kind of co_await") {
    for (const auto& [name, program] : waits()) {
        INFO(name);
        const bool cancelled = run(
            [&, &program = program]() -> Coroutine<bool> {
                Objects objects;
                auto task = create_task(held_while(program, objects));
                for (int i = 0; i < 6; ++i) co_await sleep(0s);
                task.cancel();
                co_await as_result(task);
                for (const AnyTask& other : all_tasks())  // of a shield, a wait
                    if (other != AnyTask(*current_task())) other.cancel();
                co_await sleep(0s);
                co_await sleep(0s);
                co_return task.cancelled();
            },
            {.clock = Clock::virtual_time});
        CHECK(cancelled);
        CHECK(Held::alive == 0);
    }
}

TEST_CASE("Callbacks that throw are reported, each of them, and the loop runs on") {
    int reports = 0;
    const auto loop = new_event_loop();
    loop->set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
        reports += to_string(context.exception) == "ValueError: thrown";
    });
    int descriptors[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, descriptors) == 0);
    const auto fail = [] { throw ValueError("thrown"); };
    loop->call_soon(fail);
    loop->call_soon_threadsafe(fail);
    loop->call_later(0s, fail);
    loop->call_later(1ms, fail);
    auto future = loop->create_future<int>();
    future.add_done_callback([&](Future<int>) { fail(); });
    future.add_done_callback([&](Future<int>) { fail(); });
    future.set_result(1);
    auto given_up = loop->create_future<int>();
    given_up.add_done_callback([&](Future<int>) { fail(); });
    given_up.cancel();
    loop->add_writer(descriptors[0], [&] {
        loop->remove_writer(descriptors[0]);
        fail();
    });
    loop->add_reader(descriptors[0], [&] {
        loop->remove_reader(descriptors[0]);
        fail();
    });
    REQUIRE(write(descriptors[1], "x", 1) == 1);
    loop->run_until_complete([]() -> Coroutine<> { co_await sleep(5ms); });
    CHECK(reports == 9);
    loop->close();
    close(descriptors[0]);
    close(descriptors[1]);
}
