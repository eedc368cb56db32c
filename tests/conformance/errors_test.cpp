// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

template <class E>
std::exception_ptr made(const E& error) {
    return std::make_exception_ptr(error);
}
template <class... E>
void say_kinds() {
    (say(made(E()), "|", made(E("why"))), ...);
}
string before_colon(const std::exception& error) {
    const string text = error.what();
    return text.substr(0, text.find(':'));
}

}  // namespace

TWIN(texts) {
    say_kinds<RuntimeError, ValueError, TypeError, TimeoutError, OSError, ConnectionError, ConnectionResetError,
              ConnectionRefusedError, ConnectionAbortedError, BrokenPipeError, FileNotFoundError, PermissionError,
              ProcessLookupError, InvalidStateError, QueueEmpty, QueueFull, BrokenBarrierError, CancelledError,
              KeyboardInterrupt>();
    say(made(SystemExit()), "|", made(SystemExit(3)), "|", SystemExit(3).code());
    say(made(IncompleteReadError("abc", 10)), "|", made(IncompleteReadError("", -1)));
    say(made(LimitOverrunError("too long", 7)), LimitOverrunError("too long", 7).consumed());
    const IncompleteReadError error("abc", 10);
    say(error.partial(), error.expected());
    for (auto each : {made(TimeoutError("t")), made(ConnectionResetError("c")), made(IncompleteReadError("", 1))}) {
        try {
            std::rethrow_exception(each);
        } catch (const OSError&) {
            say("an OSError:", caught());
        } catch (const IncompleteReadError&) {
            say("not one:", caught());
        }
    }
    co_return;
}

TWIN(groups) {
    const ExceptionGroup inner("inner", {made(ValueError("a")), made(TypeError())});
    const ExceptionGroup outer("outer", {made(inner), made(RuntimeError("b"))});
    say(made(inner));
    say(made(outer), outer.message());
    say(outer.exceptions());
    try {
        std::rethrow_exception(outer.exceptions()[0]);
    } catch (const ExceptionGroup& group) {
        say(group.exceptions());
    }
    auto fails = [](std::exception_ptr error, std::chrono::seconds after = 0s) -> Coroutine<> {
        co_await sleep(after);
        std::rethrow_exception(error);
    };
    auto nested = [&]() -> Coroutine<> {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            tg.create_task(fails(made(ValueError("deep")), 1s));
            tg.create_task(fails(made(TypeError("deeper")), 1s));
            co_return;
        });
    };
    try {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            tg.create_task(nested);
            tg.create_task(fails(made(RuntimeError("shallow")), 1s));
            co_await as_result(sleep(5s));
            throw OSError("from the body");
        });
    } catch (const ExceptionGroup& group) {
        say(caught());
        for (auto& each : group.exceptions()) {
            try {
                std::rethrow_exception(each);
            } catch (const ExceptionGroup& deep) {
                say(each, std::pair(deep.exceptions()[0], deep.exceptions()[1]));
            } catch (...) {
                say(each, "()");
            }
        }
    }
    try {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            tg.create_task(fails(made(KeyboardInterrupt("wins"))));
            tg.create_task(fails(made(ValueError("loses"))));
            co_return;
        });
    } catch (const KeyboardInterrupt&) {
        say(caught());
    }
}

