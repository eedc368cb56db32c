// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

/// A thread waits here until the loop lets it go on: the order is not left to the machine.
class Gate {
  public:
    void open() {
        const std::scoped_lock lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, 10s, [&] { return open_; })) std::abort();
    }
    bool is_open() {
        const std::scoped_lock lock(mutex_);
        return open_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};

ContextVar<string> name{"name", "nobody"};

}  // namespace

TWIN_REAL(executor) {
    auto& loop = get_running_loop();
    Gate gate;
    auto works = [&](int a, int b) {
        gate.wait();
        return a * b;
    };
    auto fails = [&](string text) -> int {
        gate.wait();
        throw ValueError(text);
    };
    vector<Future<int>> futures{loop.run_in_executor(nullptr, works, 6, 7),
                                loop.run_in_executor(nullptr, fails, "in a thread")};
    co_await turns(2);
    say(vector<bool>{futures[0].done(), futures[1].done()});
    gate.open();
    auto results = co_await gather(return_exceptions, futures);
    say(results);
    const auto main_thread = std::this_thread::get_id();
    const bool here = co_await loop.run_in_executor(nullptr, [&] { return std::this_thread::get_id() == main_thread; });
    say(here);
    try {
        co_await loop.run_in_executor(nullptr, fails, "again");
    } catch (const ValueError&) {
        say(caught());
    }
    futures[0].add_done_callback([](Future<int> done) { say("callback", done.result()); });
    co_await turns(1);
}

TWIN_REAL(to_thread) {
    name.set("main");
    auto work = [](vector<string> parts) {
        string text;
        for (auto& part : parts) text += part + " ";
        text += "of " + name.get();
        name.set("the thread");
        return text + ", now " + name.get();
    };
    auto fails = [] { throw RuntimeError("bad thread"); };
    const vector<string> a_and_b{"a", "b"};
    const string text = co_await asyncio::to_thread(work, a_and_b);
    say(text, name.get());
    try {
        co_await asyncio::to_thread(fails);
    } catch (const RuntimeError&) {
        say(caught());
    }
    auto task = [&](string label) -> Coroutine<string> {
        name.set(label);
        vector<string> parts(1, label);
        co_return co_await asyncio::to_thread(work, parts);
    };
    vector<Coroutine<string>> tasks;
    for (const char* label : {"x", "y", "z"}) tasks.push_back(task(label));
    auto results = co_await gather(std::move(tasks));
    say(results);
    auto coroutine = asyncio::to_thread(work, vector<string>(1, "later"));
    name.set("changed");
    const string later = co_await std::move(coroutine);
    say(later);
    say(name.get());
}

TWIN_REAL(cancelled) {
    auto& loop = get_running_loop();
    struct Gates {
        Gate gate;
        Gate ended;
    };
    Gates first;
    auto work = [](Gates& gates) {
        gates.gate.wait();
        gates.ended.open();
        return string("unheard");
    };
    auto waits = [&](string label) -> Coroutine<> {
        try {
            const string text = co_await asyncio::to_thread(work, std::ref(first));
            say(label, text);
        } catch (const CancelledError&) {
            say(label, caught(), first.gate.is_open());
            throw;
        }
    };
    auto task = create_task(waits("a"));
    co_await turns(2);
    task.cancel("no time");
    auto results = co_await gather(return_exceptions, vector<Task<>>(1, task));
    say(results);
    // The thread cannot be stopped: it goes on, and its result is dropped.
    first.gate.open();
    co_await loop.run_in_executor(nullptr, [&] { first.ended.wait(); });
    say("the thread has ended", task.cancelled());
    Gate second;
    try {
        co_await wait_for(asyncio::to_thread([&] { second.wait(); }), 10ms);
    } catch (const TimeoutError&) {
        say(caught());
    }
    second.open();
    Gates third;
    auto future = loop.run_in_executor(nullptr, work, std::ref(third));
    auto shielded = ensure_future(shield(future));
    co_await turns(1);
    const bool accepted = shielded.cancel("only the shield");
    say(accepted, future.done());
    co_await turns(1);
    say(shielded.cancelled(), future.cancelled());
    third.gate.open();
    const string text = co_await future;
    say(text);
}

