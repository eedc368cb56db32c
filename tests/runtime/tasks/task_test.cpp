// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <memory>

#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::log_of;
using awaitscope::test::LoopLog;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {

Coroutine<int> answer() {
    co_return 42;
}

Coroutine<> nothing() {
    co_return;
}

int number_of(const std::string& name) {
    REQUIRE_THAT(name, Catch::StartsWith("Task-"));
    return std::stoi(name.substr(5));
}

}  // namespace

TEST_CASE("Tasks without a name are numbered, and named ones take no number") {
    run_virtual([]() -> Coroutine<> {
        auto first = create_task(nothing());
        auto named = create_task(nothing(), "named");
        auto second = create_task(nothing());
        CHECK(named.get_name() == "named");
        CHECK(number_of(second.get_name()) == number_of(first.get_name()) + 1);
        co_await gather(first, named, second);
    });
}

TEST_CASE("A task's name can be changed") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task(nothing());
        task.set_name("other");
        CHECK(task.get_name() == "other");
        CHECK(AnyTask(task).get_name() == "other");
        co_await task;
    });
}

namespace {
template <class T, int N>
Coroutine<T> echo(T value) {
    co_return value;
}
struct Sum {};
template <class T>
Coroutine<T> operator>(Sum, T value) {
    co_return value;
}
}  // namespace

TEST_CASE("A task knows its coroutine's bare name") {
    run_virtual([]() -> Coroutine<> {
        auto function = create_task(answer());
        auto lambda = create_task([]() -> Coroutine<> { co_return; });
        CHECK(function.get_coro_name() == "answer");
        CHECK(lambda.get_coro_name() == "<lambda>");
        co_await function;
        co_await lambda;
        auto of_template = create_task(echo<std::string, 3>("x"));
        CHECK(of_template.get_coro_name() == "echo");
        auto unstarted = echo<int, 1>(1);
        CHECK(std::string_view(unstarted.name()) == "echo");
        co_await std::move(unstarted);
        const auto generic = [](auto value) -> Coroutine<int> { co_return value; };
        auto of_generic = create_task(generic(1));
        CHECK(of_generic.get_coro_name() == "<lambda>");
        auto of_operator = create_task(Sum{} > 3);
        CHECK(of_operator.get_coro_name() == "operator>");
        co_await of_template;
        co_await of_generic;
        co_await of_operator;
    });
}

TEST_CASE("A task is made of a coroutine, a lambda, a function and an operation") {
    run_virtual([]() -> Coroutine<> {
        auto of_coroutine = create_task(answer());
        auto of_lambda = create_task([]() -> Coroutine<int> { co_return 1; });
        auto of_function = create_task(answer);
        auto of_operation = create_task(sleep(1s, 5));
        CHECK((co_await of_coroutine) == 42);
        CHECK((co_await of_lambda) == 1);
        CHECK((co_await of_function) == 42);
        CHECK((co_await of_operation) == 5);
    });
}

TEST_CASE("A task's result may be void, a value, something only movable, a reference") {
    run_virtual([]() -> Coroutine<> {
        auto of_void = create_task(nothing());
        co_await of_void;
        CHECK(thrown_by([&] { of_void.result(); }) == "nothing");
        auto of_pointer = create_task([]() -> Coroutine<std::unique_ptr<int>> { co_return std::make_unique<int>(3); });
        const auto pointer = co_await of_pointer;
        CHECK(*pointer == 3);
        static int number = 0;
        auto of_reference = create_task([]() -> Coroutine<int&> { co_return number; });
        int& reference = co_await of_reference;
        CHECK(&reference == &number);
    });
}

TEST_CASE("Two that await one task each get its value") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task([]() -> Coroutine<std::string> { co_return std::string(100, 'x'); });
        const std::string first = co_await task;
        const std::string second = co_await task;
        CHECK(first == second);
        CHECK(first.size() == 100);
    });
}

TEST_CASE("A task goes on when its last handle is dropped") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              auto work = [&]() -> Coroutine<> {
                  co_await sleep(1s);
                  log("done");
              };
              create_task(work);
              co_await sleep(2s);
          }) == "#4 t=1 done\n");
}

TEST_CASE("A task that is done is freed with its last handle") {
    run_virtual([]() -> Coroutine<> {
        auto held = std::make_shared<int>(0);
        auto task = create_task([held]() -> Coroutine<> { co_await sleep(0s); });
        const auto running = held.use_count();
        co_await task;
        CHECK(held.use_count() == running);
        task = {};
        CHECK(held.use_count() == running - 1);
    });
}

