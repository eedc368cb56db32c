// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <unordered_set>

#include "tests/support/virtually.hpp"

using namespace std::chrono_literals;
using asyncio::AnyFuture;
using asyncio::AnyTask;
using asyncio::Coroutine;
using asyncio::Future;
using asyncio::Task;
using awaitscope::test::virtually;

namespace {

Coroutine<int> give(int value) {
    co_await asyncio::sleep(0s);
    co_return value;
}
Coroutine<> work() {
    co_await asyncio::sleep(1s);
}
Coroutine<int> fail() {
    co_await asyncio::sleep(0s);
    throw asyncio::ValueError("failed");
}

}  // namespace

TEST_CASE("create_task takes coroutines, functions, operations: with and without a name") {
    virtually([]() -> Coroutine<> {
        auto plain = asyncio::create_task(give(1));
        auto named = asyncio::create_task(give(2), "second");
        const std::string name = "third";
        Task<int> by_string = asyncio::create_task(give(3), name);
        int base = 40;
        auto lambda = asyncio::create_task([&]() -> Coroutine<int> { co_return base + 4; });
        auto function = asyncio::create_task(work, "function");
        auto operation = asyncio::create_task(asyncio::sleep(1ms, std::string("slept")));
        Task<> of_loop = asyncio::get_running_loop().create_task(work(), "of loop");
        CHECK(plain.get_name().starts_with("Task-"));
        CHECK(named.get_name() == "second");
        CHECK(by_string.get_name() == "third");
        CHECK(function.get_coro_name() == "work");
        CHECK(lambda.get_coro_name() == "<lambda>");
        named.set_name("renamed");
        CHECK(named.get_name() == "renamed");
        const int one = co_await plain;
        const int two = co_await named;
        const int three = co_await std::move(by_string);
        const int four = co_await lambda;
        const std::string slept = co_await operation;
        co_await function;
        co_await of_loop;
        CHECK(one == 1);
        CHECK(two == 2);
        CHECK(three == 3);
        CHECK(four == 44);
        CHECK(slept == "slept");
        CHECK(plain.done());
        CHECK(plain.result() == 1);
        CHECK(plain.exception() == nullptr);
    });
    CHECK_THROWS_AS(asyncio::create_task(work), asyncio::RuntimeError);
}

TEST_CASE("A lambda that captures by value is kept alive with its task") {
    virtually([]() -> Coroutine<> {
        Task<std::string> task;
        {
            const auto text = std::make_shared<std::string>("kept");
            auto function = [text]() -> Coroutine<std::string> {
                co_await asyncio::sleep(1s);
                co_return *text;
            };
            task = asyncio::create_task(function);
        }
        const std::string result = co_await task;
        CHECK(result == "kept");
    });
}

TEST_CASE("A task's whole life") {
    virtually([]() -> Coroutine<> {
        auto task = asyncio::create_task(work());
        CHECK_FALSE(task.done());
        CHECK_FALSE(task.cancelled());
        CHECK_THROWS_AS(task.result(), asyncio::InvalidStateError);
        CHECK_THROWS_AS(task.exception(), asyncio::InvalidStateError);
        CHECK_THROWS_AS(task.set_result(), asyncio::RuntimeError);
        CHECK_THROWS_AS(task.set_exception(asyncio::ValueError("x")), asyncio::RuntimeError);
        CHECK(task.cancelling() == 0);
        CHECK(task.cancel("reason"));
        CHECK(task.cancelling() == 1);
        CHECK(task.uncancel() == 0);
        CHECK(&task.get_loop() == &asyncio::get_running_loop());
        CHECK(task.id() != 0);
        std::string message;
        try {
            task.cancel("again");
            co_await task;
        } catch (const asyncio::CancelledError& e) {
            message = e.what();
        }
        CHECK(message == "again");
        CHECK(task.cancelled());
        CHECK_FALSE(task.cancel());
        CHECK_THROWS_AS(task.result(), asyncio::CancelledError);
        CHECK_THROWS_AS(task.exception(), asyncio::CancelledError);

        Task<int> failing = asyncio::create_task(fail);
        auto outcome = co_await asyncio::as_result(failing);
        CHECK_FALSE(outcome.ok());
        CHECK(asyncio::to_string(failing.exception()) == "ValueError: failed");
        CHECK_THROWS_AS(failing.result(), asyncio::ValueError);
    });
}

