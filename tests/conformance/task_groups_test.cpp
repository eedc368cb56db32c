// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
Coroutine<std::string> child(std::string name, std::chrono::seconds delay, std::exception_ptr error = nullptr) {
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

template <class E>
std::exception_ptr error(E e) {
    return std::make_exception_ptr(e);
}

void tell(const std::exception_ptr& exception, std::size_t depth = 1) {
    say(std::string(2 * depth - 1, ' '), text(exception));
    try {
        std::rethrow_exception(exception);
    } catch (const ExceptionGroup& group) {
        for (const auto& each : group.exceptions()) tell(each, depth + 1);
    } catch (...) {
    }
}
int cancelling() {
    return current_task()->cancelling();
}
}  // namespace

TWIN(all_goes_well) {
    auto tasks = co_await task_group([](TaskGroup& group) -> Coroutine<std::vector<Task<std::string>>> {
        auto a = group.create_task(child("a", 2s));
        auto b = group.create_task(child("b", 1s));
        say("in the body:", a.get_name(), b.get_name(), a.done());
        auto of_b = co_await b;
        say("b:", of_b);
        auto c = group.create_task(child("c", 3s), "named");
        std::vector<Task<std::string>> tasks{a, b, c};
        co_return tasks;
    });
    say(tasks[0].result(), tasks[1].result(), tasks[2].result(), tasks[2].get_name(), "at", now());
    co_await task_group([](TaskGroup&) -> Coroutine<> {
        say("an empty one");
        co_return;
    });
    std::function<Coroutine<>(TaskGroup&, int)> grows = [&](TaskGroup& group, int n) -> Coroutine<> {
        say("depth", n);
        co_await sleep(1s);
        if (n < 3) {
            group.create_task(grows(group, n + 1));
            group.create_task(grows(group, n + 1));
        }
    };
    co_await task_group([&](TaskGroup& group) -> Coroutine<> {
        group.create_task(grows(group, 1));
        co_return;
    });
    say("grown up at", now(), all_tasks().size());
}

