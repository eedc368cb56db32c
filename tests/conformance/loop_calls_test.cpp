// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

TWIN(order) {
    auto& loop = get_running_loop();
    std::function<void(int)> nested = [&](int depth) {
        say("nested", depth);
        if (depth < 3) {
            loop.call_soon(nested, depth + 1);
            loop.call_later(0s, [depth] { say("timer of", depth); });
        }
    };
    loop.call_later(0s, [] { say("later 0"); });
    loop.call_at(loop.time(), [] { say("at now"); });
    loop.call_at(loop.time() - 5s, [] { say("at the past"); });
    loop.call_later(-1s, [] { say("later -1"); });
    loop.call_soon([] { say("soon"); });
    loop.call_soon(nested, 0);
    auto task = create_task(turns(2));
    task.add_done_callback([](Future<>) { say("task done"); });
    loop.call_soon([] { say("soon after the task"); });
    say("main waits");
    co_await sleep(0s);
    say("main after one turn");
    co_await sleep(0s);
    say("main after two");
    co_await task;
    say("main after the task");
    co_await turns(3);
}

TWIN(equal_and_near_timers) {
    auto& loop = get_running_loop();
    const auto base = loop.time();
    const auto at = [&](const char* name, std::chrono::microseconds delay) {
        loop.call_at(base + delay, [name] { say(name, "at", now()); });
    };
    at("a", 1s);
    at("b", 500ms);
    at("c", 1s);
    at("d", 1000500us);
    at("e", 500ms);
    at("f", 2s);
    at("g", 1s);
    at("h", 250ms);
    loop.call_later(1s, [&] { loop.call_later(0s, [] { say("set at 1 by a timer", now()); }); });
    loop.call_later(1s, [&] { loop.call_soon([] { say("set at 1, soon"); }); });
    co_await sleep(1s);
    say("main at", now());
    vector<TimerHandle> handles;
    for (int n = 0; n < 150; ++n)
        handles.push_back(loop.call_later(std::chrono::seconds(1 + n % 7), [n] { say("never", n); }));
    for (int n = 0; n < 150; ++n)
        if (n % 50) handles[n].cancel();
    co_await sleep(8s);
    say("main at", now(), std::ranges::count_if(handles, [](const TimerHandle& handle) { return handle.cancelled(); }));
    auto handle = loop.call_later(std::chrono::hours(24 * 365), [] { say("never"); });
    loop.call_later(24h, [] { say("a day later"); });
    co_await sleep(24h);
    say(now(), handle.when() - loop.time() == std::chrono::hours(24 * 364));
    handle.cancel();
}

TWIN(cancelled_handles) {
    auto& loop = get_running_loop();
    Handle three;
    TimerHandle five;
    auto one = loop.call_soon([] { say("one"); });
    auto two = loop.call_soon([&] {
        say("two cancels three and five");
        three.cancel();
        five.cancel();
    });
    three = loop.call_soon([] { say("three"); });
    auto four = loop.call_later(0s, [] { say("four"); });
    five = loop.call_later(0s, [] { say("five"); });
    auto six = loop.call_later(1s, [] { say("six"); });
    one.cancel();
    one.cancel();
    const auto all = [&] {
        return vector<bool>{one.cancelled(),  two.cancelled(),  three.cancelled(),
                            four.cancelled(), five.cancelled(), six.cancelled()};
    };
    say(all());
    co_await turns(2);
    say(all());
    two.cancel();
    say("after it ran", two.cancelled(), std::chrono::duration<double>(six.when() - loop.time()).count());
    loop.call_later(1s, [&] { six.cancel(); });
    auto seven = loop.call_later(1s, [] { say("seven"); });
    loop.call_later(1s, [&] { seven.cancel(); });
    co_await sleep(2s);
    say(six.cancelled(), seven.cancelled());
    Handle handle;
    handle = loop.call_soon([&] {
        say("runs once", handle.cancelled());
        handle.cancel();
        say("cancelled itself", handle.cancelled());
    });
    co_await sleep(0s);
}