TEST_CASE("Handles convert, compare and may be kept in sets") {
    virtually([]() -> Coroutine<> {
        Task<int> task = asyncio::create_task(give(1), "one");
        Task<int> same = task;
        Task<> other = asyncio::create_task(work(), "other");
        CHECK(same == task);
        AnyTask any = task;
        AnyFuture future = task;
        AnyFuture from_any = any;
        Future<int> typed = task;
        CHECK(any == AnyTask(same));
        CHECK(future == from_any);
        CHECK(typed == task);
        CHECK_FALSE(AnyTask(other) == any);
        CHECK(any != other);
        CHECK(any.get_name() == "one");
        CHECK(any.get_coro_name() == "give");
        std::vector<AnyTask> all{task, other};
        std::set<Task<>> ordered{other};
        std::unordered_set<Task<>> background;
        background.insert(other);
        other.add_done_callback([&](const Task<>& done) { background.erase(done); });
        std::unordered_set<AnyTask> erased{task, other};
        std::map<AnyFuture, int> numbers{{task, 1}, {other, 2}};
        CHECK(erased.size() == 2);
        CHECK(numbers.at(other) == 2);
        co_await task;
        co_await other;
        co_await asyncio::sleep(0s);
        CHECK(background.empty());
        CHECK(ordered.contains(other));
    });
}

TEST_CASE("AnyTask and AnyFuture do what a Task and a Future do, but for the value") {
    virtually([]() -> Coroutine<> {
        AnyTask task = asyncio::create_task(give(3), "any");
        CHECK_FALSE(task.done());
        CHECK_THROWS_AS(task.result(), asyncio::InvalidStateError);
        int called = 0;
        const auto id = task.add_done_callback([&](AnyTask done) { called += done.done(); });
        task.add_done_callback([&](const AnyFuture& done) { called += done.done(); });
        CHECK(task.remove_done_callback(id) == 1);
        co_await task;
        co_await asyncio::sleep(0s);
        CHECK(called == 1);
        task.result();
        CHECK(task.exception() == nullptr);
        CHECK(task.cancelling() == 0);
        CHECK(task.uncancel() == 0);
        CHECK_FALSE(task.cancelled());
        CHECK_FALSE(task.cancel());
        task.set_name("named");
        CHECK(task.get_name() == "named");
        CHECK(&task.get_loop() == &asyncio::get_running_loop());

        AnyFuture failed = asyncio::create_task(fail());
        auto result = co_await asyncio::as_result(failed);
        CHECK(asyncio::to_string(result.exception()) == "ValueError: failed");
        CHECK_THROWS_AS(failed.result(), asyncio::ValueError);

        std::vector<AnyTask> tasks{asyncio::create_task(give(1)), asyncio::create_task(work())};
        auto all = co_await asyncio::gather(tasks);
        CHECK(all.size() == 2);
        auto kept = co_await asyncio::gather(asyncio::return_exceptions, tasks);
        CHECK(kept[1].ok());
        co_await asyncio::wait_for(tasks.front(), 1s);
        co_await asyncio::shield(tasks.front());
        for (auto next : asyncio::as_completed(tasks)) co_await next;
    });
}

TEST_CASE("current_task, all_tasks") {
    virtually([]() -> Coroutine<> {
        std::optional<AnyTask> me = asyncio::current_task();
        CHECK(me.has_value());
        CHECK(me->get_name().starts_with("Task-"));
        auto task = asyncio::create_task(work());
        std::vector<AnyTask> all = asyncio::all_tasks();
        CHECK(all.size() == 2);
        CHECK(asyncio::all_tasks(&asyncio::get_running_loop()).size() == 2);
        CHECK(asyncio::running_loop() == &asyncio::get_running_loop());
        bool none = false;
        asyncio::get_running_loop().call_soon([&] { none = !asyncio::current_task(); });
        co_await asyncio::sleep(0s);
        CHECK(none);
        // How a program ends what it has started.
        for (AnyTask& t : all)
            if (t != *asyncio::current_task()) t.cancel();
        std::erase(all, *me);
        auto ended = co_await asyncio::gather(asyncio::return_exceptions, all);
        CHECK(ended.size() == 1);
        CHECK(task.cancelled());
    });
}