TEST_CASE("What a coroutine holds is destroyed when it ends, not with its task") {
    run_virtual([]() -> Coroutine<> {
        const auto held = std::make_shared<int>(0);
        auto body = [&held]() -> Coroutine<> {
            const auto copy = held;
            co_await sleep(0s);
        };
        auto task = create_task(body);
        co_await sleep(0s);
        CHECK(held.use_count() == 2);
        co_await task;
        CHECK(held.use_count() == 1);
    });
}

TEST_CASE("A task takes no result from outside") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task(answer());
        CHECK(thrown_by([&] { task.set_result(1); }) == "RuntimeError: Task does not support set_result operation");
        CHECK(thrown_by([&] { task.set_exception(ValueError()); }) ==
              "RuntimeError: Task does not support set_exception operation");
        co_await task;
    });
}

TEST_CASE("A task that awaits itself is told so") {
    run_virtual([]() -> Coroutine<> {
        Task<> self;
        auto body = [&]() -> Coroutine<> { co_await self; };
        self = create_task(body, "ouroboros");
        const auto result = co_await as_result(self);
        CHECK(to_string(result.exception()) == "RuntimeError: Task cannot await on itself: ouroboros");
    });
}

TEST_CASE("A task's exception is thrown at its awaiter, and counts as taken") {
    const awaitscope::test::CapturedStderr captured;
    run_virtual([]() -> Coroutine<> {
        auto task = create_task([]() -> Coroutine<> {
            throw ValueError("inside");
            co_return;
        });
        std::string caught;
        try {
            co_await task;
        } catch (const ValueError& error) {
            caught = error.what();
        }
        CHECK(caught == "inside");
    });
    CHECK(captured.text() == "");
}

TEST_CASE("A task's exception that nobody took is reported on stderr") {
    const awaitscope::test::CapturedStderr captured;
    run_virtual([]() -> Coroutine<> {
        create_task(
            []() -> Coroutine<> {
                throw ValueError("lost");
                co_return;
            },
            "loser");
        co_await sleep(0s);
    });
    CHECK_THAT(captured.text(),
               Catch::StartsWith("Task exception was never retrieved\nfuture: <Task finished name='loser' coro="));
    CHECK_THAT(captured.text(), Catch::Contains("ValueError: lost"));
}

TEST_CASE("current_task is the running task, and nothing in a callback") {
    run_virtual([]() -> Coroutine<> {
        auto child = create_task([]() -> Coroutine<std::string> { co_return current_task()->get_name(); }, "child");
        CHECK((co_await child) == "child");
        bool in_callback = true;
        get_running_loop().call_soon([&] { in_callback = current_task().has_value(); });
        co_await sleep(0s);
        CHECK_FALSE(in_callback);
        CHECK(current_task().has_value());
    });
}

TEST_CASE("all_tasks are those that are not done, in order of creation") {
    run_virtual([]() -> Coroutine<> {
        current_task()->set_name("main");
        auto a = create_task([]() -> Coroutine<> { co_await sleep(1s); }, "a");
        auto b = create_task(nothing(), "b");
        auto c = create_task([]() -> Coroutine<> { co_await sleep(1s); }, "c");
        const auto names = [] {
            std::string all;
            for (const AnyTask& task : all_tasks()) all += task.get_name() + ' ';
            return all;
        };
        CHECK(names() == "main a b c ");
        co_await b;
        CHECK(names() == "main a c ");
        co_await gather(a, c);
        CHECK(names() == "main ");
    });
}

TEST_CASE("Without a running loop there are no tasks to make or to ask for") {
    const awaitscope::test::CapturedStderr captured;
    CHECK(thrown_by([] { get_running_loop(); }) == "RuntimeError: no running event loop");
    CHECK(thrown_by([] { current_task(); }) == "RuntimeError: no running event loop");
    CHECK(thrown_by([] { all_tasks(); }) == "RuntimeError: no running event loop");
    CHECK(thrown_by([] { create_task(nothing()); }) == "RuntimeError: no running event loop");
    CHECK(running_loop() == nullptr);
    CHECK_THAT(captured.text(), Catch::Contains("coroutine 'nothing' was never awaited"));
}

TEST_CASE("ensure_future leaves tasks and futures as they are and makes tasks of coroutines") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task(answer());
        CHECK(ensure_future(task) == task);
        auto future = get_running_loop().create_future<>();
        CHECK(ensure_future(future) == future);
        auto made = ensure_future(answer());
        CHECK((co_await made) == 42);
        co_await task;
    });
}

TEST_CASE("A done callback of a task is given the task's future") {
    run_virtual([]() -> Coroutine<> {
        auto task = create_task(answer());
        int result = 0;
        task.add_done_callback([&](const Future<int>& future) { result = future == task ? future.result() : -1; });
        co_await task;
        CHECK(result == 42);
    });
}
