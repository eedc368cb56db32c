// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
using Text = Coroutine<std::string>;
ContextVar<std::string> var("var", "default");
ContextVar<std::string> bare("bare");
}  // namespace

TWIN(tasks_have_copies) {
    auto child = [](std::string name) -> Text {
        say(name, "begins with", var.get());
        var.set(name);
        co_await sleep(0s);
        say(name, "keeps", var.get());
        co_return var.get();
    };
    say(var.get());
    var.set("main");
    auto a = create_task(child("a"));
    var.set("main, later");
    auto b = create_task(child("b"));
    co_await turns(1);
    say("main keeps", var.get());
    auto of_a = co_await a;
    auto of_b = co_await b;
    say(of_a, of_b, var.get());
    auto of_c = co_await child("c");
    say("awaited in place:", of_c, var.get());
    auto [of_d, of_e] = co_await gather(child("d"), child("e"));
    say(std::vector{of_d, of_e}, var.get());
    auto of_f = co_await wait_for(create_task(child("f")), 1s);
    say(of_f, var.get());
}

TWIN(tokens) {
    auto first = var.set("one");
    auto second = var.set("two");
    say(var.get(), *second.old_value());
    var.reset(second);
    say(var.get());
    var.reset(first);
    say(var.get());
    try {
        var.reset(first);
    } catch (const RuntimeError&) {
        say("RuntimeError");
    }
    auto other = bare.set("other");
    try {
        var.reset(other);
    } catch (const ValueError&) {
        say("ValueError");
    }
    say(bare.get(), bare.get("fallback"));
    bare.reset(other);
    say(bare.get("fallback"));
    try {
        bare.get();
        say("found");
    } catch (const std::exception&) {
        say("not found");
    }
    auto third = var.set("outer");
    auto fourth = var.set("inner");
    var.reset(third);
    say("out of order:", var.get());
    var.reset(fourth);
    say(var.get());
    co_return;
}

TWIN(a_token_of_another_context) {
    std::vector<ContextVar<std::string>::Token> kept;
    auto child = [&]() -> Coroutine<> {
        kept.push_back(var.set("child"));
        co_return;
    };
    co_await create_task(child());
    try {
        var.reset(kept[0]);
        say("reset");
    } catch (const ValueError&) {
        say("ValueError", var.get());
    }
    auto in_place = [&]() -> Coroutine<> {
        kept.push_back(var.set("in place"));
        co_return;
    };
    co_await in_place();
    say(var.get());
    var.reset(kept[1]);
    say(var.get());
}

TWIN(callbacks) {
    auto& loop = get_running_loop();
    auto tell = [](const char* name) { say(name, var.get()); };
    var.set("1");
    loop.call_soon(tell, "soon");
    loop.call_later(1s, tell, "later");
    auto future = loop.create_future<>();
    future.add_done_callback([&](const Future<>&) { tell("first callback"); });
    var.set("2");
    future.add_done_callback([&](const Future<>&) { tell("second callback"); });
    loop.call_soon(tell, "soon");
    loop.call_soon([&] {
        var.set("changed by a callback");
        tell("changes");
        loop.call_soon(tell, "scheduled by it");
    });
    var.set("3");
    future.set_result();
    co_await turns(2);
    tell("main");
    auto child = []() -> Text {
        var.set("child");
        co_return "done";
    };
    auto task = create_task(child());
    task.add_done_callback([&](const Future<std::string>&) { tell("of the one who added it:"); });
    var.set("4");
    co_await task;
    co_await sleep(2s);
    tell("main");
}

TWIN(through_structures) {
    auto child = [](std::string name) -> Text {
        auto value = var.get();
        var.set(name);
        co_await sleep(1s);
        co_return value;
    };
    var.set("group");
    using Two = std::pair<Task<std::string>, Task<std::string>>;
    auto [a, b] = co_await task_group([&](TaskGroup& group) -> Coroutine<Two> {
        auto a = group.create_task(child("a"));
        var.set("changed in the body");
        auto b = group.create_task(child("b"));
        co_return Two(a, b);
    });
    say(a.result(), b.result(), var.get());
    co_await timeout(5s, [&]() -> Coroutine<> {
        var.set("inside a timeout");
        auto value = co_await child("c");
        say(value);
    });
    say("a timeout is no task:", var.get());
    auto generator = []() -> AsyncGenerator<std::string> {
        for (int i = 0; i < 3; ++i) {
            var.set("set by the generator " + std::to_string(i));
            co_yield var.get();
        }
    };
    auto values = generator();
    while (auto value = co_await values.next()) say(value, var.get());
    std::vector<Text> one;
    one.push_back(child("d"));
    for (auto next : as_completed(std::move(one))) {
        auto value = co_await next;
        say(value, var.get());
    }
    auto value = co_await shield(child("e"));
    say(value, var.get());
}

TWIN_REAL(threads) {
    using Two = std::pair<std::string, std::string>;
    auto work = [](std::string name) {
        auto before = var.get();
        var.set(name);
        return Two(before, var.get());
    };
    var.set("main");
    auto one = co_await to_thread(work, "thread");
    say(one);
    say(var.get());
    auto [x, y] = co_await gather(to_thread(work, "x"), to_thread(work, "y"));
    say(std::vector{x, y});
    say(var.get());
    auto child = [&]() -> Coroutine<Two> {
        var.set("child");
        co_return co_await to_thread(work, "of the child");
    };
    auto two = co_await create_task(child());
    say(two, var.get());
    auto fails = [] { throw ValueError(var.get()); };
    try {
        co_await to_thread(fails);
    } catch (const ValueError&) {
        say(caught());
    }
}

PROGRAM(runs) {
    auto main = [](std::string name) -> Text {
        auto before = var.get();
        var.set(name);
        co_return before;
    };
    {
        Runner runner({.clock = Clock::virtual_time});
        auto first = runner.run(main("first"));
        auto second = runner.run(main("second"));
        auto third = runner.run(main("third"));
        say(first, second, third);
    }
    say("outside:", var.get());
    var.set("of the program");
    {
        Runner runner({.clock = Clock::virtual_time});
        say(runner.run(main("in a new one")));
    }
    auto loop = new_loop();
    auto by_hand = loop->run_until_complete(main("by hand"));
    say(by_hand, var.get());
    loop->close();
}
