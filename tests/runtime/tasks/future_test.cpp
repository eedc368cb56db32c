// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <memory>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::log_of;
using awaitscope::test::LoopLog;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {
/// A loop that never runs: enough for a future's states.
struct IdleLoop {
    std::unique_ptr<EventLoop> owner = new_event_loop(Clock::virtual_time);
    EventLoop& loop = *owner;
};
}  // namespace

TEST_CASE_METHOD(IdleLoop, "A new future is pending") {
    auto future = loop.create_future<int>();
    CHECK_FALSE(future.done());
    CHECK_FALSE(future.cancelled());
    CHECK(thrown_by([&] { future.result(); }) == "InvalidStateError: Result is not set.");
    CHECK(thrown_by([&] { future.exception(); }) == "InvalidStateError: Exception is not set.");
    CHECK(&future.get_loop() == &loop);
}

TEST_CASE_METHOD(IdleLoop, "A future with a result is done and has no exception") {
    auto future = loop.create_future<std::string>();
    future.set_result("here");
    CHECK(future.done());
    CHECK_FALSE(future.cancelled());
    CHECK(future.result() == "here");
    CHECK(future.result() == "here");
    CHECK(future.exception() == nullptr);
}

TEST_CASE_METHOD(IdleLoop, "A future with an exception throws it from result() each time") {
    auto future = loop.create_future<int>();
    future.set_exception(ValueError("no"));
    CHECK(future.done());
    CHECK_FALSE(future.cancelled());
    CHECK(thrown_by([&] { future.result(); }) == "ValueError: no");
    CHECK(thrown_by([&] { future.result(); }) == "ValueError: no");
    CHECK(to_string(future.exception()) == "ValueError: no");
}

TEST_CASE_METHOD(IdleLoop, "A cancelled future throws CancelledError with its message") {
    auto future = loop.create_future<int>();
    CHECK(future.cancel("enough"));
    CHECK(future.done());
    CHECK(future.cancelled());
    CHECK(thrown_by([&] { future.result(); }) == "CancelledError: enough");
    CHECK(thrown_by([&] { future.exception(); }) == "CancelledError: enough");
}

TEST_CASE_METHOD(IdleLoop, "A future that is done cannot be set again, nor cancelled") {
    const auto check = [](const Future<int>& future) {
        CHECK(thrown_by([&] { future.set_result(2); }) == "InvalidStateError: invalid state");
        CHECK(thrown_by([&] { future.set_exception(ValueError()); }) == "InvalidStateError: invalid state");
        CHECK_FALSE(future.cancel());
    };
    auto finished = loop.create_future<int>();
    finished.set_result(1);
    check(finished);
    auto failed = loop.create_future<int>();
    failed.set_exception(ValueError());
    check(failed);
    auto cancelled = loop.create_future<int>();
    cancelled.cancel();
    check(cancelled);
}

TEST_CASE_METHOD(IdleLoop, "No exception at all is not one to set") {
    auto future = loop.create_future<int>();
    CHECK_THAT(thrown_by([&] { future.set_exception(std::exception_ptr()); }), Catch::StartsWith("TypeError"));
    CHECK_FALSE(future.done());
}

TEST_CASE_METHOD(IdleLoop, "Handles of one future are equal, of two are not") {
    auto one = loop.create_future<int>();
    auto same = one;
    auto other = loop.create_future<int>();
    CHECK(one == same);
    CHECK_FALSE(one == other);
    CHECK(AnyFuture(one) == AnyFuture(same));
    CHECK(one.id() == same.id());
    CHECK(one.id() != other.id());
    CHECK_FALSE(Future<int>());
    CHECK(one);
}

TEST_CASE_METHOD(IdleLoop, "A future's value is destroyed with its last handle") {
    auto value = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = value;
    auto future = loop.create_future<std::shared_ptr<int>>();
    future.set_result(std::move(value));
    auto copy = future;
    future = {};
    CHECK_FALSE(watch.expired());
    copy = {};
    CHECK(watch.expired());
}

