// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
using Seconds = std::chrono::seconds;
using Children = std::vector<Coroutine<std::string>>;
using Tasks = std::vector<Task<std::string>>;

Coroutine<std::string> child(std::string name, Seconds delay, std::exception_ptr error = nullptr) {
    try {
        co_await sleep(delay);
    } catch (const CancelledError&) {
        say(name, "cancelled", caught(), "at", now());
        throw;
    }
    if (error) std::rethrow_exception(error);
    co_return name;
}

/// Coroutines cannot be copied, and an initializer list copies.
template <class... C>
Children children(C... each) {
    Children all;
    (all.push_back(std::move(each)), ...);
    return all;
}
std::vector<bool> done(const Tasks& tasks) {
    std::vector<bool> done;
    for (const auto& task : tasks) done.push_back(task.done());
    return done;
}
}  // namespace

TWIN(in_order_of_completion) {
    for (auto next : as_completed(children(child("c", 3s), child("a", 1s), child("d", 4s), child("b", 2s)))) {
        say("waits at", now());
        auto name = co_await next;
        say(name, "at", now());
    }
    say("tasks:", all_tasks().size());
    Children same;
    for (int i = 0; i < 4; ++i) same.push_back(child("n" + std::to_string(i), 1s));
    for (auto next : as_completed(std::move(same))) {
        auto name = co_await next;
        say(name, "at", now());
    }
    std::vector<std::string> none;
    for (auto next : as_completed(Children())) none.push_back(co_await next);
    say(none);
}

TWIN(errors) {
    auto error = std::make_exception_ptr(ValueError("b"));
    for (auto next : as_completed(children(child("a", 2s), child("b", 1s, error), child("c", 3s)))) {
        try {
            auto name = co_await next;
            say(name, "at", now());
        } catch (const ValueError&) {
            say(caught(), "at", now());
        }
    }
    auto gone = create_task(child("gone", 9s));
    get_running_loop().call_later(1s, [&] { gone.cancel("picked"); });
    Tasks two{gone, create_task(child("stays", 2s))};
    for (auto next : as_completed(two)) {
        try {
            auto name = co_await next;
            say(name, "at", now());
        } catch (const CancelledError&) {
            say(caught(), current_task()->cancelling(), "at", now());
        }
    }
}

TWIN(with_a_limit) {
    Tasks tasks{create_task(child("a", 1s)), create_task(child("b", 5s)), create_task(child("c", 2s)),
                create_task(child("d", 6s))};
    for (auto next : as_completed(tasks, 3s)) {
        try {
            auto name = co_await next;
            say(name, "at", now());
        } catch (const TimeoutError&) {
            say(caught(), "at", now());
        }
    }
    say("nothing was cancelled:", done(tasks));
    for (auto next : as_completed(tasks, std::optional<Seconds>())) co_await next;
    say("all are, at", now());
    for (auto next : as_completed(children(child("quick", 0s), child("slow", 1s)), 0s)) {
        try {
            auto name = co_await next;
            say(name, "at", now());
        } catch (const TimeoutError&) {
            say("no time:", caught(), "at", now());
        }
    }
    co_await sleep(2s);
}

TWIN(leaving_early) {
    Tasks tasks{create_task(child("a", 1s)), create_task(child("b", 2s)), create_task(child("c", 3s))};
    for (auto next : as_completed(tasks)) {
        auto name = co_await next;
        say("first:", name, "at", now());
        break;
    }
    say(done(tasks), now());
    auto all = as_completed(tasks);
    std::vector waiting(all.begin(), all.end());
    say("taken out of order:", waiting.size());
    auto third = co_await waiting[2];
    say(third, "at", now());
    auto second = co_await waiting[1];
    say(second, "at", now());
    auto first = co_await waiting[0];
    say(first, "at", now());
}

TWIN(cancelled) {
    Tasks tasks{create_task(child("a", 1s)), create_task(child("b", 4s))};
    auto consumes = [&]() -> Coroutine<> {
        try {
            for (auto next : as_completed(tasks)) {
                auto name = co_await next;
                say(name, "at", now());
            }
        } catch (const CancelledError&) {
            say("consumer:", caught(), "at", now());
            throw;
        }
    };
    auto consumer = create_task(consumes());
    co_await sleep(2s);
    consumer.cancel("enough");
    co_await wait(std::vector(1, consumer));
    say(consumer.cancelled(), done(tasks));
    auto of_b = co_await tasks[1];
    say(of_b, "at", now());
    try {
        co_await timeout(2s, []() -> Coroutine<> {
            for (auto next : as_completed(children(child("x", 1s), child("y", 3s)))) {
                auto name = co_await next;
                say(name, "at", now());
            }
        });
    } catch (const TimeoutError&) {
        say("timed out at", now(), "left:", all_tasks().size() - 1);
    }
    co_await sleep(5s);
}

TWIN(several_consumers) {
    Children four;
    for (int i = 0; i < 4; ++i) four.push_back(child("n" + std::to_string(i), Seconds(1 + i / 2)));
    auto consumes = [](std::string name, auto next) -> Coroutine<> {
        auto result = co_await next;
        say(name, "gets", result, "at", now());
    };
    std::vector<Coroutine<>> consumers;
    for (auto next : as_completed(std::move(four)))
        consumers.push_back(consumes("consumer " + std::to_string(consumers.size()), next));
    co_await gather(std::move(consumers));
    auto future = get_running_loop().create_future<std::string>();
    std::vector<Future<std::string>> three{future, future, create_task(child("beside", 1s))};
    auto completions = as_completed(three);
    std::vector two(completions.begin(), completions.end());
    future.set_result("once");
    auto first = co_await two[0];
    auto second = co_await two[1];
    say(first, second);
    co_await turns(1);
}
