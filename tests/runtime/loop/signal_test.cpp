// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "tests/support/loop_log.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::log_of;
using awaitscope::test::LoopLog;
using awaitscope::test::run_virtual;
using awaitscope::test::thrown_by;

namespace {

void (*handler_of(int number))(int) {
    struct sigaction now {};
    sigaction(number, nullptr, &now);
    return now.sa_handler;
}

volatile sig_atomic_t own_calls = 0;
extern "C" void own_handler(int) {
    own_calls = own_calls + 1;
}

/// A signal without a handler, whatever the test program's frame has set.
class Disposition {
  public:
    explicit Disposition(int number, void (*handler)(int) = SIG_DFL) : number_(number) {
        struct sigaction action {};
        action.sa_handler = handler;
        sigaction(number_, &action, &saved_);
    }
    ~Disposition() { sigaction(number_, &saved_, nullptr); }
    Disposition(const Disposition&) = delete;
    Disposition& operator=(const Disposition&) = delete;

  private:
    int number_;
    struct sigaction saved_ {};
};

}  // namespace

TEST_CASE("A signal's handler runs once for each arrival, in their order, with its arguments") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              EventLoop& loop = get_running_loop();
              const auto say = [&](const std::string& what, int n) { log("{} {}", what, n); };
              loop.add_signal_handler(SIGUSR1, say, "first", 1);
              loop.add_signal_handler(SIGUSR2, say, "second", 2);
              for (const int number : {SIGUSR2, SIGUSR1, SIGUSR1, SIGUSR2}) raise(number);
              loop.call_soon([&] { log("soon"); });
              co_await sleep(0s);
              log("main");
              co_await sleep(0s);
              log("main again");
          }) ==
          "#2 soon\n#2 main\n#3 main again\n"
          "#3 second 2\n#3 first 1\n#3 first 1\n#3 second 2\n");
}

TEST_CASE("A signal ends the wait of a loop, from whatever thread it was sent") {
    run([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        auto got = loop.create_future<int>();
        loop.add_signal_handler(SIGUSR1, [&] { got.set_result(1); });
        std::thread sender([] { kill(getpid(), SIGUSR1); });
        const int value = co_await got;
        CHECK(value == 1);
        sender.join();
    });
}

TEST_CASE("A signal is seen under the virtual clock, and does not keep time from jumping") {
    int calls = 0;
    run_virtual([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        loop.add_signal_handler(SIGUSR1, [&] { ++calls; });
        loop.call_later(5s, [] { raise(SIGUSR1); });
        co_await sleep(10h);
    });
    CHECK(calls == 1);
}

TEST_CASE("A busy loop sees a signal in the next turn, however long it has been busy") {
    run_virtual([]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        int calls = 0;
        loop.add_signal_handler(SIGUSR1, [&] { ++calls; });
        for (int i = 0; i < 100; ++i) {
            raise(SIGUSR1);
            co_await sleep(0s);
            co_await sleep(0s);
            co_await sleep(0s);
            CHECK(calls == i + 1);
        }
    });
}

TEST_CASE("add_signal_handler() refuses what CPython refuses, in its words") {
    const auto loop = new_event_loop();
    const auto add = [&](int number) { return thrown_by([&] { loop->add_signal_handler(number, [] {}); }); };
    for (const int number : {0, -1, 65, 1000, 32, 33})
        CHECK(add(number) == "ValueError: invalid signal number " + std::to_string(number));
    CHECK(add(SIGKILL) == "RuntimeError: sig 9 cannot be caught");
    CHECK(add(SIGSTOP) == "RuntimeError: sig 19 cannot be caught");
    CHECK_FALSE(loop->remove_signal_handler(SIGKILL));
    CHECK(thrown_by([&] { loop->remove_signal_handler(0); }) == "ValueError: invalid signal number 0");
    CHECK(thrown_by([&] { loop->add_signal_handler(SIGUSR1, []() -> Coroutine<> { co_return; }); }) ==
          "TypeError: coroutines cannot be used with add_signal_handler()");
    std::string from_thread;
    std::thread([&] { from_thread = add(SIGUSR1); }).join();
    CHECK(from_thread == "RuntimeError: set_wakeup_fd only works in main thread of the main interpreter");
    loop->close();
    CHECK(add(SIGUSR1) == "RuntimeError: Event loop is closed");
    CHECK(add(0) == "ValueError: invalid signal number 0");
    CHECK_FALSE(loop->remove_signal_handler(SIGUSR1));
}

TEST_CASE("A handler that is removed, or whose loop is closed, gives the signal back") {
    const Disposition own(SIGUSR1, own_handler);
    const auto loop = new_event_loop();
    CHECK_FALSE(loop->remove_signal_handler(SIGUSR1));
    loop->add_signal_handler(SIGUSR1, [] {});
    loop->add_signal_handler(SIGUSR1, [] {});
    CHECK(handler_of(SIGUSR1) != own_handler);
    CHECK(loop->remove_signal_handler(SIGUSR1));
    CHECK_FALSE(loop->remove_signal_handler(SIGUSR1));
    CHECK(handler_of(SIGUSR1) == own_handler);
    loop->add_signal_handler(SIGUSR1, [] {});
    loop->close();
    CHECK(handler_of(SIGUSR1) == own_handler);
}

TEST_CASE("A handler that the program has put over the loop's stays") {
    const Disposition frame(SIGUSR1);
    const auto loop = new_event_loop();
    loop->add_signal_handler(SIGUSR1, [] {});
    signal(SIGUSR1, own_handler);
    loop->remove_signal_handler(SIGUSR1);
    CHECK(handler_of(SIGUSR1) == own_handler);
}

