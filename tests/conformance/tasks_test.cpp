// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "tests/conformance/twin.hpp"

TWIN(names) {
    auto child = []() -> Coroutine<std::string> {
        say("in", current_task()->get_name());
        co_return current_task()->get_name();
    };
    say("main is", current_task()->get_name());
    auto a = create_task(child());
    auto b = create_task(child(), "named");
    auto c = create_task(child());
    say(a.get_name(), b.get_name(), c.get_name());
    c.set_name("renamed");
    std::vector<std::string> names;
    for (const auto& task : all_tasks()) names.push_back(task.get_name());
    std::sort(names.begin(), names.end());
    say("before they run:", names);
    auto of_b = co_await b;
    auto of_a = co_await a;
    auto of_c = co_await c;
    say(of_b, of_a, of_c);
    b.set_name("late");
    say(a.get_name(), b.get_name(), c.get_name(), "still", b.result());
    auto d = ensure_future(child());
    say("the counter went on:", d.get_name(), ensure_future(d) == d);
    auto of_d = co_await d;
    say(of_d, "at", now());
}

TWIN(callbacks) {
    auto work = []() -> Coroutine<int> {
        say("work begins");
        co_await sleep(1s);
        say("work ends");
        co_return 7;
    };
    auto told = [](const char* name) {
        return [name](Future<int> task) { say(name, "sees", task.result(), task.done() ? "done" : "pending"); };
    };
    auto task = create_task(work());
    task.add_done_callback(told("first"));
    task.add_done_callback(told("twice"));
    auto gone = task.add_done_callback(told("gone"));
    task.add_done_callback(told("twice"));
    auto removed = task.remove_done_callback(gone);
    say("removed", removed, "again", task.remove_done_callback(gone));
    task.add_done_callback([&](Future<int> done) {
        say("last schedules more");
        done.add_done_callback(told("added in a callback"));
        get_running_loop().call_soon([] { say("call_soon from a callback"); });
    });
    auto result = co_await task;
    say("result", result);
    task.add_done_callback(told("added when done"));
    say("nothing is called at once");
    co_await turns(1);
    say("end at", now());
}

TWIN(results) {
    auto gives = []() -> Coroutine<std::tuple<int, std::string>> { co_return {1, "two"}; };
    auto fails = []() -> Coroutine<int> {
        co_await sleep(0s);
        throw ValueError("bad");
    };
    auto good = create_task(gives());
    auto bad = create_task(fails());
    auto ask = [](const auto& task) {
        try {
            task.result();
        } catch (const InvalidStateError&) {
            say(caught());
        }
        try {
            task.exception();
        } catch (const InvalidStateError&) {
            say(caught());
        }
    };
    ask(good);
    ask(bad);
    co_await turns(1);
    say(good.done(), good.cancelled(), good.result(), good.exception());
    say(bad.done(), bad.cancelled());
    for (int i = 0; i < 2; ++i) {
        try {
            co_await bad;
        } catch (const ValueError&) {
            say("awaited:", caught());
        }
    }
    say("exception():", bad.exception());
    try {
        bad.result();
    } catch (const ValueError&) {
        say("result():", caught());
    }
    try {
        good.set_result(std::tuple(1, std::string()));
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        bad.set_exception(ValueError("no"));
    } catch (const RuntimeError&) {
        say(caught());
    }
    say("cancel of a done one:", good.cancel(), bad.cancel(), good.cancelling(), bad.cancelling());
}

TWIN(awaited_by_many) {
    auto work = []() -> Coroutine<std::string> {
        co_await sleep(1s);
        co_return "done";
    };
    auto waits = [](std::string name, Task<std::string> task) -> Coroutine<> {
        say(name, "waits");
        auto first = co_await task;
        say(name, "has", first, "at", now());
        auto second = co_await task;
        say(name, "again", second);
    };
    auto task = create_task(work());
    std::vector<Task<>> waiters;
    for (int i = 0; i < 4; ++i) waiters.push_back(create_task(waits("w" + std::to_string(i), task)));
    co_await turns(1);
    get_running_loop().call_later(1s, [] { say("a timer of the same moment"); });
    auto cancelled = waiters[1].cancel();
    say("cancel one:", cancelled, "and thereby the task:", task.cancelled());
    co_await turns(3);
    std::vector<bool> done;
    std::vector<bool> all_cancelled;
    for (const auto& w : waiters) {
        done.push_back(w.done());
        all_cancelled.push_back(w.cancelled());
    }
    say(done, all_cancelled, task.cancelled());
    auto second = create_task(work());
    std::vector<Task<>> others;
    for (int i = 0; i < 3; ++i) others.push_back(create_task(waits("o" + std::to_string(i), second)));
    co_await others[2];
    done.clear();
    for (const auto& w : others) done.push_back(w.done());
    say(done);
}

TWIN(itself) {
    Task<std::string> me;
    auto narcissus = [&]() -> Coroutine<std::string> {
        try {
            co_await me;
        } catch (const RuntimeError& error) {
            std::string what = error.what();
            say(what.substr(0, what.find(':')));
        }
        co_await sleep(0s);
        co_return "lives";
    };
    me = create_task(narcissus());
    auto result = co_await me;
    say(result);
    auto c = get_running_loop().create_future<int>();
    auto late = [&]() -> Coroutine<int> { co_return co_await c; };
    auto third = create_task(late());
    co_await turns(1);
    third.cancel();
    co_await turns(2);
    say("the awaited future too:", c.cancelled(), third.cancelled());
}

