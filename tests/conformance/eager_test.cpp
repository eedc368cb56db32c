// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
void become_eager() {
    get_running_loop().set_task_factory(eager_task_factory);
}
std::optional<std::string> name() {
    auto task = current_task();
    return task ? std::optional(task->get_name()) : std::nullopt;
}
}  // namespace

TWIN(first_steps) {
    auto at_once = [](int value) -> Coroutine<int> {
        say("runs in", name());
        co_return value;
    };
    auto suspends = [](std::string value) -> Coroutine<std::string> {
        say(value, "begins in", name());
        co_await sleep(0s);
        say(value, "goes on");
        co_return value;
    };
    become_eager();
    auto task = create_task(at_once(1));
    say("back in", name(), task.done(), task.result(), all_tasks().size());
    auto slow = create_task(suspends("slow"));
    say("back in", name(), slow.done(), all_tasks().size());
    auto of_task = co_await task;
    auto of_slow = co_await slow;
    say(of_task, of_slow);
    task.add_done_callback([](const Future<int>& done) { say("callback of a done one:", done.result()); });
    say("not called at once");
    co_await turns(1);
    get_running_loop().set_task_factory(nullptr);
    auto lazy = create_task(at_once(2));
    say("lazy again:", lazy.done());
    co_await lazy;
}

TWIN(nested) {
    auto leaf = [](int n) -> Coroutine<int> {
        say("leaf", n, "in", name());
        if (n % 2 != 0) co_await sleep(1s);
        co_return n;
    };
    auto branch = [&](int n) -> Coroutine<int> {
        say("branch", n, "in", name());
        auto a = create_task(leaf(2 * n));
        auto b = create_task(leaf(2 * n + 1));
        say("branch", n, "still in", name(), a.done(), b.done());
        auto of_a = co_await a;
        auto of_b = co_await b;
        co_return of_a + of_b;
    };
    become_eager();
    std::vector<Task<int>> tasks;
    for (int n : {1, 2}) tasks.push_back(create_task(branch(n)));
    std::vector<bool> done{tasks[0].done(), tasks[1].done()};
    say("main is", name(), done);
    auto sums = co_await gather(tasks);
    say(sums, "at", now());
    auto both = gather(leaf(4), leaf(6));
    auto quick = both.done();
    auto [four, six] = co_await both;
    say("a gather of quick ones:", quick, std::vector{four, six});
    std::vector<Task<int>> two;
    two.push_back(create_task(leaf(8)));
    two.push_back(create_task(leaf(9)));
    auto result = co_await wait(two, {.return_when = FIRST_COMPLETED});
    say(result.done.size(), result.pending.size(), now());
    co_await sleep(1s);
}

TWIN(errors_and_cancellation) {
    auto fails = []() -> Coroutine<> {
        throw ValueError("at once");
        co_return;
    };
    auto fails_later = []() -> Coroutine<> {
        co_await sleep(0s);
        throw ValueError("later");
    };
    auto cancelled = []() -> Coroutine<> {
        throw CancelledError("its own");
        co_return;
    };
    auto cancels_itself = []() -> Coroutine<> {
        current_task()->cancel("me");
        say("runs on", current_task()->cancelling());
        co_await sleep(1s);
    };
    auto waits = []() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            say("it had begun:", caught());
            throw;
        }
    };
    become_eager();
    auto watch = [](std::string body, Task<> task) -> Coroutine<> {
        say(body, task.done(), task.cancelled());
        auto result = co_await as_result(task);
        if (!result) say(result.exception(), task.done(), task.cancelled());
    };
    co_await watch("fails", create_task(fails()));
    co_await watch("fails_later", create_task(fails_later()));
    co_await watch("cancelled", create_task(cancelled()));
    co_await watch("cancels_itself", create_task(cancels_itself()));
    auto task = create_task(waits());
    auto asked = task.cancel("before its second step");
    say(asked, task.done());
    try {
        co_await task;
    } catch (const CancelledError&) {
        say("main:", caught(), name());
    }
}

TWIN(in_groups) {
    auto child = [](int n, std::chrono::seconds delay) -> Coroutine<int> {
        if (delay > 0s) co_await sleep(delay);
        say("child", n, "at", now());
        if (n == 3) throw ValueError("three");
        co_return n;
    };
    become_eager();
    auto [a, b] = co_await task_group([&](TaskGroup& group) -> Coroutine<std::pair<Task<int>, Task<int>>> {
        auto a = group.create_task(child(1, 0s));
        say("done in the body:", a.done());
        auto b = group.create_task(child(2, 1s));
        co_return std::pair(a, b);
    });
    say(a.result(), b.result(), now());
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(child(4, 5s));
            group.create_task(child(3, 0s));
            say("the body goes on");
            co_await sleep(5s);
            say("not reached");
        });
    } catch (const ExceptionGroup& group) {
        say(caught(), group.exceptions()[0], now());
    }
    try {
        co_await timeout(1s, [&]() -> Coroutine<> { co_await create_task(child(5, 3s)); });
    } catch (const TimeoutError&) {
        say("timed out at", now());
    }
    auto six = co_await wait_for(child(6, 0s), 1s);
    say(six);
    auto seven = co_await shield(child(7, 1s));
    say(seven, now());
}

TWIN(order_among_others) {
    auto& loop = get_running_loop();
    Queue<int> queue;
    auto producer = [&]() -> Coroutine<> {
        for (int i = 0; i < 3; ++i) {
            say("puts", i);
            queue.put_nowait(i);
            co_await sleep(0s);
        }
    };
    auto consumer = [&]() -> Coroutine<> {
        for (int i = 0; i < 3; ++i) {
            auto item = co_await queue.get();
            say("gets", item);
        }
    };
    become_eager();
    loop.call_soon([] { say("a callback of before"); });
    auto c = create_task(consumer());
    loop.call_soon([] { say("a callback between"); });
    auto p = create_task(producer());
    loop.call_soon([] { say("a callback of after"); });
    say("main");
    co_await gather(c, p);
    auto done = loop.create_future<int>();
    done.set_result(1);
    auto no_wait = [&]() -> Coroutine<int> { co_return co_await done; };
    say("a done future keeps it eager:", create_task(no_wait()).done());
}
