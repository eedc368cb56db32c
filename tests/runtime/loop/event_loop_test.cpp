// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/support/captured_stderr.hpp"
#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::CapturedStderr;
using awaitscope::test::log_of;
using awaitscope::test::LoopLog;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {
Coroutine<int> answer() {
    co_return 42;
}
}  // namespace

TEST_CASE("run_until_complete gives the result of a coroutine, a task and a future") {
    const auto loop = new_event_loop();
    CHECK(loop->run_until_complete(answer()) == 42);
    CHECK(loop->run_until_complete(loop->create_task(answer())) == 42);
    auto future = loop->create_future<std::string>();
    loop->call_soon([&] { future.set_result("set"); });
    CHECK(loop->run_until_complete(future) == "set");
}

TEST_CASE("run_until_complete throws what its coroutine throws") {
    const auto loop = new_event_loop();
    const CapturedStderr captured;
    CHECK(thrown_by([&] {
              loop->run_until_complete([]() -> Coroutine<> {
                  throw ValueError("out");
                  co_return;
              });
          }) == "ValueError: out");
    CHECK(captured.text() == "");
}

TEST_CASE("A loop that is stopped first has not completed") {
    const auto loop = new_event_loop();
    auto never = loop->create_future<>();
    loop->call_soon([&] { loop->stop(); });
    CHECK(thrown_by([&] { loop->run_until_complete(never); }) ==
          "RuntimeError: Event loop stopped before Future completed.");
    // Its callback is gone: the future may end later without stopping another run.
    never.set_result();
    bool later = false;
    loop->call_soon([&] { loop->call_soon([&] { later = true; }); });
    loop->call_later(1ms, [&] { loop->stop(); });
    loop->run_forever();
    CHECK(later);
}

TEST_CASE("stop() before the run lets one turn pass") {
    const auto loop = new_event_loop();
    int ran = 0;
    loop->call_soon([&] {
        ++ran;
        loop->call_soon([&] { ran += 10; });
    });
    loop->stop();
    loop->run_forever();
    CHECK(ran == 1);
}

TEST_CASE("A loop that runs cannot be run, closed, nor can another in its thread") {
    const auto other = new_event_loop();
    run_virtual([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        CHECK(loop.is_running());
        CHECK_FALSE(other->is_running());
        CHECK(thrown_by([&] { loop.run_forever(); }) == "RuntimeError: This event loop is already running");
        CHECK(thrown_by([&] { loop.close(); }) == "RuntimeError: Cannot close a running event loop");
        CHECK(thrown_by([&] { other->run_forever(); }) ==
              "RuntimeError: Cannot run the event loop while another loop is running");
        co_return;
    });
}

TEST_CASE("A coroutine given to a loop that runs already never starts") {
    const CapturedStderr captured;
    run_virtual([]() -> Coroutine<> {
        bool started = false;
        auto body = [&]() -> Coroutine<> {
            started = true;
            co_return;
        };
        CHECK(thrown_by([&] { get_running_loop().run_until_complete(body()); }) ==
              "RuntimeError: This event loop is already running");
        co_await sleep(1s);
        CHECK_FALSE(started);
        CHECK(all_tasks().size() == 1);
    });
    CHECK_THAT(captured.text(), Catch::Contains("was never awaited"));
}

TEST_CASE("A closed loop takes nothing any more") {
    const auto loop = new_event_loop();
    loop->close();
    loop->close();
    CHECK(loop->is_closed());
    const std::string closed = "RuntimeError: Event loop is closed";
    CHECK(thrown_by([&] { loop->call_soon([] {}); }) == closed);
    CHECK(thrown_by([&] { loop->call_soon_threadsafe([] {}); }) == closed);
    CHECK(thrown_by([&] { loop->call_later(1s, [] {}); }) == closed);
    CHECK(thrown_by([&] { loop->call_at(loop->time(), [] {}); }) == closed);
    CHECK(thrown_by([&] { loop->run_forever(); }) == closed);
    CHECK(thrown_by([&] { loop->add_reader(0, [] {}); }) == closed);
    CHECK_FALSE(loop->remove_reader(0));
}

TEST_CASE("Arguments of a callback are kept by value") {
    const auto loop = new_event_loop();
    std::string said;
    {
        const std::string text = "a text that is too long for a small string";
        loop->call_soon([&](const std::string& t, int n) { said = t + std::to_string(n); }, text, 5);
        loop->call_later(
            0s, [&](const std::string& t) { said += t; }, text);
    }
    loop->stop();
    loop->run_forever();
    CHECK(said == "a text that is too long for a small string5a text that is too long for a small string");
}

TEST_CASE("Equal timers fire in the order in which they were set") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              EventLoop& loop = get_running_loop();
              const auto when = loop.time() + 1s;
              for (char name = 'a'; name <= 'z'; ++name) loop.call_at(when, [&log, name] { log("{}", name); });
              co_await sleep(2s);
          }) == [] {
        std::string lines;
        for (char name = 'a'; name <= 'z'; ++name) lines += fmt::format("#2 t=1 {}\n", name);
        return lines;
    }());
}

