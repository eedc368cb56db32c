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
