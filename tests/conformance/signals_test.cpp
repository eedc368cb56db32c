// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <unistd.h>

#include "tests/conformance/twin.hpp"

TWIN_REAL(order) {
    EventLoop& loop = get_running_loop();
    auto told = [&](const char* name, int number) {
        say("handler", name, number);
        loop.call_soon([name] { say("after", name); });
    };
    loop.add_signal_handler(SIGUSR1, told, "one", 1);
    loop.add_signal_handler(SIGUSR2, told, "two", 2);
    for (int number : {SIGUSR2, SIGUSR1, SIGUSR2}) kill(getpid(), number);
    loop.call_soon([] { say("soon"); });
    say("sent");
    for (int turn = 1; turn < 6; ++turn) {
        co_await turns(1);
        say("turn", turn);
    }
    bool first = loop.remove_signal_handler(SIGUSR1);
    bool again = loop.remove_signal_handler(SIGUSR1);
    say("removed", first, again);
    say("removed", loop.remove_signal_handler(SIGUSR2));
}

TWIN_REAL(waiting) {
    EventLoop& loop = get_running_loop();
    Event event;
    auto waiter = [&](std::string name) -> Coroutine<> {
        co_await event.wait();
        say(name, "woke");
    };
    auto a = create_task(waiter("a"));
    auto b = create_task(waiter("b"));
    co_await turns(1);
    loop.add_signal_handler(SIGHUP, [&] { event.set(); });
    loop.call_soon(kill, getpid(), SIGHUP);
    say("waiting");
    co_await gather(a, b);
    say("is set", event.is_set());
    loop.remove_signal_handler(SIGHUP);
}

TWIN_REAL(refused) {
    EventLoop& loop = get_running_loop();
    auto attempt = [&](int number, auto callback) {
        try {
            loop.add_signal_handler(number, callback);
            say(number, "taken");
        } catch (const std::exception&) {
            say(number, caught());
        }
    };
    auto nothing = [] {};
    auto coroutine_function = []() -> Coroutine<> { co_return; };
    attempt(0, nothing);
    attempt(-5, nothing);
    attempt(1000, nothing);
    attempt(SIGKILL, nothing);
    attempt(SIGSTOP, nothing);
    attempt(SIGUSR1, coroutine_function);
    attempt(SIGUSR1, nothing);
    try {
        loop.remove_signal_handler(0);
    } catch (const ValueError&) {
        say("remove", caught());
    }
    say("never added", loop.remove_signal_handler(SIGUSR2), loop.remove_signal_handler(SIGKILL));
    say("added", loop.remove_signal_handler(SIGUSR1));
    co_return;
}

TWIN_REAL(replaced_and_failing) {
    EventLoop& loop = get_running_loop();
    loop.set_exception_handler([](EventLoop&, const ExceptionContext& context) { say("reported", context.exception); });
    auto fails = [] {
        say("fails");
        throw ValueError("in a handler");
    };
    auto removes = [&] { say("removes, was there:", loop.remove_signal_handler(SIGUSR1)); };
    loop.add_signal_handler(SIGUSR1, [] { say("never"); });
    loop.add_signal_handler(SIGUSR1, fails);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    co_await turns(3);
    loop.add_signal_handler(SIGUSR1, removes);
    loop.add_signal_handler(SIGUSR2, [] { say("the other one"); });
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR2);
    co_await turns(3);
    say("gone", loop.remove_signal_handler(SIGUSR1));
    loop.remove_signal_handler(SIGUSR2);
}

TWIN_REAL(context) {
    EventLoop& loop = get_running_loop();
    ContextVar<int> variable("variable", 0);
    auto handler = [&] {
        say("handler sees", variable.get());
        variable.set(variable.get() + 10);
    };
    variable.set(1);
    loop.add_signal_handler(SIGUSR1, handler);
    variable.set(2);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    co_await turns(3);
    say("main sees", variable.get());
    loop.remove_signal_handler(SIGUSR1);
}

PROGRAM(interrupt) {
    signal(SIGINT, SIG_DFL);  // the test's frame has a handler of its own
    auto interrupted = [](bool own_handler) -> Coroutine<std::string> {
        EventLoop& loop = get_running_loop();
        if (own_handler) loop.add_signal_handler(SIGINT, [] { say("the loop's own handler"); });
        kill(getpid(), SIGINT);
        auto result = co_await as_result(turns(3));
        if (!result.ok()) {
            say("cancelled");
            std::rethrow_exception(result.exception());
        }
        say("not interrupted");
        co_return "result";
    };
    for (bool own_handler : {false, true, false}) {
        try {
            say("run gives", asyncio::run(interrupted(own_handler)));
        } catch (const KeyboardInterrupt&) {
            say("KeyboardInterrupt");
        }
    }
}