TEST_CASE("Timers fire by time, whatever the order in which they were set and taken away") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        std::vector<int> fired;
        std::vector<TimerHandle> handles;
        for (int i = 0; i < 200; ++i) {
            const int ms = (i * 7919) % 211;
            handles.push_back(loop.call_later(std::chrono::milliseconds(ms), [&fired, ms] { fired.push_back(ms); }));
        }
        for (std::size_t i = 0; i < handles.size(); i += 3) handles[i].cancel();
        co_await sleep(1s);
        CHECK(fired.size() == 200 - 67);
        CHECK(std::is_sorted(fired.begin(), fired.end()));
    });
}

TEST_CASE("A callback that throws is reported with its handle, and the loop goes on") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        std::string report;
        bool has_handle = false;
        loop.set_exception_handler([&](EventLoop& l, const ExceptionContext& context) {
            CHECK(&l == &loop);
            report = context.message + " / " + to_string(context.exception);
            has_handle = context.handle.has_value();
        });
        loop.call_soon([] { throw ValueError("bad"); });
        co_await sleep(0s);
        CHECK(report == "Exception in callback <lambda>() / ValueError: bad");
        CHECK(has_handle);
        loop.call_later(1s, [] { throw CancelledError("even this"); });
        co_await sleep(2s);
        CHECK_THAT(report, Catch::EndsWith("CancelledError: even this"));
    });
}

TEST_CASE("Without a handler of one's own an error goes to stderr") {
    const CapturedStderr captured;
    run_virtual([]() -> Coroutine<> {
        get_running_loop().set_exception_handler([](EventLoop&, const ExceptionContext&) {});
        get_running_loop().set_exception_handler(nullptr);
        get_running_loop().call_soon([] { throw ValueError("to stderr"); });
        co_await sleep(0s);
    });
    CHECK(captured.text() == "Exception in callback <lambda>()\nhandle: <Handle <lambda>()>\nValueError: to stderr\n");
}

TEST_CASE("An exception handler that throws is itself reported") {
    const CapturedStderr captured;
    run_virtual([]() -> Coroutine<> {
        get_running_loop().set_exception_handler(
            [](EventLoop&, const ExceptionContext&) { throw RuntimeError("the handler's own"); });
        get_running_loop().call_soon([] { throw ValueError(); });
        co_await sleep(0s);
    });
    CHECK(captured.text() ==
          "Unhandled error in exception handler\n"
          "context: {'message': 'Exception in callback <lambda>()', 'exception': ValueError(), "
          "'handle': <Handle <lambda>()>}\n"
          "RuntimeError: the handler's own\n");
}

TEST_CASE("SystemExit and KeyboardInterrupt leave the loop at once, and the rest of the turn is not lost") {
    const auto loop = new_event_loop();
    bool later = false;
    SECTION("from a callback") {
        loop->call_soon([] { throw SystemExit(3); });
        loop->call_soon([&] { later = true; });
        CHECK(thrown_by([&] { loop->run_forever(); }) == "SystemExit: 3");
        CHECK_FALSE(later);
        loop->stop();
        loop->run_forever();
        CHECK(later);
    }
    SECTION("from a done callback") {
        auto future = loop->create_future<>();
        future.add_done_callback([](const Future<>&) { throw KeyboardInterrupt(); });
        future.set_result();
        CHECK(thrown_by([&] { loop->run_forever(); }) == "KeyboardInterrupt");
    }
    SECTION("from a task, which has then failed with it") {
        auto task = loop->create_task([]() -> Coroutine<> {
            throw SystemExit(4);
            co_return;
        });
        CHECK(thrown_by([&] { loop->run_forever(); }) == "SystemExit: 4");
        CHECK(task.done());
        CHECK(to_string(task.exception()) == "SystemExit: 4");
    }
    CHECK_FALSE(loop->is_running());
}

TEST_CASE("SystemExit from the main coroutine leaves run(), and is not reported as lost") {
    const CapturedStderr captured;
    CHECK(thrown_by([] {
              run_virtual([]() -> Coroutine<> {
                  throw SystemExit(5);
                  co_return;
              });
          }) == "SystemExit: 5");
    CHECK(captured.text() == "");
}

TEST_CASE("A loop may be closed inside another one") {
    run_virtual([]() -> Coroutine<> {
        {
            const auto inner = new_event_loop();
            inner->create_task([]() -> Coroutine<> { co_await sleep(1s); });
        }
        CHECK(running_loop() != nullptr);
        co_await sleep(0s);
    });
}

TEST_CASE("Debug mode is what the options, the environment and set_debug say") {
    const auto loop = new_event_loop();
    CHECK_FALSE(loop->get_debug());
    loop->set_debug(true);
    CHECK(loop->get_debug());
    setenv("ASYNCIO_DEBUG", "1", 1);
    CHECK(new_event_loop()->get_debug());
    setenv("ASYNCIO_DEBUG", "0", 1);
    CHECK_FALSE(new_event_loop()->get_debug());
    unsetenv("ASYNCIO_DEBUG");
    run(
        []() -> Coroutine<> {
            CHECK(get_running_loop().get_debug());
            co_return;
        },
        {.debug = true});
}
