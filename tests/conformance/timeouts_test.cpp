// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/twin.hpp"

namespace {
std::string at(std::optional<TimePoint> moment) {
    if (!moment) return "None";
    const double seconds = std::chrono::duration<double>(moment->time_since_epoch()).count();
    std::string text = std::to_string(seconds);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}
int cancelling() {
    return current_task()->cancelling();
}
}  // namespace

TWIN(in_time_and_too_late) {
    co_await timeout(2s, [&](Timeout& cm) -> Coroutine<> {
        say("due at", at(cm.when()), cm.expired());
        co_await sleep(1s);
        say("in time", cm.expired());
    });
    say("at", now());
    bool expired = false;
    try {
        co_await timeout(1s, [&](Timeout& cm) -> Coroutine<> {
            try {
                co_await sleep(5s);
            } catch (const CancelledError&) {
                expired = cm.expired();
                say("inside:", caught(), expired, cancelling());
                throw;
            }
            say("not reached");
        });
    } catch (const TimeoutError&) {
        say("outside:", caught(), expired, cancelling(), "at", now());
    }
    co_await timeout(std::nullopt, [&](Timeout& cm) -> Coroutine<> {
        co_await sleep(100s);
        say("no limit:", at(cm.when()), cm.expired());
    });
    try {
        co_await timeout(1s, []() -> Coroutine<> {
            throw ValueError("its own");
            co_return;
        });
    } catch (const ValueError&) {
        say(caught());
    }
}

TWIN(in_the_past) {
    auto& loop = get_running_loop();
    co_await sleep(5s);
    for (int limit : {0, -1}) {
        try {
            co_await timeout(std::chrono::seconds(limit), []() -> Coroutine<> {
                say("runs up to its first wait");
                co_await sleep(0s);
                say("a turn is too long");
            });
        } catch (const TimeoutError&) {
            say(limit, caught(), "at", now());
        }
    }
    auto expired = co_await timeout(-1s, [](Timeout& cm) -> Coroutine<bool> {
        say("never waits, never times out");
        co_return cm.expired();
    });
    say(expired, cancelling());
    try {
        co_await timeout_at(loop.time() - 3s, [](Timeout& cm) -> Coroutine<> {
            say("due at", at(cm.when()));
            co_await sleep(1s);
        });
    } catch (const TimeoutError&) {
        say("timeout_at:", caught(), "at", now());
    }
    auto done = loop.create_future<std::string>();
    done.set_result("value");
    co_await timeout(0s, [&]() -> Coroutine<> {
        auto value = co_await done;
        say("a done future is no wait:", value);
    });
    co_await turns(2);
    say("nothing comes after:", cancelling());
}

TWIN(moments) {
    auto& loop = get_running_loop();
    co_await timeout_at(loop.time() + 2s, [](Timeout& cm) -> Coroutine<> {
        co_await sleep(1s);
        say(at(cm.when()));
    });
    try {
        co_await timeout_at(loop.time() + 1s, []() -> Coroutine<> { co_await sleep(2s); });
    } catch (const TimeoutError&) {
        say("at", now());
    }
    try {
        co_await timeout(1s, [&](Timeout& cm) -> Coroutine<> {
            cm.reschedule(loop.time() + 3s);
            say("put off to", at(cm.when()));
            co_await sleep(2s);
            say("still alive at", now());
            cm.reschedule(loop.time() + 500ms);
            Finally finally([&] { say("brought forward:", now(), cm.expired()); });
            co_await sleep(2s);
        });
    } catch (const TimeoutError&) {
    }
    co_await timeout(1s, [&](Timeout& cm) -> Coroutine<> {
        cm.reschedule(std::nullopt);
        co_await sleep(10s);
        say("taken away:", at(cm.when()), now());
        cm.reschedule(loop.time() + 1s);
        say("given again:", at(cm.when()));
    });
    try {
        co_await timeout(std::nullopt, [&](Timeout& cm) -> Coroutine<> {
            cm.reschedule(loop.time() - 1s);
            co_await sleep(1s);
        });
    } catch (const TimeoutError&) {
        say("into the past:", now());
    }
}

TWIN(wrong_states) {
    try {
        co_await timeout(1s, [](Timeout& cm) -> Coroutine<> {
            try {
                co_await sleep(5s);
            } catch (const CancelledError&) {
                try {
                    cm.reschedule(std::nullopt);
                } catch (const RuntimeError&) {
                    say(caught());
                }
                throw;
            }
        });
    } catch (const TimeoutError&) {
        say("expired at", now());
    }
}