TEST_CASE("Callbacks run in the turn after, in the order in which they were added") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              auto future = get_running_loop().create_future<int>();
              for (int i = 1; i <= 3; ++i)
                  future.add_done_callback(
                      [&log, i](const Future<int>& f) { log("callback {} of {}", i, f.result()); });
              future.set_result(7);
              log("set");
              co_await sleep(0s);
              log("main");
          }) ==
          "#1 set\n"
          "#2 callback 1 of 7\n"
          "#2 callback 2 of 7\n"
          "#2 callback 3 of 7\n"
          "#2 main\n");
}

TEST_CASE("A callback added to a done future runs in the next turn as well") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              auto future = get_running_loop().create_future<>();
              future.cancel();
              future.add_done_callback([&](const Future<>& f) { log("cancelled: {}", f.cancelled()); });
              log("main");
              co_await sleep(0s);
          }) == "#1 main\n#2 cancelled: true\n");
}

TEST_CASE("A removed callback does not run, and is counted once") {
    run_virtual([]() -> Coroutine<> {
        auto future = get_running_loop().create_future<>();
        int ran = 0;
        const auto first = future.add_done_callback([&](const Future<>&) { ran += 1; });
        future.add_done_callback([&](const Future<>&) { ran += 10; });
        CHECK(future.remove_done_callback(first) == 1);
        CHECK(future.remove_done_callback(first) == 0);
        CHECK(future.remove_done_callback(4711) == 0);
        future.set_result();
        co_await sleep(0s);
        CHECK(ran == 10);
    });
}

TEST_CASE("What a callback holds is let go of when the callback is removed, has run, or its future goes") {
    run_virtual([]() -> Coroutine<> {
        auto held = std::make_shared<int>(0);
        const auto callback = [held](const Future<>&) {};
        const auto uses = held.use_count();
        auto future = get_running_loop().create_future<>();
        const auto id = future.add_done_callback(callback);
        CHECK(held.use_count() == uses + 1);
        future.remove_done_callback(id);
        CHECK(held.use_count() == uses);
        future.add_done_callback(callback);
        future.set_result();
        co_await sleep(0s);
        CHECK(held.use_count() == uses);
        auto dropped = get_running_loop().create_future<>();
        dropped.add_done_callback(callback);
        dropped = {};
        CHECK(held.use_count() == uses);
    });
}

TEST_CASE("A callback that throws is reported, and the others run") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              EventLoop& loop = get_running_loop();
              loop.set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
                  log("{}: {}", context.message, to_string(context.exception));
              });
              auto future = loop.create_future<>();
              future.add_done_callback([](const Future<>&) { throw ValueError("bad"); });
              future.add_done_callback([&](const Future<>&) { log("second"); });
              future.set_result();
              co_await sleep(0s);
          }) == "#2 Exception in callback <lambda>(): ValueError: bad\n#2 second\n");
}

TEST_CASE("A future may be awaited by many, also after it is done") {
    run_virtual([]() -> Coroutine<> {
        auto future = get_running_loop().create_future<std::string>();
        auto wait = [&]() -> Coroutine<std::string> { co_return co_await future; };
        auto a = create_task(wait);
        auto b = create_task(wait);
        co_await sleep(0s);
        future.set_result("text");
        const std::string from_a = co_await a;
        const std::string from_b = co_await b;
        const std::string again = co_await future;
        CHECK(from_a == "text");
        CHECK(from_b == "text");
        CHECK(again == "text");
    });
}

TEST_CASE("A value that can only be moved is moved out of its future") {
    run_virtual([]() -> Coroutine<> {
        auto future = get_running_loop().create_future<std::unique_ptr<int>>();
        future.set_result(std::make_unique<int>(5));
        CHECK(*future.result() == 5);
        const std::unique_ptr<int> value = co_await std::move(future);
        CHECK(*value == 5);
    });
}