TWIN(invalid_states) {
    auto& loop = get_running_loop();
    const auto attempt = [](const char* what, auto call) {
        try {
            if constexpr (std::is_void_v<decltype(call())>) {
                call();
                say(what);
            } else {
                say(what, call());
            }
        } catch (const InvalidStateError&) {
            say(what, caught());
        } catch (const CancelledError&) {
            say(what, caught());
        }
    };
    auto future = loop.create_future<int>();
    attempt("result", [&] { return future.result(); });
    attempt("exception", [&] { return future.exception(); });
    future.set_result(1);
    attempt("set_result", [&] { future.set_result(2); });
    attempt("set_exception", [&] { future.set_exception(ValueError()); });
    attempt("cancel", [&] { return future.cancel(); });
    attempt("result", [&] { return future.result(); });
    attempt("exception", [&] { return future.exception(); });
    auto gone = loop.create_future<int>();
    attempt("cancel", [&] { return gone.cancel("why"); });
    attempt("cancel", [&] { return gone.cancel("again"); });
    attempt("result", [&] { return gone.result(); });
    attempt("result", [&] { return gone.result(); });
    attempt("exception", [&] { return gone.exception(); });
    attempt("set_result", [&] { gone.set_result(1); });
    auto failed = loop.create_future<int>();
    failed.set_exception(ValueError("bad"));
    attempt("exception", [&] { return failed.exception(); });
    attempt("cancel", [&] { return failed.cancel(); });
    auto work = []() -> Coroutine<int> {
        co_await sleep(1s);
        co_return 5;
    };
    auto task = create_task(work);
    co_await sleep(0s);
    attempt("result", [&] { return task.result(); });
    attempt("exception", [&] { return task.exception(); });
    attempt("cancel", [&] { return task.cancel("stop"); });
    auto results = co_await gather(return_exceptions, vector<Task<int>>(1, task));
    say(results);
    attempt("result", [&] { return task.result(); });
    attempt("exception", [&] { return task.exception(); });
    try {
        task.set_result(1);
    } catch (const RuntimeError&) {
        say(caught());
    }
    try {
        task.set_exception(ValueError());
    } catch (const RuntimeError&) {
        say(caught());
    }
}

namespace {

Coroutine<> sleeps() {
    co_await sleep(5s);
}

template <class Use>
Coroutine<> cancel_both_ways(Use use) {
    for (const bool inner : {true, false}) {
        auto task = create_task(sleeps());
        auto waiter = ensure_future(use(task));
        co_await turns(2);
        if (inner)
            task.cancel("the inner one");
        else
            waiter.cancel("the outer one");
        try {
            co_await waiter;
        } catch (const CancelledError&) {
            say(caught(), task.cancelled());
        }
        task.cancel();
        co_await wait(vector<Task<>>(1, task));
    }
}

}  // namespace

TWIN(cancel_messages) {
    auto outer = []() -> Coroutine<> {
        auto task = create_task(sleeps());
        try {
            co_await task;
        } catch (const CancelledError&) {
            say("outer sees", caught());
            try {
                task.result();
            } catch (const CancelledError&) {
                say("asked again", caught());
            }
            throw;
        }
    };
    auto task = create_task(outer);
    co_await turns(2);
    task.cancel("first");
    task.cancel("second");
    try {
        co_await task;
    } catch (const CancelledError&) {
        say("main sees", caught());
    }
    try {
        co_await task;
    } catch (const CancelledError&) {
        say("main sees again", caught());
    }
    co_await cancel_both_ways([](Task<> inner) { return shield(inner); });
    co_await cancel_both_ways([](Task<> inner) { return gather(inner); });
    co_await cancel_both_ways([](Task<> inner) { return wait_for(inner, 10s); });
}

TWIN(wrong_calls) {
    using Seconds = std::chrono::duration<double>;
    try {
        co_await sleep(Seconds(std::numeric_limits<double>::quiet_NaN()));
    } catch (const ValueError&) {
        say(caught());
    }
    try {
        co_await wait(vector<Task<>>());
    } catch (const ValueError&) {
        say(caught());
    }
    try {
        co_await timeout(1s, [](Timeout& limit) -> Coroutine<> {
            limit.reschedule(std::nullopt);
            limit.reschedule(get_running_loop().time() + 1s);
            auto result = co_await as_result(sleep(2s));
            say("expired", limit.expired());
            try {
                limit.reschedule(std::nullopt);
            } catch (const RuntimeError&) {
                say(caught());
            }
            result.value();
        });
    } catch (const TimeoutError&) {
        say(caught());
    }
    Task<string> self;
    auto itself = [&]() -> Coroutine<string> {
        try {
            co_await self;
        } catch (const RuntimeError& error) {
            say(before_colon(error));
        }
        co_return "survived";
    };
    self = create_task(itself);
    const string survived = co_await self;
    say(survived);
    auto other = new_loop();
    auto foreign = other->create_future<>();
    auto waits_for_another_loops = [&]() -> Coroutine<> {
        try {
            co_await foreign;
        } catch (const RuntimeError& error) {
            say(string(error.what()).ends_with("attached to a different loop"));
        }
    };
    co_await create_task(waits_for_another_loops);
    other->close();
    auto value = []() -> Coroutine<int> { co_return 1; };
    auto once = value();
    const int one = co_await std::move(once);
    say(one);
    try {
        co_await std::move(once);
    } catch (const RuntimeError&) {
        say(caught());
    }
}

