// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "asyncio/asyncio.hpp"
#include "tests/support/captured_stderr.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::CapturedStderr;

namespace {

Coroutine<> fails() {
    co_await sleep(0s);
    throw ValueError("lost");
}

/// What leaves run() when `main` runs.
std::string leaves(const std::function<Coroutine<>()>& main) {
    try {
        run(main);
    } catch (...) {
        return to_string(std::current_exception());
    }
    return "nothing";
}

}  // namespace

TEST_CASE("The default handler tells of a lost exception as CPython does") {
    const CapturedStderr captured;
    run([]() -> Coroutine<> {
        create_task(fails(), "lost one");
        co_await sleep(0s);
        co_await sleep(0s);
        co_await sleep(0s);
    });
    const std::string text = captured.text();
    CHECK_THAT(text, Catch::StartsWith("Task exception was never retrieved\nfuture: <Task finished name='lost one' "
                                       "coro=<fails() done, defined at " __FILE__));
    CHECK_THAT(text,
               Catch::Contains("> exception=ValueError('lost')>\nTraceback (most recent call last):\n  File \"" __FILE__
                               "\", line "));
    CHECK_THAT(text, Catch::EndsWith("ValueError: lost\n"));
}

TEST_CASE("Callbacks and done callbacks that fail are told with their names") {
    const CapturedStderr captured;
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        loop.call_soon([] { throw ValueError("plain"); });
        loop.call_soon([](int n) { throw ValueError(std::to_string(n)); }, 7);
        loop.call_later(0s, [] { throw ValueError("timer"); });
        auto future = loop.create_future();
        future.add_done_callback([](const Future<>&) { throw ValueError("done"); });
        future.set_result();
        loop.call_soon([] { throw CancelledError("base"); });
        co_await sleep(1ms);
    });
    const std::string text = captured.text();
    CHECK_THAT(text,
               Catch::Contains("Exception in callback <lambda>()\nhandle: <Handle <lambda>()>\nValueError: plain\n"));
    CHECK_THAT(text, Catch::Contains("Exception in callback <lambda>()\nhandle: <Handle <lambda>()>\nValueError: 7\n"));
    CHECK_THAT(text, Catch::Contains("Exception in callback <lambda>()\nhandle: <TimerHandle when="));
    CHECK_THAT(text,
               Catch::Contains("Exception in callback <lambda>()\nhandle: <Handle <lambda>()>\nValueError: done\n"));
    CHECK_THAT(text, Catch::Contains("CancelledError: base\n"));
}

TEST_CASE("Messages that CPython gives when there is nothing to say") {
    const CapturedStderr captured;
    auto loop = new_event_loop();
    loop->call_exception_handler({});
    loop->default_exception_handler({.exception = std::make_exception_ptr(ValueError("bare"))});
    CHECK(captured.text() ==
          "Unhandled exception in event loop\nUnhandled exception in event loop\nValueError: bare\n");
}

TEST_CASE("An exception handler that throws is reported, whatever it throws") {
    const CapturedStderr captured;
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        int calls = 0;
        loop.set_exception_handler([&](EventLoop&, const ExceptionContext&) {
            if (++calls == 1) throw RuntimeError("handler");
            throw CancelledError();
        });
        loop.call_exception_handler({.message = "first", .exception = std::make_exception_ptr(ValueError("v"))});
        loop.call_exception_handler({.message = "second"});
        CHECK(calls == 2);
        co_return;
    });
    CHECK(captured.text() ==
          "Unhandled error in exception handler\n"
          "context: {'message': 'first', 'exception': ValueError('v')}\n"
          "RuntimeError: handler\n"
          "Unhandled error in exception handler\n"
          "context: {'message': 'second'}\n"
          "CancelledError\n");
}

TEST_CASE("A handler sees the context variables of the task it is told about") {
    static ContextVar<int> variable{"variable", 0};
    int seen = 0;
    run([&]() -> Coroutine<> {
        get_running_loop().set_exception_handler([&](EventLoop&, const ExceptionContext&) { seen = variable.get(); });
        create_task([]() -> Coroutine<> {
            variable.set(5);
            throw ValueError("lost");
            co_return;
        });
        variable.set(1);
        co_await sleep(0s);
        co_await sleep(0s);
    });
    CHECK(seen == 5);
}

TEST_CASE("SystemExit and KeyboardInterrupt leave the loop from wherever they are thrown") {
    CHECK(leaves([]() -> Coroutine<> {
              get_running_loop().call_soon([] { throw SystemExit(3); });
              co_await sleep(1h);
          }) == "SystemExit: 3");
    CHECK(leaves([]() -> Coroutine<> {
              auto future = get_running_loop().create_future();
              future.add_done_callback([](const Future<>&) { throw KeyboardInterrupt(); });
              future.set_result();
              co_await sleep(1h);
          }) == "KeyboardInterrupt");
    CHECK(leaves([]() -> Coroutine<> {
              auto task = create_task([]() -> Coroutine<> {
                  throw SystemExit("from a task");
                  co_return;
              });
              co_await sleep(1h);
          }) == "SystemExit: from a task");
    CHECK(leaves([]() -> Coroutine<> {
              throw KeyboardInterrupt();
              co_return;
          }) == "KeyboardInterrupt");
    // Thrown by a handler of the program's, which is told of a callback's, and of a done callback's failure.
    for (const bool done_callback : {false, true})
        CHECK(leaves([&]() -> Coroutine<> {
                  EventLoop& loop = get_running_loop();
                  loop.set_exception_handler([](EventLoop&, const ExceptionContext&) { throw SystemExit(4); });
                  auto future = loop.create_future();
                  future.add_done_callback([](const Future<>&) { throw ValueError("x"); });
                  if (done_callback)
                      future.set_result();
                  else
                      loop.call_soon([] { throw ValueError("x"); });
                  co_await sleep(1h);
              }) == "SystemExit: 4");
}

TEST_CASE("Where nothing can be thrown, an exit is noted instead") {
    const CapturedStderr captured;
    CHECK(leaves([]() -> Coroutine<> {
              EventLoop& loop = get_running_loop();
              loop.set_exception_handler([](EventLoop&, const ExceptionContext&) { throw SystemExit(4); });
              {
                  auto future = loop.create_future();
                  future.set_exception(ValueError("lost"));
              }
              co_await sleep(0s);
          }) == "nothing");
    CHECK(captured.text() == "Exception ignored in an exception handler: SystemExit: 4\n");
}

TEST_CASE("What run leaves behind is reported at its shutdown") {
    const CapturedStderr captured;
    run([]() -> Coroutine<> {
        create_task(
            []() -> Coroutine<> {
                std::exception_ptr caught;
                try {
                    co_await sleep(1h);
                } catch (...) {
                    caught = std::current_exception();
                }
                if (caught) throw ValueError("at shutdown");
            },
            "left");
        co_await sleep(0s);
    });
    CHECK_THAT(captured.text(),
               Catch::StartsWith("unhandled exception during asyncio.run() shutdown\n"
                                 "future: <Task finished name='left' coro=<<lambda>() done, defined at "));
    CHECK_THAT(captured.text(), Catch::EndsWith("ValueError: at shutdown\n"));
}