TEST_CASE("A future of a reference gives the very thing") {
    run_virtual([]() -> Coroutine<> {
        int number = 1;
        auto future = get_running_loop().create_future<int&>();
        future.set_result(number);
        int& got = co_await future;
        got = 2;
        CHECK(&future.result() == &number);
        CHECK(number == 2);
    });
}

TEST_CASE("Awaiting a done future takes no turn") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        const auto turn = loop.iteration();
        auto done = loop.create_future<>();
        done.set_result();
        co_await done;
        auto cancelled = loop.create_future<>();
        cancelled.cancel();
        CHECK((co_await as_result(cancelled)).exception());
        CHECK(loop.iteration() == turn);
    });
}

namespace {
/// What the loop's exception handler is told while `body` runs.
std::string reports_of(std::function<Coroutine<>()> body) {
    std::string reports;
    run_virtual([&]() -> Coroutine<> {
        get_running_loop().set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
            reports += context.message + ": " + to_string(context.exception) + '\n';
        });
        co_await body();
    });
    return reports;
}
}  // namespace

TEST_CASE("An exception that nobody took is reported when its future goes") {
    CHECK(reports_of([]() -> Coroutine<> {
              auto future = get_running_loop().create_future<>();
              future.set_exception(ValueError("lost"));
              co_return;
          }) == "Future exception was never retrieved: ValueError: lost\n");
}

TEST_CASE("An exception that was taken is not reported") {
    const auto reports_after = [](std::function<void(Future<>&)> take) {
        return reports_of([&]() -> Coroutine<> {
            auto future = get_running_loop().create_future<>();
            future.set_exception(ValueError("taken"));
            take(future);
            co_return;
        });
    };
    CHECK(reports_after([](Future<>& f) { thrown_by([&] { f.result(); }); }) == "");
    CHECK(reports_after([](Future<>& f) { f.exception(); }) == "");
    // CPython's cancel() too takes the exception for known.
    CHECK(reports_after([](Future<>& f) { f.cancel(); }) == "");
}

TEST_CASE("An exception that was awaited is not reported, even when a cancellation covers it") {
    CHECK(reports_of([]() -> Coroutine<> {
              auto future = get_running_loop().create_future<>();
              auto wait = [future]() -> Coroutine<> { co_await future; };
              auto task = create_task(wait);
              co_await sleep(0s);
              future.set_exception(ValueError("covered"));
              task.cancel();
              const auto result = co_await as_result(task);
              CHECK(to_string(result.exception()) == "CancelledError");
          }) == "");
}

TEST_CASE("A report may keep the future alive") {
    AnyFuture kept;
    const auto loop = new_event_loop();
    loop->set_exception_handler([&](EventLoop&, const ExceptionContext& context) { kept = *context.future; });
    {
        auto future = loop->create_future<>();
        future.set_exception(ValueError("kept"));
    }
    REQUIRE(kept);
    CHECK(to_string(kept.exception()) == "ValueError: kept");
}

TEST_CASE("A future may outlive its loop") {
    auto loop = new_event_loop();
    auto done = loop->create_future<std::string>();
    auto pending = loop->create_future<std::string>();
    auto called = std::make_shared<bool>(false);
    pending.add_done_callback([called](const Future<std::string>&) { *called = true; });
    done.set_result("still here");
    loop.reset();
    CHECK(done.result() == "still here");
    CHECK(done.get_loop().is_closed());
    CHECK_FALSE(pending.done());
    pending.set_result("nobody will know");
    CHECK_FALSE(*called);
}

TEST_CASE("Awaiting another loop's future is a RuntimeError at the co_await") {
    const auto other = new_event_loop();
    auto foreign = other->create_future<>();
    CHECK(thrown_by([&] {
              run_virtual([&]() -> Coroutine<> {
                  current_task()->set_name("T");
                  co_await foreign;
              });
          }) == "RuntimeError: Task T got a Future attached to a different loop");
}
