// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

TWIN(before_it_starts) {
    auto body = []() -> Coroutine<> {
        say("never said");
        co_return;
    };
    auto task = create_task(body());
    auto asked = task.cancel("too early");
    say(asked, task.done(), task.cancelled(), task.cancelling());
    asked = task.cancel("again");
    say(asked, task.cancelling());
    try {
        co_await task;
    } catch (const CancelledError&) {
        say("awaited:", caught());
    }
    say(task.done(), task.cancelled(), task.cancelling(), task.cancel());
    try {
        task.result();
    } catch (const CancelledError&) {
        say(caught());
    }
    try {
        task.exception();
    } catch (const CancelledError&) {
        say(caught());
    }
    auto other = create_task(body());
    other.add_done_callback([](const Future<>& done) { say("callback:", done.cancelled()); });
    auto first = other.cancel();
    auto left = other.uncancel();
    auto cancelling = other.cancelling();
    say(first, left, cancelling, other.cancel());
    co_await turns(3);
}

TWIN(at_each_await) {
    Future<> future;
    auto walker = [&](std::vector<std::string>& log) -> Coroutine<std::string> {
        Finally finally([&] { log.push_back("f"); });
        try {
            log.push_back("a");
            co_await sleep(0s);
            log.push_back("b");
            co_await sleep(1s);
            log.push_back("c");
            co_await future;
            log.push_back("d");
            co_await sleep(0s);
            log.push_back("e");
            co_return "walked";
        } catch (const CancelledError&) {
            log.push_back("x at " + now());
            throw;
        }
    };
    for (int stop = 0; stop < 6; ++stop) {
        std::vector<std::string> log;
        future = get_running_loop().create_future<>();
        auto task = create_task(walker(log));
        for (int step = 0; step < stop; ++step) {
            if (step == 2) {
                co_await sleep(1s);
            } else if (step == 3) {
                co_await turns(1);
                future.set_result();
            }
            co_await turns(1);
        }
        auto asked = task.cancel("stop " + std::to_string(stop));
        auto result = co_await as_result(task);
        say(stop, asked, log, result, "future:", future.cancelled());
    }
}

TWIN(swallowed) {
    auto stubborn = []() -> Coroutine<std::string> {
        for (int i = 0; i < 3; ++i) {
            try {
                co_await sleep(10s);
            } catch (const CancelledError&) {
                auto me = current_task();
                say("swallows", caught(), me->cancelling());
                if (i == 1) say("takes one back:", me->uncancel());
            }
        }
        co_await sleep(1s);
        co_return "lived";
    };
    auto task = create_task(stubborn());
    for (int i = 0; i < 3; ++i) {
        co_await sleep(1s);
        auto asked = task.cancel("no " + std::to_string(i));
        say("cancel", i, asked, task.cancelling());
    }
    auto result = co_await task;
    say(result, "at", now(), task.cancelled(), task.cancelling());
}

TWIN(several_requests_at_once) {
    auto sleeper = []() -> Coroutine<std::string> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            say("caught", caught(), current_task()->cancelling());
        }
        try {
            co_await sleep(1s);
            say("slept on");
        } catch (const CancelledError&) {
            say("and again", caught());
        }
        co_return "end";
    };
    auto one = create_task(sleeper());
    co_await turns(1);
    one.cancel("first");
    one.cancel("second");
    say(one.cancelling());
    auto result = co_await one;
    say(result, "at", now());
    auto two = create_task(sleeper());
    co_await turns(1);
    two.cancel("now");
    co_await turns(1);
    say("between:", two.done(), two.cancelling());
    two.cancel("later");
    result = co_await two;
    say(result, "at", now(), two.cancelling());
}

TWIN(itself) {
    auto then_waits = []() -> Coroutine<std::string> {
        current_task()->cancel("me");
        say("still runs");
        auto done = get_running_loop().create_future<std::string>();
        done.set_result("ready");
        auto ready = co_await done;
        say("a done future:", ready);
        Finally finally([] { say("raised at", now()); });
        co_await sleep(5s);
        co_return "";
    };
    auto then_returns = []() -> Coroutine<std::string> {
        current_task()->cancel("dropped");
        co_return "value";
    };
    auto then_raises = []() -> Coroutine<std::string> {
        current_task()->cancel();
        throw ValueError("stronger");
        co_return "";
    };
    std::vector<Coroutine<std::string>> bodies;
    bodies.push_back(then_waits());
    bodies.push_back(then_returns());
    bodies.push_back(then_raises());
    for (auto& body : bodies) {
        auto task = create_task(std::move(body));
        auto result = co_await as_result(task);
        if (result)
            say(result);
        else
            say("ended by", result.exception(), task.cancelled(), task.cancelling());
    }
}