TEST_CASE("ensure_future makes tasks of coroutines and leaves futures alone") {
    virtually([]() -> Coroutine<> {
        Task<int> task = asyncio::ensure_future(give(1));
        Task<int> same = asyncio::ensure_future(task);
        Task<int> of_function = asyncio::ensure_future([]() -> Coroutine<int> { co_return 2; });
        Future<int> future = asyncio::get_running_loop().create_future<int>();
        Future<int> same_future = asyncio::ensure_future(future);
        CHECK(task == same);
        CHECK(future == same_future);
        co_await task;
        const int two = co_await of_function;
        CHECK(two == 2);
    });
}

TEST_CASE("Coroutines in containers") {
    virtually([]() -> Coroutine<> {
        std::vector<Coroutine<int>> coroutines;
        for (int i = 0; i < 3; ++i) coroutines.push_back(give(i));
        coroutines.emplace_back(give(3));
        auto values = co_await asyncio::gather(std::move(coroutines));
        CHECK(values == std::vector<int>{0, 1, 2, 3});

        asyncio::Event event;
        asyncio::Lock lock;
        asyncio::Queue<int> queue;
        std::vector<Coroutine<>> operations;
        operations.push_back(asyncio::sleep(1s));
        operations.push_back(queue.put(5));
        operations.push_back(work());
        auto done = co_await asyncio::gather(std::move(operations));
        CHECK(done.size() == 3);
        std::vector<Coroutine<bool>> flags;
        event.set();
        flags.push_back(event.wait());
        flags.push_back(lock.acquire());
        auto got = co_await asyncio::gather(std::move(flags));
        CHECK(got == std::vector<bool>{true, true});
        Coroutine<int> get = queue.get();
        const int five = co_await std::move(get);
        CHECK(five == 5);

        std::vector<Task<int>> tasks;
        for (int i = 0; i < 3; ++i) tasks.push_back(asyncio::create_task(give(i), "t" + std::to_string(i)));
        int sum = 0;
        for (auto& task : tasks) sum += co_await task;
        CHECK(sum == 3);
    });
}

TEST_CASE("Eager tasks run at once") {
    virtually([]() -> Coroutine<> {
        auto& loop = asyncio::get_running_loop();
        int steps = 0;
        const auto step = [&]() -> Coroutine<> {
            ++steps;
            co_return;
        };
        loop.set_task_factory(asyncio::eager_task_factory);
        auto eager = asyncio::create_task(step);
        CHECK(steps == 1);
        CHECK(eager.done());
        loop.set_task_factory(asyncio::create_eager_task_factory());
        auto second = asyncio::create_task(step);
        CHECK(steps == 2);
        loop.set_task_factory(nullptr);
        auto third = asyncio::create_task(step);
        CHECK(steps == 2);
        co_await third;
        CHECK(steps == 3);
        co_await second;
    });
}

TEST_CASE("Context variables belong to tasks") {
    static asyncio::ContextVar<int> number{"number", 1};
    static asyncio::ContextVar<std::string> text{"text", "none"};
    static asyncio::ContextVar<int> unset{"unset"};
    virtually([]() -> Coroutine<> {
        CHECK(number.get() == 1);
        CHECK(text.get() == "none");
        auto token = number.set(2);
        int inside = 0;
        auto task = asyncio::create_task([&]() -> Coroutine<> {
            inside = number.get();
            number.set(5);
            co_return;
        });
        co_await task;
        CHECK(inside == 2);
        CHECK(number.get() == 2);
        const int in_thread = co_await asyncio::to_thread([] { return number.get(); });
        CHECK(in_thread == 2);
        number.reset(token);
        CHECK(number.get() == 1);
        CHECK_THROWS_AS(unset.get(), std::exception);
        const asyncio::ContextVar<int>::Token set = unset.set(1);
        (void)set;
        CHECK(unset.get() == 1);
    });
}
