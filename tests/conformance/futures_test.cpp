// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
/// What a call gives, or throws, as a text; nothing is None.
template <class Call>
std::string tried(Call call) {
    try {
        if constexpr (std::is_void_v<decltype(call())>) {
            call();
            return "None";
        } else {
            return text(call());
        }
    } catch (...) {
        return text(caught());
    }
}
}  // namespace

TWIN(states) {
    auto& loop = get_running_loop();
    std::vector<Future<int>> futures;
    for (int i = 0; i < 4; ++i) futures.push_back(loop.create_future<int>());
    auto pending = futures[0];
    auto finished = futures[1];
    auto failed = futures[2];
    auto gone = futures[3];
    finished.set_result(1);
    failed.set_exception(ValueError("no"));
    gone.cancel("bye");
    for (auto& future : futures) {
        say(future.done(), future.cancelled());
        say(tried([&] { return future.result(); }));
        say(tried([&] { return future.exception(); }));
    }
    for (auto& future : {finished, failed, gone}) {
        auto result = tried([&] { future.set_result(2); });
        auto error = tried([&] { future.set_exception(ValueError("again")); });
        say(result, error, future.cancel());
    }
    say(finished.result(), failed.exception(), gone.cancelled());
    auto first = pending.cancel();
    auto second = pending.cancel();
    say(first, second, pending.cancelled(), tried([&] { return pending.result(); }));
    auto once = tried([&] { return gone.result(); });
    say(once, tried([&] { return gone.result(); }));
    co_return;
}

TWIN(callbacks) {
    auto& loop = get_running_loop();
    auto future = loop.create_future<int>();
    std::uint64_t last = 0;
    auto told = [&](std::string name) {
        return [&, name](const Future<int>& done) {
            say(name, done.result(), done == future);
            if (name == "b") {
                future.remove_done_callback(last);
                future.add_done_callback([](const Future<int>&) { say("added by b"); });
            }
        };
    };
    future.add_done_callback(told("a"));
    future.add_done_callback(told("b"));
    future.add_done_callback(told("c"));
    last = future.add_done_callback(told("last"));
    loop.call_soon([] { say("before it is set"); });
    loop.call_soon([&] { future.set_result(7); });
    loop.call_soon([&] { say("after it is set:", future.done()); });
    auto value = co_await future;
    say(value);
    say("main comes in its turn");
    co_await turns(2);
    auto again = loop.create_future<>();
    auto callback = again.add_done_callback([](const Future<>&) { say("never"); });
    say(again.remove_done_callback(callback));
    again.set_result();
    co_await turns(1);
    say("nothing was called");
}

TWIN(who_waits_first) {
    auto& loop = get_running_loop();
    auto future = loop.create_future<std::string>();
    auto waits = [&](std::string name) -> Coroutine<> {
        auto value = co_await future;
        say(name, value);
    };
    auto waits_twice = [&](std::string name) -> Coroutine<> {
        auto value = co_await future;
        say(name, value);
        auto again = co_await future;
        say(name, "again", again);
        co_await sleep(0s);
        auto late = co_await future;
        say(name, "after a turn", late);
    };
    std::vector<Task<>> tasks{create_task(waits("a")), create_task(waits_twice("b"))};
    co_await turns(1);
    future.add_done_callback([](const Future<std::string>&) { say("a callback between"); });
    tasks.push_back(create_task(waits("c")));
    co_await turns(1);
    tasks[0].cancel();
    say("the future went with it:", future.cancelled());
    co_await wait(tasks);
    std::vector<bool> cancelled;
    for (const auto& task : tasks) cancelled.push_back(task.cancelled());
    say(cancelled);
    future = loop.create_future<std::string>();
    std::vector<Task<>> two{create_task(waits_twice("d")), create_task(waits_twice("e"))};
    loop.call_later(1s, [&] { future.set_result("value"); });
    co_await wait(two);
    say(now());
}