TWIN(a_child_fails) {
    try {
        co_await task_group([](TaskGroup& group) -> Coroutine<> {
            group.create_task(child("a", 3s));
            group.create_task(child("b", 1s, error(ValueError("b fails"))));
            group.create_task(child("c", 1s));
            group.create_task(child("d", 5s));
            say("body ends");
            co_return;
        });
    } catch (const ExceptionGroup&) {
        say("caught", caught(), "at", now(), cancelling());
        tell(caught());
    }
    try {
        co_await task_group([](TaskGroup& group) -> Coroutine<> {
            group.create_task(child("e", 1s, error(RuntimeError("while the body waits"))));
            try {
                co_await sleep(10s);
            } catch (const CancelledError&) {
                say("the body is told:", caught(), cancelling(), "at", now());
                throw;
            }
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
    say(cancelling(), all_tasks().size());
}

TWIN(the_body_fails) {
    try {
        co_await task_group([](TaskGroup& group) -> Coroutine<> {
            group.create_task(child("a", 3s));
            co_await sleep(1s);
            throw ValueError("of the body");
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
    say("at", now());
    auto fails_while_cancelled = []() -> Coroutine<> {
        co_await as_result(sleep(10s));
        throw RuntimeError("in the clean-up");
    };
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(fails_while_cancelled());
            group.create_task(child("b", 10s));
            co_await turns(1);
            throw ValueError("first");
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
    try {
        co_await task_group([](TaskGroup& group) -> Coroutine<> {
            group.create_task(child("c", 1s, error(ValueError("child"))));
            co_await as_result(sleep(5s));
            throw RuntimeError("body, when told");
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
}

TWIN(several_fail) {
    auto stubborn = [](std::chrono::seconds delay, std::exception_ptr error) -> Coroutine<> {
        co_await as_result(sleep(10s));
        co_await sleep(delay);
        std::rethrow_exception(error);
    };
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(child("a", 1s, error(ValueError("a"))));
            group.create_task(stubborn(2s, error(RuntimeError("b"))));
            group.create_task(stubborn(1s, error(TypeError())));
            group.create_task(child("d", 1s, error(ValueError("d, the same turn"))));
            group.create_task(child("e", 9s));
            co_return;
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
    say("at", now());
}

TWIN(cancelled_from_outside) {
    auto runs_a_group = [](std::exception_ptr error) -> Coroutine<> {
        std::exception_ptr errors;
        try {
            co_await task_group([&](TaskGroup& group) -> Coroutine<> {
                group.create_task(child("a", 5s));
                group.create_task(child("b", 2s, error));
                Finally finally([] { say("body leaves at", now()); });
                co_await sleep(10s);
            });
        } catch (const CancelledError&) {
            say("group:", caught(), cancelling());
            throw;
        } catch (const ExceptionGroup&) {
            errors = caught();
        }
        tell(errors);
        say("cancelling", cancelling());
        co_await sleep(0s);
        say("not reached after a cancellation");
    };
    auto task = create_task(runs_a_group(nullptr));
    co_await sleep(1s);
    task.cancel("outside");
    co_await wait(std::vector(1, task));
    say(task.cancelled(), "at", now());

    auto waits_at_the_end = []() -> Coroutine<> {
        try {
            co_await task_group([](TaskGroup& group) -> Coroutine<> {
                group.create_task(child("c", 5s));
                co_return;
            });
        } catch (const CancelledError&) {
            say("while it waits for its children:", caught(), "at", now());
            throw;
        }
    };
    task = create_task(waits_at_the_end());
    co_await sleep(1s);
    task.cancel("at the end");
    co_await wait(std::vector(1, task));
    say(task.cancelled());
    task = create_task(runs_a_group(error(ValueError("b too"))));
    get_running_loop().call_later(2s, [&] { task.cancel("with the failure"); });
    co_await wait(std::vector(1, task));
    say(task.cancelled(), task.cancelling());
    task = create_task(runs_a_group(error(ValueError("b again"))));
    co_await turns(1);
    get_running_loop().call_later(2s, [&] { get_running_loop().call_soon([&] { task.cancel("just after"); }); });
    co_await wait(std::vector(1, task));
    say(task.cancelled(), task.cancelling());
}

TWIN(a_child_is_cancelled) {
    using Names = std::vector<Task<std::string>>;
    auto tasks = co_await task_group([](TaskGroup& group) -> Coroutine<Names> {
        auto a = group.create_task(child("a", 5s));
        auto b = group.create_task(child("b", 2s));
        co_await sleep(1s);
        say(a.cancel("alone"));
        Names both{a, b};
        co_return both;
    });
    say("no error:", tasks[0].cancelled(), tasks[1].result(), "at", now());
    auto raises_cancelled = []() -> Coroutine<> {
        throw CancelledError("own");
        co_return;
    };
    co_await task_group([&](TaskGroup& group) -> Coroutine<> {
        group.create_task(raises_cancelled());
        group.create_task(child("c", 1s));
        co_return;
    });
    say("nor that, at", now());
    try {
        co_await task_group([](TaskGroup& group) -> Coroutine<> {
            group.create_task(child("d", 5s));
            co_await turns(1);
            throw CancelledError("of the body");
        });
    } catch (const CancelledError&) {
        say("raised by the body:", caught(), "at", now());
    }
}

TWIN(nested) {
    auto inner = []() -> Coroutine<> {
        Finally finally([] { say("inner group is over at", now()); });
        co_await task_group([](TaskGroup& group) -> Coroutine<> {
            group.create_task(child("i", 5s));
            group.create_task(child("bad", 1s, error(ValueError("deep"))));
            co_return;
        });
    };
    try {
        co_await task_group([&](TaskGroup& outer) -> Coroutine<> {
            outer.create_task(child("o", 5s));
            outer.create_task(inner());
            co_return;
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
    try {
        co_await task_group([](TaskGroup& outer) -> Coroutine<> {
            outer.create_task(child("p", 1s, error(ValueError("outer"))));
            co_await task_group([](TaskGroup& group) -> Coroutine<> {
                group.create_task(child("q", 5s));
                co_await sleep(3s);
            });
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
    say(cancelling(), now());
    try {
        co_await task_group([](TaskGroup& outer) -> Coroutine<> {
            outer.create_task(child("r", 1s, error(ValueError("r"))));
            co_await task_group([](TaskGroup& group) -> Coroutine<> {
                group.create_task(child("s", 1s, error(RuntimeError("s"))));
                co_return;
            });
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
    say(cancelling(), now());
}

TWIN(when_it_shuts_down) {
    auto spawns = [](TaskGroup& group) -> Coroutine<> {
        auto slept = co_await as_result(sleep(10s));
        try {
            group.create_task(child("too late", 1s));
        } catch (const RuntimeError& error) {
            say(std::string(error.what()).substr(std::string("TaskGroup ").size()));
        }
        slept.value();
    };
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(spawns(group));
            group.create_task(child("a", 1s, error(ValueError("a"))));
            co_return;
        });
    } catch (const ExceptionGroup&) {
        tell(caught());
    }
    auto slow_to_end = []() -> Coroutine<> {
        co_await as_result(sleep(10s));
        co_await sleep(3s);
        say("slow one is over at", now());
    };
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(slow_to_end());
            group.create_task(child("b", 1s, error(ValueError("b"))));
            group.create_task(child("c", 0s));
            co_return;
        });
    } catch (const ExceptionGroup&) {
        say("waited for it:", caught(), now());
    }
}

TWIN(base_errors) {
    auto exits = []() -> Coroutine<> {
        co_await sleep(1s);
        throw SystemExit(3);
    };
    auto waits = []() -> Coroutine<> {
        Finally finally([] { say("the other one leaves at", now()); });
        co_await sleep(10s);
    };
    try {
        co_await task_group([&](TaskGroup& group) -> Coroutine<> {
            group.create_task(waits());
            co_await sleep(1s);
            throw KeyboardInterrupt("in the body");
        });
    } catch (const KeyboardInterrupt&) {
        say(caught(), cancelling());
    }
    try {
        co_await task_group([](TaskGroup& group) -> Coroutine<> {
            group.create_task(child("a", 1s, error(ValueError("a"))));
            co_await sleep(5s);
        });
    } catch (const ExceptionGroup& group) {
        say(group.message(), group.exceptions().size(), caught());
    }
    co_await task_group([&](TaskGroup& group) -> Coroutine<> {
        group.create_task(exits());
        group.create_task(waits());
        co_return;
    });
}
