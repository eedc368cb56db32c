// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
using Name = Coroutine<std::string>;

Name child(std::string name, std::chrono::seconds delay, std::exception_ptr error = nullptr) {
    try {
        say(name, "starts in", current_task()->get_name());
        co_await sleep(delay);
        if (error) std::rethrow_exception(error);
        say(name, "ends at", now());
        co_return name;
    } catch (const CancelledError&) {
        say(name, "cancelled", caught(), "at", now());
        throw;
    }
}

template <class E>
std::exception_ptr error(E e) {
    return std::make_exception_ptr(e);
}
}  // namespace

TWIN(results_in_order) {
    auto done = get_running_loop().create_future<std::string>();
    done.set_result("was done");
    auto pending = get_running_loop().create_future<std::string>();
    auto task = create_task(child("task", 1s));
    auto both = gather(child("a", 3s), task, done, pending, child("b", 2s));
    say("made", both.done(), all_tasks().size());
    get_running_loop().call_later(2500ms, [&] { pending.set_result("from a timer"); });
    auto [a, t, d, p, b] = co_await both;
    say(std::vector{a, t, d, p, b});
    auto again = co_await both;
    say(now(), both.done(), both.result() == again);
    auto none = co_await gather(std::vector<Name>());
    say(none);
    auto [d2, t2] = co_await gather(done, task);
    say(std::vector{d2, t2}, now());
}

TWIN(the_first_error) {
    auto both = gather(child("a", 3s), child("b", 1s, error(ValueError("b fails"))),
                       child("c", 2s, error(RuntimeError("lost"))));
    try {
        co_await both;
    } catch (const ValueError&) {
        say("main:", caught(), "at", now());
    }
    say(both.done(), both.cancelled(), both.exception(), both.cancel());
    co_await sleep(5s);
    say("the others ran on; tasks:", all_tasks().size());
    try {
        co_await gather(child("d", 1s, error(ValueError("d"))), child("e", 1s, error(RuntimeError("e"))));
    } catch (const Error&) {
        say("of two in one turn:", caught());
    }
    co_await turns(3);
}

TWIN(errors_as_results) {
    auto cancels_itself = []() -> Name {
        throw CancelledError("mine");
        co_return "";
    };
    auto gone = create_task(child("gone", 10s));
    get_running_loop().call_later(1s, [&] { gone.cancel("by a timer"); });
    auto plain = get_running_loop().create_future<std::string>();
    plain.cancel("plain");
    auto all = gather(return_exceptions, child("good", 2s), child("bad", 1s, error(ValueError("no"))), gone,
                      cancels_itself(), plain);
    auto [a, b, c, d, e] = co_await all;
    say(std::vector{a, b, c, d, e}, "at", now());
    say(gone.cancelled(), current_task()->cancelling());
    auto [alone] = co_await gather(return_exceptions, child("x", 0s, error(RuntimeError("alone"))));
    say(std::vector{alone});
}

TWIN(a_child_is_cancelled) {
    auto victim = create_task(child("victim", 10s));
    auto other = create_task(child("other", 2s));
    auto both = gather(victim, other);
    co_await sleep(1s);
    victim.cancel("picked");
    try {
        co_await both;
    } catch (const CancelledError&) {
        say("main:", caught(), "at", now(), both.cancelled(), both.done());
    }
    auto done = other.done();
    auto result = co_await other;
    say("other goes on:", done, result);
    try {
        both.exception();
        say("no error");
    } catch (const CancelledError&) {
        say("asked again:", caught());
    }
}

TWIN(the_whole_is_cancelled) {
    auto stubborn = []() -> Name {
        auto slept = co_await as_result(sleep(10s));
        say("stubborn swallows", slept.exception());
        co_await sleep(1s);
        co_return "stubborn";
    };
    auto a = create_task(child("a", 5s));
    auto b = create_task(stubborn());
    auto both = gather(return_exceptions, a, b);
    co_await sleep(1s);
    auto asked = both.cancel("all of you");
    say(asked, both.cancelled(), both.done());
    say("twice:", both.cancel("again"));
    try {
        co_await both;
    } catch (const CancelledError&) {
        say("main:", caught(), both.cancelled(), "at", now());
    }
    say(a.cancelled(), b.result());
    asked = both.cancel();
    say(asked, a.cancelling(), b.cancelling());
}

