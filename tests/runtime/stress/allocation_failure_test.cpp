// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <functional>
#include <new>
#include <vector>

#include "tests/runtime/stress/failing_memory.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using namespace awaitscope::test;

// Each program is run again and again, and each time one allocation later fails: it ends with std::bad_alloc where
// Python would raise MemoryError, or well; it never hangs, and its loop can be used afterwards.

namespace {

/// What a frame holds while it lives: none may be left behind.
struct Held {
    Held() { ++alive; }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() { --alive; }
    static inline int alive = 0;
};

bool is_of_memory(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const std::bad_alloc&) {
        return true;
    } catch (const ExceptionGroup& group) {
        for (const auto& inner : group.exceptions())
            if (!is_of_memory(inner)) return false;
        return true;
    } catch (...) {
        return false;
    }
}

enum class Outcome { unharmed, survived, out_of_memory, hung, other };

Outcome run_failing(const std::function<Coroutine<>()>& program, long n) {
    const auto loop = new_event_loop(Clock::virtual_time);
    bool hung = false;
    auto watchdog = loop->call_later(1000h, [&] {
        hung = true;
        loop->stop();
    });
    Outcome outcome = Outcome::survived;
    fail_allocation(n);
    try {
        loop->run_until_complete(program);
    } catch (...) {
        const bool of_memory = is_of_memory(std::current_exception());
        outcome = hung ? Outcome::hung : of_memory ? Outcome::out_of_memory : Outcome::other;
    }
    const bool failed = stop_failing();
    watchdog.cancel();
    // The others of a gather run on: they are ended, as run() would.
    for (int round = 0; round < 3; ++round) {
        for (const AnyTask& task : all_tasks(loop.get())) task.cancel();
        loop->run_until_complete(sleep(1s));
    }
    if (!all_tasks(loop.get()).empty()) return Outcome::hung;
    return failed || outcome != Outcome::survived ? outcome : Outcome::unharmed;
}

/// Gives how many of the failures ended the program.
int fail_everywhere(const std::function<Coroutine<>()>& program) {
    const CapturedStderr reports;  // of exceptions that nobody took any more
    int ended = 0;
    for (long n = 1;; ++n) {
        const Outcome outcome = run_failing(program, n);
        INFO("allocation " << n);
        REQUIRE(outcome != Outcome::hung);
        REQUIRE(outcome != Outcome::other);
        REQUIRE(Held::alive == 0);
        if (outcome == Outcome::unharmed) return ended;
        ended += outcome == Outcome::out_of_memory;
        REQUIRE(n < 100'000);
    }
}

Coroutine<int> work(int turns) {
    const Held held;
    for (int i = 0; i < turns; ++i) co_await sleep(0s);
    co_return turns;
}

}  // namespace

TEST_CASE("Out of memory: coroutines in coroutines, and tasks") {
    CHECK(fail_everywhere([]() -> Coroutine<> {
              const Held held;
              std::vector<int> sum;
              sum.push_back(co_await work(2));
              auto first = create_task(work(1), "a name that is long enough to be allocated");
              auto second = create_task(work(3));
              sum.push_back(co_await second);
              sum.push_back(co_await first);
          }) > 2);
}

TEST_CASE("Out of memory: a gather") {
    CHECK(fail_everywhere([]() -> Coroutine<> {
              const Held held;
              std::vector<Coroutine<int>> children;
              for (int i = 0; i < 5; ++i) children.push_back(work(i));
              const std::vector<int> results = co_await gather(std::move(children));
              const auto [a, b] = co_await gather(work(2), sleep(1s));
              if (results.size() != 5 || a != 2) throw RuntimeError("wrong result");
          }) > 5);
}

TEST_CASE("Out of memory: a producer and a consumer on a queue") {
    const auto produce = [](std::shared_ptr<Queue<std::string>> queue) -> Coroutine<> {
        const Held held;
        for (int i = 0; i < 8; ++i) {
            const std::string item = "an item that is long enough to be allocated";
            co_await queue->put(item);
        }
    };
    const auto consume = [](std::shared_ptr<Queue<std::string>> queue) -> Coroutine<> {
        const Held held;
        for (int i = 0; i < 8; ++i) {
            co_await queue->get();
            queue->task_done();
        }
    };
    CHECK(fail_everywhere([&]() -> Coroutine<> {
              // Shared: when one of them fails, the other runs on and main() does not.
              const auto queue = std::make_shared<Queue<std::string>>(2);
              co_await gather(produce(queue), consume(queue));
              co_await queue->join();
          }) > 8);
}

TEST_CASE("Out of memory: a task group in a timeout") {
    CHECK(fail_everywhere([]() -> Coroutine<> {
              const Held held;
              co_await timeout(1h, []() -> Coroutine<> {
                  const Held inner;
                  co_await task_group([](TaskGroup& group) -> Coroutine<> {
                      group.create_task(work(1));
                      group.create_task(work(4));
                      co_await sleep(1s);
                  });
              });
          }) > 4);
}

TEST_CASE("Out of memory: timers of every distance") {
    CHECK(fail_everywhere([]() -> Coroutine<> {
              const auto sleeper = [](std::chrono::milliseconds delay) -> Coroutine<> {
                  const Held held;
                  co_await sleep(delay);
              };
              std::vector<Task<>> tasks;
              for (const auto delay : {1ms, 1ms, 500ms, 900ms, 5000ms, 3600000ms})
                  tasks.push_back(create_task(sleeper(delay)));
              for (auto& task : tasks) co_await task;
          }) > 5);
}

TEST_CASE("Out of memory: wait, as_completed, shield and wait_for") {
    CHECK(fail_everywhere([]() -> Coroutine<> {
              const Held held;
              std::vector<Task<int>> tasks{create_task(work(1)), create_task(work(2))};
              const auto [done, pending] = co_await wait(tasks, {.timeout = 10s});
              if (done.size() != 2) throw RuntimeError("wrong result");
              std::vector<Coroutine<int>> more;
              more.push_back(work(2));
              more.push_back(work(1));
              for (auto next : as_completed(std::move(more))) co_await next;
              co_await shield(work(2));
              co_await wait_for(work(2), 5s);
          }) > 10);
}

TEST_CASE("Out of memory: callbacks, futures and context variables") {
    static ContextVar<int> number("number", 0);
    CHECK(fail_everywhere([]() -> Coroutine<> {
              const Held held;
              auto& loop = get_running_loop();
              number.set(1);
              auto future = loop.create_future<int>();
              future.add_done_callback([](Future<int>) { number.set(2); });
              loop.call_soon([future] {
                  if (!future.done()) future.set_result(1);
              });
              loop.call_later(1s, [] {});
              co_await future;
          }) > 3);
}

TEST_CASE("Out of memory: cancelling with a message") {
    CHECK(fail_everywhere([]() -> Coroutine<> {
              const auto sleeper = []() -> Coroutine<> {
                  const Held held;
                  co_await sleep(1h);
              };
              auto task = create_task(sleeper());
              co_await sleep(0s);
              task.cancel("a message that is long enough to be allocated");
              const auto result = co_await as_result(task);
              if (result.ok()) throw RuntimeError("wrong result");
          }) > 0);
}

TEST_CASE("Out of memory: a generator that is left half-way") {
    const auto count = [](int to) -> AsyncGenerator<int> {
        const Held held;
        for (int i = 0; i < to; ++i) {
            co_await sleep(0s);
            co_yield i;
        }
    };
    CHECK(fail_everywhere([&]() -> Coroutine<> {
              auto numbers = count(4);
              co_await numbers.next();
              co_await numbers.next();
              co_await numbers.aclose();
          }) > 0);
}