namespace {
double seconds(const EventLoop& loop) {
    return std::chrono::duration<double>(loop.time().time_since_epoch()).count();
}
}  // namespace

PROGRAM(stopping) {
    auto loop = new_loop();
    loop->call_soon([&] {
        say("first");
        loop->stop();
        loop->call_soon([] { say("left over"); });
        loop->call_later(0s, [] { say("timer left over"); });
    });
    loop->call_soon([] { say("same turn"); });
    loop->run_forever();
    say("stopped", loop->is_running(), loop->is_closed());
    loop->stop();
    say("stopped before it runs");
    loop->call_soon([&] { say("running", loop->is_running()); });
    loop->run_forever();
    say("one turn");
    loop->call_later(2s, [&] { loop->stop(); });
    loop->call_later(1s, [] { say("at 1"); });
    loop->call_later(3s, [] { say("at 3"); });
    loop->run_forever();
    say(seconds(*loop));
    loop->call_soon([&] { loop->stop(); });
    loop->call_soon([&] { loop->stop(); });
    loop->run_forever();
    loop->call_later(2s, [&] { loop->stop(); });
    loop->run_forever();
    say(seconds(*loop));
    loop->close();
    say(loop->is_closed());
}

PROGRAM(until_complete) {
    auto loop = new_loop();
    auto work = [](int n) -> Coroutine<int> {
        co_await sleep(std::chrono::seconds(n));
        if (n == 2) throw ValueError("two");
        co_return n;
    };
    int got = loop->run_until_complete(work(1));
    say(got, seconds(*loop));
    try {
        loop->run_until_complete(work(2));
    } catch (const ValueError&) {
        say(caught());
    }
    auto future = loop->create_future<string>();
    loop->call_later(1s, [&] { future.set_result("set"); });
    const string once = loop->run_until_complete(future);
    const string twice = loop->run_until_complete(future);
    say(once, twice);
    auto never = loop->create_future<int>();
    loop->call_later(1s, [&] { loop->stop(); });
    try {
        loop->run_until_complete(never);
    } catch (const RuntimeError&) {
        say(caught(), never.done());
    }
    never.cancel("enough");
    try {
        loop->run_until_complete(never);
    } catch (const CancelledError&) {
        say(caught());
    }
    auto task = loop->create_task(work(5));
    got = loop->run_until_complete(work(1));
    say(got, task.done());
    got = loop->run_until_complete(task);
    say(got, seconds(*loop));
    auto inner = [&]() -> Coroutine<> {
        try {
            loop->run_until_complete(future);
        } catch (const RuntimeError&) {
            say(caught());
        }
        try {
            loop->close();
        } catch (const RuntimeError&) {
            say(caught());
        }
        auto other = new_loop();
        try {
            other->run_until_complete(other->create_future<>());
        } catch (const RuntimeError&) {
            say(caught());
        }
        other->close();
        co_return;
    };
    loop->run_until_complete(inner);
    loop->close();
}

PROGRAM(closed) {
    auto loop = new_loop();
    loop->call_soon([] { say("never"); });
    loop->call_later(0s, [] { say("never"); });
    auto future = loop->create_future<>();
    future.add_done_callback([](Future<>) { say("never"); });
    loop->close();
    loop->close();
    const vector<std::function<void()>> calls{
        [&] { loop->call_soon([] { say("no"); }); },
        [&] { loop->call_at(TimePoint(1s), [] { say("no"); }); },
        [&] { loop->call_soon_threadsafe([] { say("no"); }); },
        [&] { loop->run_until_complete(future); },
        [&] { loop->run_forever(); },
        [&] { loop->run_in_executor(nullptr, [] { say("no"); }); },
    };
    for (auto& call : calls) {
        try {
            call();
        } catch (const RuntimeError&) {
            say(caught());
        }
    }
    say(loop->is_closed(), loop->is_running(), future.done());
    loop->stop();
}