TWIN(errors_go_to_all) {
    auto future = get_running_loop().create_future<>();
    auto error = std::make_exception_ptr(ValueError("shared"));
    auto waits = [&](std::string name) -> Coroutine<> {
        try {
            co_await future;
        } catch (const ValueError&) {
            say(name, caught(), caught() == error);
        }
    };
    std::vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(waits(name)));
    co_await turns(1);
    future.set_exception(error);
    co_await wait(tasks);
    say(future.exception() == error);
    co_await waits("main");
    auto other = get_running_loop().create_future<>();
    other.add_done_callback([](const Future<>& done) { say("callback:", done.exception()); });
    get_running_loop().call_soon([&] { other.set_exception(RuntimeError("r")); });
    try {
        co_await gather(other, sleep(1s));
    } catch (const RuntimeError&) {
        say("gather:", caught(), now());
    }
}

TWIN(lost_errors) {
    auto& loop = get_running_loop();
    loop.set_exception_handler(
        [](EventLoop&, const ExceptionContext& context) { say("handler:", context.message, context.exception); });
    auto fails = [](std::string name) -> Coroutine<> {
        throw ValueError(name);
        co_return;
    };
    loop.create_future<>().set_exception(ValueError("of a future"));
    say("told at once");
    auto task = create_task(fails("of a task"));
    co_await turns(1);
    say("a handle keeps it quiet");
    task = Task<>();
    say("and then it does not");
    task = create_task(fails("looked at"));
    co_await turns(1);
    say(task.exception());
    task = create_task(fails("cancelled when done"));
    co_await turns(1);
    say(task.cancel());
    task = Task<>();
    auto future = loop.create_future<>();
    future.set_exception(ValueError("awaited"));
    try {
        co_await future;
    } catch (const ValueError&) {
        say(caught());
    }
    future = Future<>();
    auto gathered = gather(fails("first"), fails("second"));
    try {
        co_await gathered;
    } catch (const ValueError&) {
        say("gather:", caught());
    }
    co_await turns(2);
    gathered = decltype(gathered)();
    say("end");
}

TWIN(across_tasks) {
    auto& loop = get_running_loop();
    auto ping = loop.create_future<std::string>();
    auto pong = loop.create_future<std::string>();
    auto player = [&](std::string name, Future<std::string>& mine, Future<std::string>& theirs,
                      bool serve) -> Coroutine<> {
        for (int i = 0; i < 3; ++i) {
            const std::string ball = name + " " + std::to_string(i);
            if (serve) {
                say(name, "serves", i);
                theirs.set_result(ball);
            }
            auto value = co_await mine;
            say(name, "gets", value);
            mine = loop.create_future<std::string>();
            if (!serve) theirs.set_result(ball);
        }
    };
    auto a = create_task(player("a", ping, pong, true));
    auto b = create_task(player("b", pong, ping, false));
    co_await gather(a, b);
    say(ping.done(), pong.done());
    auto first = loop.create_future<int>();
    auto second = loop.create_future<int>();
    first.add_done_callback([&](const Future<int>& done) { second.set_result(done.result() + 1); });
    second.add_done_callback([](const Future<int>& done) { say("chained:", done.result()); });
    first.set_result(1);
    auto early = second.done();
    auto value = co_await second;
    say(early, value);
}

PROGRAM(by_hand) {
    auto loop = new_loop();
    auto future = loop->create_future<std::string>();
    loop->call_later(1s, [&] { future.set_result("late"); });
    auto value = loop->run_until_complete(future);
    say(value, std::chrono::duration<double>(loop->time().time_since_epoch()).count());
    say(loop->run_until_complete(future), "again");
    auto failed = loop->create_future<>();
    loop->call_soon([&] { failed.set_exception(ValueError("in run_until_complete")); });
    say(tried([&] { loop->run_until_complete(failed); }));
    auto gone = loop->create_future<>();
    loop->call_soon([&] { gone.cancel("gone"); });
    say(tried([&] { loop->run_until_complete(gone); }));
    auto never = loop->create_future<>();
    loop->call_soon([&] { loop->stop(); });
    try {
        loop->run_until_complete(never);
    } catch (const RuntimeError&) {
        say(caught(), never.done());
    }
    loop->call_soon([] { say("one more turn"); });
    loop->call_soon([&] { loop->stop(); });
    loop->run_forever();
    say(loop->is_running(), loop->is_closed());
    loop->close();
    try {
        loop->run_until_complete(never);
    } catch (const RuntimeError&) {
        say(caught());
    }
}