TWIN(dropped) {
    auto alone = [](std::string name, std::chrono::milliseconds delay) -> Coroutine<> {
        Finally leaving([&] { say(name, "leaves"); });
        co_await sleep(delay);
        say(name, "ran on, at", now());
    };
    auto makes = [&]() -> Coroutine<std::string> {
        create_task(alone("grandchild", 2s));
        create_task(alone("second", 1s));
        co_return "made";
    };
    auto made = co_await create_task(makes());
    say(made);
    say(all_tasks().size());
    co_await sleep(1500ms);
    say(all_tasks().size());
    create_task(alone("cut off by the end", 100s));
    co_await sleep(1s);
    say("main ends");
}

TWIN(who_is_current) {
    auto name = []() -> std::optional<std::string> {
        auto task = current_task();
        return task ? std::optional(task->get_name()) : std::nullopt;
    };
    auto inner = [&]() -> Coroutine<> {
        say("an awaited coroutine:", name());
        co_await sleep(0s);
        say("after a turn:", name());
    };
    auto outer = [&]() -> Coroutine<> {
        co_await inner();
        co_await create_task(inner(), "nested");
        say("back in", name(), "of", all_tasks().size());
    };
    get_running_loop().call_soon([&] { say("in a callback:", name()); });
    get_running_loop().call_later(1s, [&] { say("in a timer:", name()); });
    auto task = create_task(outer(), "outer");
    task.add_done_callback([&](const Future<>&) { say("in a done callback:", name(), task.get_name()); });
    co_await task;
    co_await sleep(2s);
    say("main:", name(), "of", all_tasks().size());
    auto tasks = all_tasks();
    auto has = [&](const AnyTask& one) { return std::find(tasks.begin(), tasks.end(), one) != tasks.end(); };
    say(has(task), has(*current_task()));
}

TWIN(side_by_side) {
    auto& loop = get_running_loop();
    auto child = [&](std::string name, int rounds) -> Coroutine<> {
        for (int i = 0; i < rounds; ++i) {
            say(name, i);
            co_await sleep(0s);
        }
        loop.call_soon([name] { say(name, "left a callback"); });
    };
    loop.call_soon([] { say("soon 1"); });
    auto a = create_task(child("a", 2));
    loop.call_soon([] { say("soon 2"); });
    auto b = create_task(child("b", 3));
    auto cancelled = loop.call_soon([] { say("never"); });
    loop.call_later(0s, [] { say("later 0"); });
    loop.call_soon([] { say("soon 3"); });
    cancelled.cancel();
    say(cancelled.cancelled());
    co_await a;
    say("a is done");
    co_await b;
    say("b is done");
    co_await turns(1);
}

TWIN(broken_callbacks) {
    auto& loop = get_running_loop();
    loop.set_exception_handler([](EventLoop&, const ExceptionContext& context) { say("handler:", context.exception); });
    auto breaks = [](auto&&...) { throw ValueError("in a callback"); };
    auto work = []() -> Coroutine<int> {
        co_await sleep(1s);
        co_return 3;
    };
    auto task = create_task(work());
    task.add_done_callback([](const Future<int>&) { say("before"); });
    task.add_done_callback(breaks);
    task.add_done_callback([](const Future<int>&) { say("after"); });
    loop.call_soon(breaks);
    loop.call_soon([] { say("the loop goes on"); });
    loop.call_later(500ms, breaks);
    auto result = co_await task;
    say("result", result, "at", now());
    co_await turns(1);
    loop.set_exception_handler([](EventLoop&, const ExceptionContext&) {
        say("handler breaks too");
        throw RuntimeError("handler");
    });
    loop.call_soon(breaks);
    co_await turns(2);
    say("main goes on");
}

PROGRAM(of_another_loop) {
    auto first = new_loop();
    auto second = new_loop();
    auto future = second->create_future<>();
    auto waits = [&]() -> Coroutine<bool> {
        try {
            co_await future;
        } catch (const RuntimeError& error) {
            say(std::string(error.what()).find("attached to a different loop") != std::string::npos);
        }
        co_return &get_running_loop() == first.get();
    };
    say(first->run_until_complete(waits()));
    say(future.done());
    try {
        get_running_loop();
    } catch (const RuntimeError&) {
        say(caught());
    }
    auto nested = [&]() -> Coroutine<std::string> {
        auto inner = sleep(0s);
        try {
            second->run_until_complete(std::move(inner));
        } catch (const RuntimeError&) {
            say(caught());
        }
        co_return "nested";
    };
    say(first->run_until_complete(nested()));
    first->close();
    second->close();
    try {
        first->call_soon([] {});
    } catch (const RuntimeError&) {
        say(caught());
    }
    say(first->is_closed(), first->is_running());
}

PROGRAM(a_ring) {
    auto main = []() -> Coroutine<std::size_t> {
        Task<> ring[3];
        auto waits_for = [&](int i) -> Coroutine<> { co_await ring[i]; };
        ring[0] = create_task(waits_for(1));
        ring[1] = create_task(waits_for(2));
        ring[2] = create_task(waits_for(1));
        co_await turns(3);
        say("it hangs:", ring[0].done(), ring[1].done(), ring[2].done());
        try {
            ring[0].cancel();
        } catch (const RuntimeError&) {
            say("and cannot be cancelled");
        }
        co_await turns(3);
        co_return all_tasks().size();
    };
    auto loop = new_loop();
    say(loop->run_until_complete(main()));
    loop->close();
}
