// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
Coroutine<std::string> work(std::string name, std::chrono::seconds delay, std::exception_ptr error = nullptr) {
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
}  // namespace

TWIN(passes_through) {
    auto result = co_await shield(work("coroutine", 1s));
    say(result, "at", now());
    auto task = create_task(work("task", 1s));
    auto outer = shield(task);
    auto of_outer = co_await outer;
    auto of_task = co_await task;
    say(outer == task, of_outer, of_task);
    say("a done one is itself:", shield(task) == task);
    auto error = std::make_exception_ptr(ValueError("inside"));
    try {
        co_await shield(work("fails", 1s, error));
    } catch (const ValueError&) {
        say(caught(), "at", now());
    }
    auto future = get_running_loop().create_future<std::string>();
    outer = shield(future);
    get_running_loop().call_later(1s, [&] { future.set_result("plain"); });
    result = co_await outer;
    say(result, outer.done());
}

TWIN(the_waiter_is_cancelled) {
    auto inner = create_task(work("inner", 3s));
    auto waits = [&]() -> Coroutine<> {
        try {
            co_await shield(inner);
        } catch (const CancelledError&) {
            say("waiter:", caught(), current_task()->cancelling(), inner.done(), "at", now());
            throw;
        }
    };
    auto waiter = create_task(waits());
    co_await sleep(1s);
    waiter.cancel("leave");
    co_await wait(std::vector(1, waiter));
    say(waiter.cancelled(), inner.cancelled(), inner.cancelling(), "at", now());
    auto result = co_await inner;
    say("inner:", result, "at", now());

    auto finishes_anyway = []() -> Coroutine<> {
        auto task = create_task(work("important", 2s));
        auto shielded = co_await as_result(shield(task));
        if (!shielded) {
            say("waits for it all the same");
            auto result = co_await task;
            say("has", result);
        }
        shielded.value();
    };
    waiter = create_task(finishes_anyway());
    co_await sleep(1s);
    waiter.cancel();
    co_await wait(std::vector(1, waiter));
    say(waiter.cancelled(), "at", now());
}

TWIN(the_inner_is_cancelled) {
    auto inner = create_task(work("inner", 5s));
    auto outer = shield(inner);
    co_await sleep(1s);
    inner.cancel("inside");
    try {
        co_await outer;
    } catch (const CancelledError&) {
        say("outer:", caught(), outer.cancelled(), "at", now());
    }
    try {
        co_await inner;
    } catch (const CancelledError&) {
        say("inner:", caught());
    }
    auto future = get_running_loop().create_future<std::string>();
    outer = shield(future);
    future.cancel("plain");
    say(outer.done());
    co_await turns(1);
    say(outer.cancelled());
}

TWIN(the_outer_is_cancelled) {
    auto inner = create_task(work("inner", 2s));
    auto outer = shield(inner);
    auto second = shield(inner);
    co_await turns(1);
    auto asked = outer.cancel("only this");
    say(asked, outer.cancelled(), inner.cancelling(), second.done());
    try {
        co_await outer;
    } catch (const CancelledError&) {
        say(caught(), "at", now());
    }
    auto of_second = co_await second;
    auto of_inner = co_await inner;
    say(of_second, of_inner, "at", now());
    auto twice = shield(shield(create_task(work("deep", 1s))));
    twice.cancel();
    co_await sleep(2s);
    say(twice.cancelled());
}

TWIN(in_groups) {
    auto inner = create_task(work("kept", 3s));
    auto both = gather(return_exceptions, shield(inner), work("lost", 5s));
    co_await sleep(1s);
    both.cancel("stop");
    try {
        co_await both;
    } catch (const CancelledError&) {
        say("gather:", caught(), "at", now());
    }
    auto kept = co_await inner;
    say(kept, "at", now());
    inner = create_task(work("slow", 3s));
    for (auto limit : {1s, 1s, 5s}) {
        try {
            co_await timeout(limit, [&]() -> Coroutine<> {
                auto result = co_await shield(inner);
                say(result, "at", now());
            });
        } catch (const TimeoutError&) {
            say("not yet at", now(), inner.done());
        }
    }
    co_await timeout(1s, [&]() -> Coroutine<> {
        auto result = co_await shield(inner);
        say("done:", result);
    });
}

TWIN(lost_errors) {
    get_running_loop().set_exception_handler(
        [](EventLoop&, const ExceptionContext& context) { say("handler:", context.exception); });
    auto error = std::make_exception_ptr(ValueError("later"));
    auto inner = create_task(work("fails", 2s, error));
    auto outer = shield(inner);
    co_await sleep(1s);
    outer.cancel();
    try {
        co_await outer;
    } catch (const CancelledError&) {
        say("outer is gone");
    }
    co_await sleep(2s);
    say("the inner one was taken:", inner.exception());
    auto failed = get_running_loop().create_future<>();
    failed.set_exception(RuntimeError("was failed"));
    try {
        co_await shield(failed);
    } catch (const RuntimeError&) {
        say(caught());
    }
}
