// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

vector<bool> done(const vector<Task<>>& tasks) {
    vector<bool> all;
    for (auto& task : tasks) all.push_back(task.done());
    return all;
}
vector<bool> cancelled(const vector<Task<>>& tasks) {
    vector<bool> all;
    for (auto& task : tasks) all.push_back(task.cancelled());
    return all;
}

}  // namespace

TWIN(set_and_clear) {
    Event event;
    auto waiter = [&](string name) -> Coroutine<> {
        const bool got = co_await event.wait();
        say(name, "got", got, "set", event.is_set());
    };
    say(event.is_set());
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(waiter(name)));
    co_await sleep(0s);
    event.set();
    event.clear();
    say("set and cleared", event.is_set(), done(tasks));
    tasks.push_back(create_task(waiter("d")));
    co_await sleep(0s);
    say(done(tasks));
    event.set();
    event.set();
    tasks.push_back(create_task(waiter("e")));
    event.clear();
    event.clear();
    co_await turns(2);
    say(done(tasks));
    event.set();
    co_await gather(tasks);
    const bool got = co_await event.wait();
    say(got, "no turn needed");
}

TWIN(cancelled_waiters) {
    Event event;
    auto waiter = [&](string name) -> Coroutine<> {
        try {
            const bool got = co_await event.wait();
            say(name, got);
            co_return;
        } catch (const CancelledError&) {
            say(name, caught(), event.is_set());
            if (name != "b") throw;
        }
        const bool got = co_await event.wait();
        say(name, "again", got);
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c", "d", "e"}) tasks.push_back(create_task(waiter(name)));
    tasks[0].cancel("before");
    co_await sleep(0s);
    tasks[1].cancel("while waiting");
    co_await sleep(0s);
    event.set();
    tasks[2].cancel("when woken");
    event.clear();
    say(done(tasks));
    co_await sleep(0s);
    say(done(tasks));
    tasks[3].cancel("too late");
    event.set();
    auto results = co_await gather(return_exceptions, tasks);
    say(results);
    vector<int> requests;
    for (auto& task : tasks) requests.push_back(task.cancelling());
    say(cancelled(tasks), requests);
}

TWIN(with_timeouts) {
    Event event;
    auto waiter = [&](string name, std::optional<std::chrono::seconds> limit) -> Coroutine<> {
        try {
            const bool got = co_await wait_for(event.wait(), limit);
            say(name, got, "at", now());
        } catch (const TimeoutError&) {
            say(name, caught(), "at", now(), event.is_set());
        }
    };
    vector<Task<>> tasks;
    tasks.push_back(create_task(waiter("a", 1s)));
    tasks.push_back(create_task(waiter("b", 2s)));
    tasks.push_back(create_task(waiter("c", 3s)));
    tasks.push_back(create_task(waiter("d", std::nullopt)));
    tasks.push_back(create_task(waiter("e", 0s)));
    get_running_loop().call_later(2s, [&] { event.set(); });
    get_running_loop().call_later(2500ms, [&] { event.clear(); });
    co_await gather(tasks);
    say(event.is_set(), now());
    co_await waiter("f", 1s);
    event.set();
    co_await waiter("g", 0s);
    co_await waiter("h", -1s);
    event.clear();
    co_await waiter("i", -1s);
}

TWIN(ping_pong) {
    Event ping;
    Event pong;
    auto& loop = get_running_loop();
    auto left = [&]() -> Coroutine<> {
        for (int n = 0; n < 3; ++n) {
            ping.set();
            say("ping", n);
            co_await pong.wait();
            pong.clear();
        }
    };
    auto right = [&]() -> Coroutine<> {
        for (int n = 0; n < 3; ++n) {
            co_await ping.wait();
            ping.clear();
            say("pong", n);
            pong.set();
        }
    };
    loop.call_soon([] { say("soon"); });
    co_await gather(left, right);
    say(ping.is_set(), pong.is_set());
    loop.call_soon([&] { ping.set(); });
    say("before", ping.is_set());
    co_await ping.wait();
    say("after", ping.is_set());
}

TWIN(set_by_a_waiter) {
    Event first;
    Event second;
    auto chain = [&](string name, Event& waits, Event* sets) -> Coroutine<> {
        co_await waits.wait();
        say(name, "on");
        if (sets) sets->set();
        waits.clear();
        co_await sleep(0s);
        say(name, "off", first.is_set(), second.is_set());
    };
    vector<Task<>> tasks;
    tasks.push_back(create_task(chain("a", first, &second)));
    tasks.push_back(create_task(chain("b", second, nullptr)));
    tasks.push_back(create_task(chain("c", first, nullptr)));
    tasks.push_back(create_task(chain("d", second, &first)));
    co_await sleep(0s);
    first.set();
    auto [finished, pending] = co_await wait(tasks, {.timeout = 1s});
    say(finished.size(), pending.size(), done(tasks));
    second.set();
    co_await gather(tasks);
    say(first.is_set(), second.is_set(), now());
}

TWIN(start_line) {
    // All runners stand ready, then start together, and the last to arrive opens the exit.
    int ready = 0;
    Event start;
    Event exit;
    Event at_line;
    vector<int> arrived;
    auto runner = [&](int n) -> Coroutine<> {
        if (++ready == 5) at_line.set();
        co_await start.wait();
        co_await sleep(std::chrono::seconds((n * 7) % 5));
        arrived.push_back(n);
        say("runner", n, "arrives at", now());
        if (arrived.size() == 4) exit.set();
        co_await exit.wait();
    };
    vector<Task<>> runners;
    co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
        for (int n = 0; n < 5; ++n) runners.push_back(tg.create_task(runner(n)));
        co_await at_line.wait();
        say("all", ready, "at the line");
        co_await sleep(10s);
        start.set();
        co_await exit.wait();
        say("open at", now(), arrived);
        runners[2].cancel();
    });
    say(done(runners), cancelled(runners), arrived);
}
