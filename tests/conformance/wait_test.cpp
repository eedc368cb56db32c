// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "tests/conformance/twin.hpp"

namespace {
using Tasks = std::vector<Task<std::string>>;

Coroutine<std::string> child(std::string name, std::chrono::seconds delay, std::exception_ptr error) {
    try {
        co_await sleep(delay);
    } catch (const CancelledError&) {
        say(name, "cancelled", caught(), "at", now());
        throw;
    }
    say(name, "is over at", now());
    if (error) std::rethrow_exception(error);
    co_return name;
}

Task<std::string> make(const std::string& name, std::chrono::seconds delay, std::exception_ptr error = nullptr) {
    return create_task(child(name, delay, error), name);
}

std::vector<std::string> names(const Tasks& tasks) {
    std::vector<std::string> names;
    for (const auto& task : tasks) names.push_back(task.get_name());
    std::sort(names.begin(), names.end());
    return names;
}
}  // namespace

TWIN(all_completed) {
    Tasks tasks{make("a", 2s), make("b", 1s, std::make_exception_ptr(ValueError("b"))), make("c", 3s), make("d", 10s)};
    tasks[3].cancel();
    auto [done, pending] = co_await wait(tasks);
    say(names(done), names(pending), "at", now());
    std::vector<bool> cancelled;
    for (const auto& task : tasks) cancelled.push_back(task.cancelled());
    say(cancelled, tasks[1].exception());
    auto again = co_await wait(tasks);
    say("again:", names(again.done), names(again.pending), "at", now());
    Tasks same{tasks[0], tasks[0], tasks[0]};
    auto once = co_await wait(same);
    say("each counts once:", names(once.done));
    try {
        co_await wait(Tasks());
    } catch (const ValueError&) {
        say(caught());
    }
}

TWIN(first_completed) {
    Tasks pending{make("a", 3s), make("b", 1s), make("c", 2s)};
    while (!pending.empty()) {
        auto result = co_await wait(pending, {.return_when = FIRST_COMPLETED});
        pending = result.pending;
        say(names(result.done), names(pending), "at", now());
    }
    Tasks at_once{make("x", 0s), make("y", 0s), make("z", 1s)};
    auto two = co_await wait(at_once, {.return_when = FIRST_COMPLETED});
    say("two in one turn:", names(two.done), names(two.pending));
    Tasks z_and_x{at_once[2], at_once[0]};
    auto one = co_await wait(z_and_x, {.return_when = FIRST_COMPLETED});
    say("one was done already:", names(one.done), names(one.pending), "at", now());
    co_await at_once[2];
}

TWIN(first_exception) {
    Tasks tasks{make("a", 1s), make("b", 2s, std::make_exception_ptr(ValueError("b"))), make("c", 3s), make("d", 10s)};
    get_running_loop().call_later(500ms, [&] { tasks[3].cancel(); });
    auto all = co_await wait(tasks, {.return_when = FIRST_EXCEPTION});
    say("a cancellation is none:", names(all.done), names(all.pending), "at", now());
    Tasks c_and_b{tasks[2], tasks[1]};
    auto before = co_await wait(c_and_b, {.return_when = FIRST_EXCEPTION});
    say("one failed before:", names(before.done), names(before.pending), "at", now());
    Tasks c_and_a{tasks[2], tasks[0]};
    auto none = co_await wait(c_and_a, {.return_when = FIRST_EXCEPTION});
    say("none fails:", names(none.done), names(none.pending), "at", now());
    say("the error is still there:", tasks[1].exception());
}

TWIN(with_a_limit) {
    Tasks tasks{make("a", 1s), make("b", 3s), make("c", 5s)};
    auto first = co_await wait(tasks, {.timeout = 2s});
    std::vector<bool> over;
    for (const auto& task : tasks) over.push_back(task.done());
    say(names(first.done), names(first.pending), "at", now(), over);
    auto at_once = co_await wait(tasks, {.timeout = 0s});
    say(names(at_once.done), names(at_once.pending), "at", now());
    Tasks two(tasks.begin(), tasks.begin() + 2);
    auto enough = co_await wait(two, {.timeout = 100s});
    say(names(enough.done), names(enough.pending), "at", now());
    auto any = co_await wait(tasks, {.timeout = 2s, .return_when = FIRST_COMPLETED});
    say(names(any.done), names(any.pending), "at", now());
    auto fresh = make("fresh", 0s);
    auto none = co_await wait(Tasks(1, fresh), {.timeout = 0s});
    say("no time to begin:", names(none.done), names(none.pending));
    co_await fresh;
    co_await tasks[2];
}

TWIN(the_waiter_is_cancelled) {
    auto a = make("a", 2s);
    auto b = make("b", 4s);
    auto waits = [&]() -> Coroutine<> {
        try {
            Tasks both(1, a);
            both.push_back(b);
            co_await wait(both, {.timeout = 10s});
        } catch (const CancelledError&) {
            say("waiter:", caught(), "at", now(), current_task()->cancelling());
            throw;
        }
    };
    auto waiter = create_task(waits());
    co_await sleep(3s);
    waiter.cancel("enough");
    auto [done, pending] = co_await wait(std::vector(1, waiter));
    std::vector<bool> cancelled;
    for (const auto& task : done) cancelled.push_back(task.cancelled());
    say(cancelled, a.done(), b.done(), "at", now());
    auto of_b = co_await b;
    say("nothing was cancelled:", of_b, "at", now());
    auto future = get_running_loop().create_future<std::string>();
    std::vector<AnyFuture> two{future, make("c", 5s)};
    auto second = create_task(wait(two, {.return_when = FIRST_COMPLETED}));
    co_await turns(2);
    future.set_exception(ValueError("f"));
    second.cancel("too late or not");
    try {
        auto result = co_await second;
        say("result", result.done.size(), result.pending.size());
    } catch (const CancelledError&) {
        say(caught());
    }
    say(future.exception());
}

TWIN(turns_it_takes) {
    auto& loop = get_running_loop();
    int count = 0;
    std::function<void()> tick = [&] {
        ++count;
        if (count < 40) loop.call_soon([&] { tick(); });
    };
    loop.call_soon([&] { tick(); });
    auto future = loop.create_future<int>();
    future.set_result(1);
    int start = count;
    co_await wait(std::vector(1, future));
    say("a done one:", count - start);
    start = count;
    auto quick = create_task(turns(0));
    co_await wait(std::vector(1, quick));
    say("a task without an await:", count - start);
    start = count;
    co_await gather(create_task(turns(0)));
    say("gather of the same:", count - start);
    start = count;
    co_await create_task(turns(3));
    say("a task of three turns:", count - start);
    start = count;
    co_await gather(future);
    say("gather of a done one:", count - start);
    co_await sleep(1s);
}
