// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
using Numbers = AsyncGenerator<int>;

Numbers counts(std::string name, int n, std::chrono::seconds delay = 0s) {
    Finally finally([&] { say(name, "leaves at", now()); });
    for (int i = 0; i < n; ++i) {
        if (delay > 0s) co_await sleep(delay);
        say(name, "yields", i);
        co_yield i;
    }
    say(name, "has no more");
}
}  // namespace

TWIN(one_after_another) {
    auto a = counts("a", 3);
    while (auto value = co_await a.next()) say("got", *value);
    int total = 0;
    auto b = counts("b", 3, 1s);
    while (auto value = co_await b.next()) total += *value;
    say(total, "at", now());
    auto c = counts("c", 1);
    auto first = co_await c.next();
    auto second = co_await c.next();
    auto third = co_await c.next();
    say(first, second, third);
    auto d = counts("d", 0);
    while (auto value = co_await d.next()) say("not reached");
    auto both = counts("e", 2);
    while (auto value = co_await both.next()) {
        say("first loop", *value);
        break;
    }
    while (auto value = co_await both.next()) say("second loop", *value);
}

TWIN(closing) {
    auto a = counts("a", 5);
    auto first = co_await a.next();
    auto second = co_await a.next();
    say(first, second);
    co_await a.aclose();
    auto after = co_await a.next();
    say("closed:", after);
    co_await a.aclose();
    auto unstarted = counts("never begun", 3);
    co_await unstarted.aclose();
    after = co_await unstarted.next();
    say("nothing to clean up:", after);

    auto cleans = []() -> Numbers {
        std::exception_ptr closed;
        try {
            co_yield 1;
            co_yield 2;
        } catch (...) {
            closed = caught();
        }
        say("clean-up awaits");
        co_await sleep(1s);
        say("cleaned up at", now());
        if (closed) std::rethrow_exception(closed);
    };
    auto generator = cleans();
    first = co_await generator.next();
    say(first);
    co_await generator.aclose();
    say("at", now());
    auto b = counts("b", 2);
    while (auto value = co_await b.next()) say(*value);
    co_await generator.aclose();
    say("closed twice");
}

TWIN(errors) {
    auto fails = []() -> Numbers {
        co_yield 1;
        co_await sleep(1s);
        throw ValueError("of the generator");
    };
    auto generator = fails();
    try {
        while (auto value = co_await generator.next()) say(*value);
    } catch (const ValueError&) {
        say(caught(), "at", now());
    }
    auto after = co_await generator.next();
    say("it is over:", after);

    auto heals = []() -> Numbers {
        for (int i = 0; i < 3; ++i) {
            try {
                if (i == 1) throw ValueError("inside");
                co_yield i;
            } catch (const ValueError&) {
                say("healed", caught());
            }
        }
    };
    auto healing = heals();
    while (auto value = co_await healing.next()) say(*value);

    auto breaks_on_close = []() -> Numbers {
        try {
            co_yield 1;
        } catch (...) {
        }
        throw RuntimeError("while it closes");
    };
    generator = breaks_on_close();
    co_await generator.next();
    try {
        co_await generator.aclose();
    } catch (const RuntimeError&) {
        say(caught());
    }
    generator = counts("c", 3);
    try {
        while (auto value = co_await generator.next()) throw ValueError("of the consumer");
    } catch (const ValueError&) {
        say(caught());
    }
    co_await generator.aclose();
}

TWIN(cancellation) {
    auto consumes = [](Numbers& generator) -> Coroutine<> {
        try {
            while (auto value = co_await generator.next()) say("consumed", *value);
        } catch (const CancelledError&) {
            say("consumer:", caught());
            throw;
        }
    };
    auto slow = []() -> Numbers {
        try {
            for (int i = 0; i < 5; ++i) {
                co_await sleep(1s);
                co_yield i;
            }
        } catch (const CancelledError&) {
            say("generator:", caught(), "at", now());
            throw;
        }
    };
    auto generator = slow();
    auto task = create_task(consumes(generator));
    co_await sleep(2500ms);
    task.cancel("mid-way");
    co_await wait(std::vector(1, task));
    auto after = co_await generator.next();
    say(task.cancelled(), after ? text(*after) : "exhausted");

    auto stubborn = []() -> Numbers {
        for (int i = 0; i < 4; ++i) {
            bool swallowed = false;
            try {
                co_await sleep(1s);
                co_yield i;
            } catch (const CancelledError&) {
                say("swallowed", caught());
                swallowed = true;
            }
            if (swallowed) co_yield -1;
        }
    };
    auto strong = stubborn();
    task = create_task(consumes(strong));
    co_await sleep(1500ms);
    task.cancel("no");
    co_await wait(std::vector(1, task));
    say(task.cancelled(), now());
    auto another = slow();
    try {
        co_await timeout(1500ms, [&]() -> Coroutine<> { co_await consumes(another); });
    } catch (const TimeoutError&) {
        say("timed out at", now());
    }
}

TWIN(nested_and_shared) {
    auto squares = [](Numbers source) -> Numbers {
        while (auto value = co_await source.next()) co_yield (*value) * (*value);
    };
    auto evens = [](Numbers source) -> Numbers {
        while (auto value = co_await source.next())
            if (*value % 2 == 0) co_yield (*value);
    };
    auto all = squares(evens(counts("a", 5)));
    while (auto value = co_await all.next()) say(*value);
    auto shared = counts("shared", 4, 1s);
    auto takes = [&](std::string name, int n) -> Coroutine<> {
        for (int i = 0; i < n; ++i) {
            auto value = co_await shared.next();
            say(name, *value, now());
        }
    };
    co_await takes("x", 2);
    co_await create_task(takes("y", 2));
    auto after = co_await shared.next();
    say(after ? text(*after) : "no more");

    auto busy = counts("busy", 3, 1s);
    auto first = create_task(busy.next());
    co_await turns(1);
    try {
        co_await busy.next();
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        co_await busy.aclose();
    } catch (const RuntimeError&) {
        say(caught());
    }
    auto value = co_await first;
    say(value);
    co_await busy.aclose();
}

namespace {
std::optional<Numbers> kept;
}

TWIN(at_the_end_of_run) {
    auto left_open = []() -> Numbers {
        std::exception_ptr closed;
        try {
            for (int i = 0; i < 10; ++i) co_yield i;
        } catch (...) {
            closed = caught();
        }
        say("finalised: awaits");
        co_await sleep(1s);
        say("finalised at", now());
        if (closed) std::rethrow_exception(closed);
    };
    kept = left_open();
    auto first = co_await kept->next();
    say(first);
    auto other = counts("exhausted", 1);
    while (auto value = co_await other.next()) say(*value);
    say("main ends");
}

TWIN(shut_down_by_hand) {
    auto left_open = [](std::string name) -> AsyncGenerator<std::string> {
        Finally finally([&] { say(name, "is closed at", now()); });
        co_yield name;
    };
    auto fails = []() -> Numbers {
        try {
            co_yield 1;
        } catch (...) {
        }
        throw ValueError("in its clean-up");
    };
    get_running_loop().set_exception_handler(
        [](EventLoop&, const ExceptionContext& context) { say("handler:", context.exception); });
    auto a = left_open("a");
    auto b = fails();
    auto of_a = co_await a.next();
    auto of_b = co_await b.next();
    say(of_a, of_b);
    co_await get_running_loop().shutdown_asyncgens();
    auto after_a = co_await a.next();
    auto after_b = co_await b.next();
    say(after_a ? *after_a : "over", after_b ? text(*after_b) : "over");
}