PROGRAM(failing_callbacks) {
    auto loop = new_loop();
    loop->set_exception_handler([&](EventLoop& used, const ExceptionContext& context) {
        say("handler:", context.message.starts_with("Exception in callback"), context.exception, &used == loop.get(),
            context.handle.has_value(), context.future.has_value());
        if (to_string(context.exception).ends_with("stops")) used.stop();
    });
    auto fails = [](std::exception_ptr error) {
        say("fails with", error);
        std::rethrow_exception(error);
    };
    loop->call_soon(fails, std::make_exception_ptr(ValueError("one")));
    loop->call_soon([] { say("goes on"); });
    loop->call_later(1s, fails, std::make_exception_ptr(RuntimeError("timer")));
    loop->call_later(2s, fails, std::make_exception_ptr(RuntimeError("stops")));
    loop->run_forever();
    say(seconds(*loop));
    auto future = loop->create_future<int>();
    future.add_done_callback([&](Future<int>) { fails(std::make_exception_ptr(ValueError("done callback"))); });
    future.add_done_callback([](Future<int>) { say("the next one"); });
    loop->call_soon([&] { future.set_result(1); });
    const int got = loop->run_until_complete(future);
    say(got);
    for (auto error : {std::make_exception_ptr(KeyboardInterrupt("ctrl-c")), std::make_exception_ptr(SystemExit(3))}) {
        loop->call_soon(fails, error);
        loop->call_soon([] { say("in the next run"); });
        try {
            loop->run_forever();
        } catch (const BaseException&) {
            say("out of the loop:", caught(), loop->is_running());
        }
    }
    loop->call_soon([&] { loop->stop(); });
    loop->run_forever();
    loop->set_exception_handler([](EventLoop&, const ExceptionContext& context) { say("another:", context.message); });
    loop->call_exception_handler({.message = "by hand"});
    loop->close();
}

TWIN(tasks_among_callbacks) {
    auto& loop = get_running_loop();
    auto future = loop.create_future<string>();
    auto waits = [&](string name) -> Coroutine<> {
        say(name, "begins");
        const string value = co_await future;
        say(name, "has", value);
        co_await sleep(0s);
        say(name, "ends");
    };
    const auto callback = [](int n) { return [n](Future<string> done) { say("callback", n, done.result()); }; };
    future.add_done_callback(callback(1));
    auto a = create_task(waits("a"));
    co_await sleep(0s);
    future.add_done_callback(callback(2));
    auto b = create_task(waits("b"));
    loop.call_soon([] { say("between"); });
    auto c = create_task(waits("c"));
    loop.call_soon([&] { future.set_result("it"); });
    loop.call_soon([&] { future.add_done_callback(callback(3)); });
    loop.call_soon([&] { loop.call_soon([] { say("nested"); }); });
    loop.call_soon_threadsafe([] { say("threadsafe"); });
    loop.call_soon([] { say("last"); });
    co_await gather(a, b, c);
    say("end");
}

namespace {
ContextVar<string> context_name{"name", "nobody"};
}

TWIN(contexts) {
    auto& loop = get_running_loop();
    auto& name = context_name;
    auto future = loop.create_future<>();
    name.set("main");
    std::function<void(string)> tell = [&](string where) {
        say(where, name.get());
        name.set(where);
        if (where != "nested") loop.call_soon(tell, "nested");
    };
    auto work = [&](string label) -> Coroutine<> {
        say(label, "begins as", name.get());
        name.set(label);
        loop.call_soon(tell, "soon of " + label);
        co_await future;
        say(label, "ends as", name.get());
    };
    loop.call_soon(tell, "soon");
    loop.call_later(0s, tell, "later");
    future.add_done_callback([&](Future<>) { say("callback as", name.get()); });
    auto a = create_task(work("a"));
    name.set("main 2");
    auto b = create_task(work("b"));
    future.add_done_callback([&](Future<>) { say("callback as", name.get()); });
    name.set("main 3");
    co_await turns(2);
    future.set_result();
    co_await gather(a, b);
    say("main is", name.get());
}