TWIN(forgiven) {
    auto then_forgives = []() -> Coroutine<std::vector<int>> {
        auto me = current_task();
        me->cancel();
        me->cancel();
        std::vector<int> left{me->uncancel(), me->uncancel(), me->uncancel()};
        co_await sleep(0s);
        co_return left;
    };
    auto waits = []() -> Coroutine<> {
        try {
            co_await sleep(1s);
        } catch (const CancelledError&) {
            say("thrown all the same");
            throw;
        }
    };
    auto left = co_await create_task(then_forgives());
    say(left);
    auto task = create_task(waits());
    co_await turns(1);
    task.cancel();
    auto taken = task.uncancel();
    say("its future is cancelled already:", taken, task.cancelling());
    co_await wait(std::vector(1, task));
    say(task.cancelled());
    auto unstarted = create_task(waits());
    unstarted.cancel();
    unstarted.uncancel();
    co_await wait(std::vector(1, unstarted));
    say("it was not to start:", unstarted.cancelled(), "at", now());
}

TWIN(what_it_waits_for) {
    auto inner = []() -> Coroutine<> {
        auto slept = co_await as_result(sleep(10s));
        if (!slept) {
            say("inner is told first:", slept.exception());
            co_await sleep(1s);
            say("inner took its time");
            slept.value();
        }
    };
    auto child = create_task(inner());
    auto middle = [&]() -> Coroutine<> {
        try {
            co_await child;
        } catch (const CancelledError&) {
            say("middle:", caught(), current_task()->cancelling(), "at", now());
            throw;
        }
    };
    auto parent = create_task(middle());
    co_await turns(2);
    auto asked = parent.cancel("stop");
    say(asked, child.cancelled(), child.cancelling(), parent.cancelling());
    co_await turns(2);
    say("neither is done:", child.done(), parent.done());
    try {
        co_await parent;
    } catch (const CancelledError&) {
        say("main:", caught());
    }
    auto swallows = []() -> Coroutine<std::string> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            co_return "swallowed";
        }
        co_return "";
    };
    auto outer = [&]() -> Coroutine<std::string> { co_return co_await create_task(swallows()); };
    auto task = create_task(outer());
    co_await turns(2);
    task.cancel();
    auto result = co_await task;
    say("the outer one goes on with", result, task.cancelled(), task.cancelling());
}

TWIN(its_future_instead) {
    Future<int> future;
    auto waits = [&](std::string name) -> Coroutine<std::string> {
        try {
            co_await future;
        } catch (const CancelledError&) {
            say(name, "sees", caught(), current_task()->cancelling());
            co_return name;
        }
        co_return "result";
    };
    future = get_running_loop().create_future<int>();
    auto a = create_task(waits("a"));
    auto b = create_task(waits("b"));
    co_await turns(1);
    auto first = future.cancel("by hand");
    auto second = future.cancel("twice");
    say(first, second, future.cancelled());
    auto of_a = co_await a;
    auto of_b = co_await b;
    say(of_a, of_b);
    future = get_running_loop().create_future<int>();
    auto c = create_task(waits("c"));
    auto d = create_task(waits("d"));
    co_await turns(1);
    auto asked = c.cancel("through");
    say("one task, both suffer:", asked, future.cancelled());
    auto of_c = co_await c;
    auto of_d = co_await d;
    say(of_c, of_d);
    future = get_running_loop().create_future<int>();
    auto late = create_task(waits("late"));
    co_await turns(1);
    future.set_result(1);
    asked = late.cancel("last moment");
    say("its result is on the way:", asked, future.cancelled());
    auto of_late = co_await late;
    say(of_late);
}

TWIN(in_the_clean_up) {
    auto careful = []() -> Coroutine<> {
        auto slept = co_await as_result(sleep(10s));
        say("clean-up begins");
        auto again = co_await as_result(sleep(2s));
        if (again) {
            say("not reached");
        } else {
            say("interrupted by", again.exception());
            co_await sleep(1s);
            say("second clean-up done at", now());
        }
        slept.value();
    };
    auto task = create_task(careful());
    co_await sleep(1s);
    task.cancel("one");
    co_await sleep(1s);
    task.cancel("two");
    try {
        co_await task;
    } catch (const CancelledError&) {
        say("ended by", caught(), task.cancelling());
    }
    auto replaces = []() -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            throw ValueError("instead");
        }
    };
    task = create_task(replaces());
    co_await turns(1);
    task.cancel();
    try {
        co_await task;
    } catch (const ValueError&) {
        say(caught(), task.cancelled(), task.cancelling());
    }
    auto raises_it = []() -> Coroutine<> {
        throw CancelledError("of its own");
        co_return;
    };
    task = create_task(raises_it());
    try {
        co_await task;
    } catch (const CancelledError&) {
        say(caught(), task.cancelled(), task.cancelling(), current_task()->cancelling());
    }
}

TWIN(at_the_end_of_run) {
    auto left = [](std::string name, std::chrono::seconds delay) -> Coroutine<> {
        auto slept = co_await as_result(sleep(100s));
        if (!slept) {
            say(name, "is told:", slept.exception());
            co_await sleep(delay);
            say(name, "cleaned up at", now());
        }
    };
    auto refuses = []() -> Coroutine<> {
        try {
            co_await sleep(100s);
        } catch (const CancelledError&) {
            throw ValueError("of the shutdown");
        }
    };
    get_running_loop().set_exception_handler(
        [](EventLoop&, const ExceptionContext& context) { say("handler:", context.message, context.exception); });
    create_task(left("quick", 1s));
    co_await turns(1);
    create_task(refuses());
    say("main ends");
    co_await turns(1);
}