TWIN(the_waiter_is_cancelled) {
    auto waits = []() -> Coroutine<> {
        try {
            co_await gather(child("a", 5s), child("b", 1s), child("c", 3s));
        } catch (const CancelledError&) {
            say("waiter:", caught(), current_task()->cancelling(), "at", now());
            throw;
        }
    };
    auto waiter = create_task(waits());
    co_await sleep(2s);
    waiter.cancel("outer");
    try {
        co_await waiter;
    } catch (const CancelledError&) {
        say("main:", caught(), waiter.cancelled());
    }
    say("none is left:", all_tasks().size());

    auto swallows = [](std::string name) -> Name {
        try {
            co_await sleep(5s);
        } catch (const CancelledError&) {
            say(name, "swallows");
        }
        co_return name;
    };
    auto waits_for_stubborn = [&]() -> Coroutine<> { co_await gather(swallows("x"), swallows("y")); };
    waiter = create_task(waits_for_stubborn());
    co_await turns(2);
    waiter.cancel();
    try {
        co_await waiter;
        say("not cancelled");
    } catch (const CancelledError&) {
        say("cancelled although none of them was:", caught(), waiter.cancelling());
    }
}

TWIN(the_same_twice) {
    auto task = create_task(child("once", 1s));
    auto [a, b, c] = co_await gather(task, task, task);
    say(std::vector{a, b, c});
    auto failing = create_task(child("fails", 1s, error(ValueError("thrice"))));
    auto [x, y, z] = co_await gather(return_exceptions, failing, child("between", 2s), failing);
    say(std::vector{x, y, z}, x.exception() == z.exception());
    std::vector<Name> coroutines;
    for (int i = 0; i < 3; ++i) coroutines.push_back(child("n" + std::to_string(i), std::chrono::seconds(3 - i)));
    auto names = co_await gather(std::move(coroutines));
    say(names);
}

TWIN(nested) {
    auto inner = gather(child("a", 1s), child("b", 2s));
    auto outer = gather(inner, child("c", 3s));
    auto [ab, c] = co_await outer;
    auto [a, b] = ab;
    say("[" + text(std::vector{a, b}) + ", " + text(c, true) + "]", "at", now());
    inner = gather(child("d", 1s, error(ValueError("deep"))), child("e", 3s));
    outer = gather(inner, child("f", 2s));
    try {
        co_await outer;
    } catch (const ValueError&) {
        say("outer:", caught(), inner.exception(), "at", now());
    }
    inner = gather(child("g", 5s), child("h", 5s));
    outer = gather(inner, child("i", 5s));
    co_await sleep(1s);
    say(outer.cancel("from the top"));
    try {
        co_await outer;
    } catch (const CancelledError&) {
        say("main:", caught(), "at", now(), inner.done(), inner.cancelled(), outer.cancelled());
    }
}

TWIN(callbacks_and_turns) {
    auto quick = [](std::string name, int count) -> Name {
        co_await turns(count);
        say(name);
        co_return name;
    };
    auto both = gather(quick("a", 1), quick("b", 3), quick("c", 2));
    using Names = std::tuple<std::string, std::string, std::string>;
    auto listed = [](const Names& names) {
        auto [a, b, c] = names;
        return std::vector{a, b, c};
    };
    both.add_done_callback([&](const Future<Names>& done) { say("callback:", listed(done.result())); });
    std::function<void(int)> tick = [&](int n) {
        say("turn", n, both.done());
        if (n < 6) get_running_loop().call_soon([&tick, n] { tick(n + 1); });
    };
    get_running_loop().call_soon([&] { tick(1); });
    auto names = co_await both;
    say(listed(names));
    co_await turns(3);
}