PROGRAM(without_a_loop) {
    auto never = []() -> Coroutine<> { co_return; };
    const vector<std::function<void()>> calls{
        [] { get_running_loop(); },
        [] { current_task(); },
        [] { all_tasks(); },
        [&] { create_task(never); },
    };
    for (auto& call : calls) {
        try {
            call();
        } catch (const RuntimeError&) {
            say(caught());
        }
    }
}

namespace {
Coroutine<> forgotten() {
    co_return;
}
Coroutine<> fails_with(string text) {
    throw ValueError(text);
    co_return;
}
}  // namespace

TWIN(never_retrieved, Reports::yes) {
    auto task = create_task(fails_with("a task"));
    co_await turns(1);
    task = {};
    auto future = get_running_loop().create_future<>();
    future.set_exception(RuntimeError("a future"));
    future = {};
    { auto lost = forgotten(); }
    auto asked = create_task(fails_with("asked"));
    co_await turns(1);
    asked.exception();
    asked = {};
    auto handled = get_running_loop().create_future<>();
    handled.set_exception(RuntimeError("handled"));
    try {
        co_await handled;
    } catch (const RuntimeError&) {
    }
    handled = {};
}

TWIN(contexts_of_the_handler) {
    auto& loop = get_running_loop();
    loop.set_exception_handler([&](EventLoop& used, const ExceptionContext& context) {
        say(context.message, "|", context.exception, "|", &used == &loop, context.future.has_value());
    });
    create_task(fails_with("lost"), "lost");
    co_await turns(2);
    auto future = loop.create_future<>();
    future.set_exception(RuntimeError("lost too"));
    future = {};
    // An error behind a shield, which nobody waits for any more.
    Event started;
    auto inner = [&]() -> Coroutine<> {
        started.set();
        co_await sleep(1s);
        throw ValueError("behind the shield");
    };
    auto waiter = [&]() -> Coroutine<> { co_await shield(inner); };
    auto task = create_task(waiter);
    co_await started.wait();
    task.cancel();
    co_await wait(vector<Task<>>(1, task));
    co_await sleep(2s);
    // Children of a gather that has ended: their errors are taken, and not told.
    auto gathered = gather(fails_with("first"), fails_with("second"));
    try {
        co_await gathered;
    } catch (const ValueError&) {
        say("gather raises", caught());
    }
    gathered = {};
    co_await turns(2);
    loop.call_exception_handler({.message = "by hand", .exception = made(TypeError("made"))});
    loop.set_exception_handler(nullptr);
}

TWIN(default_handler, Reports::yes) {
    auto& loop = get_running_loop();
    loop.call_exception_handler({.message = "only a message"});
    loop.call_exception_handler({.message = "with an error", .exception = made(ValueError("the error"))});
    loop.set_exception_handler([](EventLoop&, const ExceptionContext&) { throw RuntimeError("the handler itself"); });
    loop.call_exception_handler({.message = "lost on the way", .exception = made(ValueError("the first"))});
    loop.set_exception_handler(
        [](EventLoop& used, const ExceptionContext& context) { used.default_exception_handler(context); });
    loop.call_exception_handler({.message = "handed on", .exception = made(PermissionError("Permission denied"))});
    co_return;
}