TWIN_REAL(calls_from_threads) {
    auto& loop = get_running_loop();
    Gate first;
    Gate second;
    Event done;
    std::thread two([&] {
        first.wait();
        loop.call_soon_threadsafe([] { say("two"); });
        auto handle = loop.call_soon_threadsafe([] { say("never"); });
        handle.cancel();
        loop.call_soon_threadsafe([&] { loop.call_soon([&] { done.set(); }); });
        second.open();
    });
    std::thread one([&] {
        loop.call_soon_threadsafe([] { say("one, first"); });
        loop.call_soon_threadsafe([] { say("one, second"); });
        first.open();
    });
    second.wait();
    two.join();
    one.join();
    loop.call_soon([] { say("soon of main"); });
    say("main has waited");
    co_await done.wait();
    say("done", done.is_set());
    auto fails = [] { throw ValueError("in a call"); };
    loop.set_exception_handler([](EventLoop&, const ExceptionContext& context) { say("handler:", context.exception); });
    co_await asyncio::to_thread([&] { loop.call_soon_threadsafe(fails); });
    co_await asyncio::to_thread([&] { loop.call_soon_threadsafe([] { say("after it"); }); });
    co_await turns(2);
}

TWIN_REAL(coroutines_from_threads) {
    auto& loop = get_running_loop();
    auto adds = [](int a, int b) -> Coroutine<int> {
        say("adds in", current_task().has_value());
        co_await sleep(0s);
        co_return a + b;
    };
    auto fails = []() -> Coroutine<int> {
        co_await sleep(0s);
        throw ValueError("for the thread");
    };
    auto forever = []() -> Coroutine<> {
        try {
            co_await sleep(1h);
        } catch (const CancelledError&) {
            say("forever is cancelled");
            throw;
        }
    };
    auto thread = [&] {
        vector<string> lines;
        const auto note = [&](const auto& value) { lines.push_back(text(value)); };
        auto sum = run_coroutine_threadsafe(adds(1, 2), loop);
        note(sum.result());
        note(sum.result(1s));
        note(sum.exception());
        note(sum.done());
        note(sum.cancelled());
        note(sum.cancel());
        auto failed = run_coroutine_threadsafe(fails(), loop);
        try {
            failed.result();
        } catch (const ValueError&) {
            note(caught());
        }
        note(failed.exception());
        auto endless = run_coroutine_threadsafe(forever(), loop);
        try {
            endless.result(10ms);
        } catch (const TimeoutError&) {
            note(caught());
        }
        note(endless.done());
        note(endless.cancel());
        note(endless.done());
        note(endless.cancelled());
        try {
            endless.result();
        } catch (const CancelledError&) {
            note("cancelled");
        }
        auto again = run_coroutine_threadsafe(adds(3, 4), loop);
        Gate called;
        again.add_done_callback([&](ThreadFuture<int> future) {
            note(future.result());
            called.open();
        });
        called.wait();
        again.add_done_callback([&](ThreadFuture<int>) { note("at once"); });
        return lines;
    };
    auto lines = co_await asyncio::to_thread(thread);
    for (auto& line : lines) say(line);
}

TWIN_REAL(cancelled_in_the_loop) {
    auto& loop = get_running_loop();
    vector<AnyTask> tasks;
    auto waits = [&]() -> Coroutine<> {
        tasks.push_back(*current_task());
        co_await sleep(1h);
    };
    auto thread = [&] {
        auto future = run_coroutine_threadsafe(waits, loop);
        string seen;
        try {
            future.result();
        } catch (const CancelledError&) {
            seen = "the thread sees it cancelled";
        }
        return std::tuple(seen, future.cancelled(), future.done());
    };
    auto watcher = create_task(asyncio::to_thread(thread));
    while (tasks.empty()) co_await sleep(1ms);
    tasks[0].cancel();
    auto seen = co_await watcher;
    say(seen);
    say(tasks[0].cancelled());
}

TWIN_REAL(hand_over) {
    // Two threads and the loop pass a token around, each in its turn.
    auto& loop = get_running_loop();
    vector<string> log;
    auto step = [&](string who, int n) {
        log.push_back(who + std::to_string(n));
        return n + 1;
    };
    int n = 0;
    while (n < 9) {
        n = co_await asyncio::to_thread(step, "thread ", n);
        auto future = loop.create_future<int>();
        loop.call_soon_threadsafe([future, next = step("loop ", n)] { future.set_result(next); });
        n = co_await future;
        n = co_await loop.run_in_executor(nullptr, step, "executor ", n);
    }
    string line;
    for (auto& word : log) line += (line.empty() ? "" : " ") + word;
    say(line);
    Task<> waiting;
    co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
        Gate gate;
        waiting = tg.create_task(asyncio::to_thread([&] { gate.wait(); }));
        co_await turns(2);
        say("waiting", waiting.done());
        co_await tg.create_task(asyncio::to_thread([&] { gate.open(); }));
        co_await waiting;
    });
    say(waiting.done());
}