TEST_CASE("Of several loops the last that asked is told, then the one before") {
    const Disposition frame(SIGUSR1);
    const auto first = new_event_loop();
    const auto second = new_event_loop();
    int told_first = 0;
    int told_second = 0;
    const auto send = [&] {
        raise(SIGUSR1);
        for (EventLoop* loop : {first.get(), second.get()}) {
            loop->call_soon([loop] { loop->call_soon([loop] { loop->call_soon([loop] { loop->stop(); }); }); });
            loop->run_forever();
        }
    };
    first->add_signal_handler(SIGUSR1, [&] { ++told_first; });
    send();
    CHECK(told_first == 1);
    second->add_signal_handler(SIGUSR1, [&] { ++told_second; });
    send();
    CHECK(told_first == 1);
    CHECK(told_second == 1);
    SECTION("the last one gives it back") {
        second->remove_signal_handler(SIGUSR1);
        send();
        CHECK(told_first == 2);
    }
    SECTION("the first one gives it back") {
        first->remove_signal_handler(SIGUSR1);
        send();
        CHECK(told_second == 2);
        second->close();
    }
    first->close();
    if (!second->is_closed()) second->close();
    CHECK(handler_of(SIGUSR1) == SIG_DFL);
}

TEST_CASE("A handler may remove itself, and another one that is due still runs") {
    CHECK(log_of([](LoopLog& log) -> Coroutine<> {
              EventLoop& loop = get_running_loop();
              loop.add_signal_handler(SIGUSR1, [&] {
                  log("one");
                  loop.remove_signal_handler(SIGUSR1);
                  loop.remove_signal_handler(SIGUSR2);
              });
              loop.add_signal_handler(SIGUSR2, [&] { log("two"); });
              raise(SIGUSR1);
              raise(SIGUSR2);
              for (int i = 0; i < 4; ++i) co_await sleep(0s);
          }) == "#3 one\n#3 two\n");
}

TEST_CASE("What a signal's handler throws goes to the exception handler: the next signal is handled") {
    int calls = 0;
    std::vector<std::string> told;
    run_virtual([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        loop.set_exception_handler(
            [&](EventLoop&, const ExceptionContext& context) { told.push_back(to_string(context.exception)); });
        loop.add_signal_handler(SIGUSR1, [&] {
            ++calls;
            throw ValueError("no");
        });
        raise(SIGUSR1);
        raise(SIGUSR1);
        co_await sleep(1s);
    });
    CHECK(calls == 2);
    CHECK(told == std::vector<std::string>{"ValueError: no", "ValueError: no"});
}

TEST_CASE("A signal's handler runs in the context in which it was added") {
    ContextVar<int> variable("variable", 0);
    std::vector<int> seen;
    run_virtual([&]() -> Coroutine<> {
        EventLoop& loop = get_running_loop();
        variable.set(1);
        loop.add_signal_handler(SIGUSR1, [&] {
            seen.push_back(variable.get());
            variable.set(variable.get() + 10);
        });
        variable.set(2);
        raise(SIGUSR1);
        raise(SIGUSR1);
        co_await sleep(1s);
        seen.push_back(variable.get());
    });
    CHECK(seen == std::vector<int>{1, 11, 2});
}

TEST_CASE("A loop's SIGINT handler stands before run()'s Ctrl-C, which is there again afterwards") {
    const Disposition frame(SIGINT);
    int calls = 0;
    CHECK(thrown_by([&] {
              run_virtual([&]() -> Coroutine<> {
                  EventLoop& loop = get_running_loop();
                  loop.add_signal_handler(SIGINT, [&] { ++calls; });
                  raise(SIGINT);
                  co_await sleep(1s);
                  CHECK(calls == 1);
                  loop.remove_signal_handler(SIGINT);
                  raise(SIGINT);
                  co_await sleep(1s);
                  FAIL("not cancelled");
              });
          }) == "KeyboardInterrupt");
    CHECK(handler_of(SIGINT) == SIG_DFL);
}

TEST_CASE("A SIGINT handler that is left behind goes with its run()") {
    const Disposition frame(SIGINT);
    run_virtual([]() -> Coroutine<> {
        get_running_loop().add_signal_handler(SIGINT, [] {});
        co_return;
    });
    CHECK(handler_of(SIGINT) == SIG_DFL);
}

TEST_CASE("More signals than the queue holds: those that fit are handled") {
    int calls = 0;
    run_virtual([&]() -> Coroutine<> {
        get_running_loop().add_signal_handler(SIGUSR1, [&] { ++calls; });
        for (int i = 0; i < 5000; ++i) raise(SIGUSR1);
        co_await sleep(1s);
        CHECK(calls == 1024);
        raise(SIGUSR1);
        co_await sleep(1s);
    });
    CHECK(calls == 1025);
}

TEST_CASE("Signals from several threads while handlers come and go") {
    const Disposition frame(SIGUSR1, SIG_IGN);
    std::atomic<bool> ending = false;
    std::vector<std::thread> senders;
    for (int i = 0; i < 3; ++i)
        senders.emplace_back([&] {
            while (!ending) kill(getpid(), SIGUSR1);
        });
    int calls = 0;
    for (int i = 0; i < 50; ++i)
        run([&]() -> Coroutine<> {
            EventLoop& loop = get_running_loop();
            auto got = loop.create_future<>();
            // The signal may still come while the loop is being closed, when this coroutine is gone.
            loop.add_signal_handler(SIGUSR1, [&calls, got] {
                ++calls;
                if (!got.done()) got.set_result();
            });
            co_await got;
        });
    ending = true;
    for (std::thread& sender : senders) sender.join();
    CHECK(calls >= 50);
}