TWIN(nested) {
    using Seconds = std::chrono::seconds;
    bool a_expired = false;
    bool b_expired = false;
    // A Timeout lives as long as its body: what it says afterwards is noted by what encloses it.
    auto pair = [&](Seconds outer, Seconds inner) -> Coroutine<> {
        a_expired = b_expired = false;
        try {
            co_await timeout(outer, [&](Timeout& a) -> Coroutine<> {
                Finally note_a([&] { a_expired = a.expired(); });
                try {
                    co_await timeout(inner, [&](Timeout& b) -> Coroutine<> {
                        Finally note_b([&] { b_expired = b.expired(); });
                        co_await sleep(5s);
                    });
                } catch (const TimeoutError&) {
                    say("the inner one caught", a.expired(), b_expired, "at", now());
                }
                co_await sleep(5s);
            });
        } catch (const TimeoutError&) {
            say("the outer one caught", a_expired, b_expired, "at", now());
        }
        say(cancelling());
    };
    co_await pair(1s, 2s);
    co_await pair(2s, 1s);
    auto when = get_running_loop().time() + 1s;
    try {
        co_await timeout_at(when, [&](Timeout& a) -> Coroutine<> {
            try {
                co_await timeout_at(when, [&](Timeout& b) -> Coroutine<> {
                    Finally note_b([&] { b_expired = b.expired(); });
                    co_await sleep(5s);
                });
            } catch (const TimeoutError&) {
                say("both: the inner one");
            } catch (const CancelledError&) {
                say("both: the inner one lets it pass", a.expired(), b_expired);
                throw;
            }
        });
    } catch (const TimeoutError&) {
        say("both: the outer one", now(), cancelling());
    }
    try {
        co_await timeout(1s, []() -> Coroutine<> {
            co_await timeout(
                2s, []() -> Coroutine<> { co_await timeout(3s, []() -> Coroutine<> { co_await sleep(5s); }); });
        });
    } catch (const TimeoutError&) {
        say("the outermost", now());
    }
}

TWIN(swallowed_or_replaced) {
    auto expired = co_await timeout(1s, [](Timeout& cm) -> Coroutine<bool> {
        try {
            co_await sleep(5s);
        } catch (const CancelledError&) {
            say("swallowed", caught());
        }
        say("goes on", cm.expired(), cancelling());
        co_return cm.expired();
    });
    say("no error:", expired, cancelling());
    try {
        co_await timeout(1s, [&](Timeout& cm) -> Coroutine<> {
            try {
                co_await sleep(5s);
            } catch (const CancelledError&) {
                expired = cm.expired();
                throw ValueError("instead");
            }
        });
    } catch (const ValueError&) {
        say(caught(), expired, cancelling());
    }
    try {
        co_await timeout(1s, []() -> Coroutine<> {
            auto slept = co_await as_result(sleep(5s));
            co_await sleep(2s);
            say("cleaned up at", now());
            slept.value();
        });
    } catch (const TimeoutError&) {
        say(caught(), "at", now());
    }
    try {
        co_await timeout(1s, []() -> Coroutine<> {
            throw CancelledError("by hand");
            co_return;
        });
    } catch (const CancelledError&) {
        say("not ours:", caught());
    }
}

TWIN(cancelled_from_outside) {
    auto limited = [](std::string name, std::chrono::seconds limit) -> Coroutine<> {
        bool expired = false;
        try {
            co_await timeout(limit, [&](Timeout& cm) -> Coroutine<> {
                Finally note([&] { expired = cm.expired(); });
                co_await sleep(5s);
            });
        } catch (const TimeoutError&) {
            say(name, caught(), "at", now(), cancelling());
        } catch (const CancelledError&) {
            say(name, caught(), expired, "at", now(), cancelling());
            throw;
        }
    };
    auto task = create_task(limited("before", 2s));
    co_await sleep(1s);
    task.cancel("outside");
    co_await wait(std::vector(1, task));
    say(task.cancelled());
    task = create_task(limited("cancelled, then due", 1s));
    co_await turns(1);
    get_running_loop().call_later(1s, [&] { task.cancel("same turn, timer after"); });
    co_await wait(std::vector(1, task));
    say(task.cancelled(), task.cancelling());
    task = create_task(limited("cancelled when it was due", 1s));
    get_running_loop().call_later(1s, [&] { task.cancel("same turn, timer before"); });
    co_await wait(std::vector(1, task));
    say(task.cancelled(), task.cancelling());

    auto cancels_itself = []() -> Coroutine<> {
        try {
            co_await timeout(1s, []() -> Coroutine<> {
                current_task()->cancel("me");
                co_await sleep(5s);
            });
        } catch (const CancelledError&) {
            say("itself:", caught(), "at", now(), cancelling());
        }
    };
    co_await cancels_itself();
    say(current_task()->uncancel());
}

TWIN(with_children) {
    auto child = [](std::string name) -> Coroutine<> {
        try {
            co_await sleep(10s);
        } catch (const CancelledError&) {
            say(name, caught(), "at", now());
            throw;
        }
    };
    try {
        co_await timeout(1s, [&]() -> Coroutine<> { co_await gather(child("a"), child("b")); });
    } catch (const TimeoutError&) {
        say("gather", now());
    }
    auto kept = create_task(child("kept"));
    try {
        co_await timeout(1s, [&]() -> Coroutine<> { co_await wait(std::vector(1, kept)); });
    } catch (const TimeoutError&) {
        say("wait cancels nothing:", kept.done(), now());
    }
    try {
        co_await timeout(1s, [&]() -> Coroutine<> { co_await kept; });
    } catch (const TimeoutError&) {
        say("await does:", kept.cancelled(), now());
    }
    try {
        co_await timeout(1s, [&]() -> Coroutine<> {
            co_await task_group([&](TaskGroup& group) -> Coroutine<> {
                group.create_task(child("c"));
                co_await child("d, in the body");
            });
        });
    } catch (const TimeoutError&) {
        say("group", now(), cancelling());
    }
}
