// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
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

}  // namespace

TWIN(basics) {
    Queue<int> queue(2);
    say(queue.maxsize(), queue.qsize(), queue.empty(), queue.full());
    try {
        queue.get_nowait();
    } catch (const QueueEmpty&) {
        say(caught());
    }
    queue.put_nowait(1);
    co_await queue.put(2);
    try {
        queue.put_nowait(3);
    } catch (const QueueFull&) {
        say(caught(), queue.qsize(), queue.full());
    }
    const int one = co_await queue.get();
    const int two = queue.get_nowait();
    say(one, two, queue.empty());
    Queue<int> endless(-1);
    for (int n = 0; n < 5; ++n) endless.put_nowait(n);
    say(endless.maxsize(), endless.full(), endless.qsize());
    for (int n = 0; n < 2; ++n) endless.task_done();
    auto task = create_task(endless.join());
    co_await turns(2);
    say(task.done());
    for (int n = 0; n < 3; ++n) endless.task_done();
    const bool was_done = task.done();
    co_await task;
    say(was_done, std::nullopt);
    try {
        endless.task_done();
    } catch (const ValueError&) {
        say(caught(), endless.qsize());
    }
    co_await endless.join();
    Queue<int> fresh;
    co_await fresh.join();
}

TWIN(blocking_order) {
    Queue<string> queue(1);
    auto putter = [&](string name, int count) -> Coroutine<> {
        for (int n = 0; n < count; ++n) {
            co_await queue.put(name + std::to_string(n));
            say("put", name + std::to_string(n), queue.qsize());
        }
    };
    auto getter = [&](string name, int count) -> Coroutine<> {
        for (int n = 0; n < count; ++n) {
            const string item = co_await queue.get();
            say(name, "got", item, queue.qsize());
        }
    };
    co_await gather(putter("a", 3), putter("b", 2), getter("x", 2), putter("c", 1), getter("y", 4));
    say(queue.qsize());
    vector<Task<>> getters;
    for (const char* name : {"p", "q", "r"}) getters.push_back(create_task(getter(name, 1)));
    co_await sleep(0s);
    for (int n = 0; n < 5; ++n) {
        bool full = false;
        try {
            queue.put_nowait(std::to_string(n));
            say("put", n);
        } catch (const QueueFull&) {
            say("full at", n);
            full = true;
        }
        if (full) co_await sleep(0s);
    }
    co_await turns(2);
    say(done(getters), queue.qsize());
    co_await gather(getters);
}

TWIN(stealing) {
    Queue<int> queue;
    auto getter = [&](string name) -> Coroutine<> {
        const int item = co_await queue.get();
        say(name, "got", item);
    };
    auto a = create_task(getter("a"));
    auto b = create_task(getter("b"));
    co_await sleep(0s);
    queue.put_nowait(1);
    say("stolen", queue.get_nowait());
    co_await sleep(0s);
    // a was woken for nothing, and stands behind b now.
    queue.put_nowait(2);
    co_await turns(2);
    say(a.done(), b.done());
    queue.put_nowait(3);
    auto c = create_task(getter("c"));
    queue.put_nowait(4);
    co_await gather(a, c);
    Queue<string> full(1);
    full.put_nowait("x");
    auto putter = [&](string name) -> Coroutine<> {
        co_await full.put(name);
        say(name, "is in");
    };
    vector<Task<>> tasks;
    for (const char* name : {"d", "e"}) tasks.push_back(create_task(putter(name)));
    co_await sleep(0s);
    say(full.get_nowait());
    full.put_nowait("thief");
    for (int n = 0; n < 3; ++n) {
        co_await turns(2);
        say(done(tasks), full.get_nowait());
    }
}

TWIN(cancelled_getters) {
    auto getter = [](string name, Queue<int>& queue) -> Coroutine<> {
        try {
            const int item = co_await queue.get();
            say(name, "got", item);
        } catch (const CancelledError&) {
            say(name, caught(), queue.qsize());
            throw;
        }
    };
    for (int moment = 0; moment < 5; ++moment) {
        say("moment", moment);
        Queue<int> queue;
        vector<Task<>> tasks;
        for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(getter(name, queue)));
        if (moment == 0) tasks[0].cancel();
        co_await sleep(0s);
        if (moment == 1) tasks[0].cancel("one");
        queue.put_nowait(1);
        if (moment == 2) {
            tasks[0].cancel("two");
        } else if (moment == 3) {
            // The item was a's; then b's; c gets it.
            tasks[0].cancel("three");
            tasks[1].cancel("three");
        } else if (moment == 4) {
            queue.get_nowait();
            tasks[0].cancel("four");
        }
        co_await turns(3);
        say(done(tasks), queue.qsize());
        queue.put_nowait(2);
        queue.put_nowait(3);
        co_await turns(2);
        for (auto& task : tasks) task.cancel();
        auto results = co_await gather(return_exceptions, tasks);
        say(results, queue.qsize());
    }
}

TWIN(cancelled_putters) {
    auto putter = [](string name, Queue<string>& queue) -> Coroutine<> {
        try {
            co_await queue.put(name);
            say(name, "is in");
        } catch (const CancelledError&) {
            say(name, caught(), queue.qsize());
            throw;
        }
    };
    for (int moment = 0; moment < 4; ++moment) {
        say("moment", moment);
        Queue<string> queue(1);
        queue.put_nowait("first");
        vector<Task<>> tasks;
        for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(putter(name, queue)));
        co_await sleep(0s);
        if (moment == 0) tasks[0].cancel("zero");
        say(queue.get_nowait());
        if (moment == 1) {
            tasks[0].cancel("one");
        } else if (moment == 2) {
            tasks[0].cancel("two");
            tasks[1].cancel("two");
        } else if (moment == 3) {
            queue.put_nowait("thief");
            tasks[0].cancel("three");
        }
        co_await turns(2);
        say(done(tasks), queue.qsize());
        vector<string> got;
        while (std::ranges::count(done(tasks), false) > 0 || !queue.empty()) {
            got.push_back(co_await queue.get());
            co_await turns(2);
        }
        auto results = co_await gather(return_exceptions, tasks);
        say(got, results);
    }
}

TWIN(shutdown) {
    auto getter = [](string name, Queue<string>& queue) -> Coroutine<> {
        try {
            for (;;) {
                const string item = co_await queue.get();
                say(name, "got", item);
                queue.task_done();
            }
        } catch (const QueueShutDown&) {
            say(name, caught(), queue.qsize());
        }
    };
    auto putter = [](string name, Queue<string>& queue) -> Coroutine<> {
        try {
            for (int n = 0; n < 3; ++n) {
                co_await queue.put(name + std::to_string(n));
                say("put", name + std::to_string(n));
            }
        } catch (const QueueShutDown&) {
            say(name, caught(), queue.qsize());
        }
    };
    for (const bool immediate : {false, true}) {
        say("immediate", immediate);
        Queue<string> queue(2);
        vector<Task<>> putters;
        for (const char* name : {"a", "b"}) putters.push_back(create_task(putter(name, queue)));
        auto join = create_task(queue.join());
        co_await turns(2);
        queue.shutdown(immediate);
        say("shut down", queue.qsize(), join.done());
        for (int n = 0; n < 4; ++n) {
            try {
                if (n == 0) queue.put_nowait("no");
                say(queue.get_nowait());
            } catch (const QueueShutDown&) {
                say(caught());
            }
        }
        co_await turns(3);
        say(done(putters), join.done());
        try {
            for (int n = 0; n < 3; ++n) queue.task_done();
        } catch (const ValueError&) {
            say(caught());
        }
        co_await join;
        Queue<string> empty;
        vector<Task<>> getters;
        for (const char* name : {"x", "y", "z"}) getters.push_back(create_task(getter(name, empty)));
        co_await sleep(0s);
        empty.put_nowait("one");
        empty.put_nowait("two");
        empty.shutdown(immediate);
        co_await gather(getters);
        say(empty.qsize());
        try {
            co_await empty.put("late");
        } catch (const QueueShutDown&) {
            say(caught());
        }
        empty.shutdown(true);
        try {
            co_await empty.get();
        } catch (const QueueShutDown&) {
            say(caught(), empty.empty());
        }
    }
}

TWIN(timeouts_and_shutdown) {
    Queue<string> queue(1);
    using Limit = std::optional<std::chrono::seconds>;
    auto getter = [&](string name, Limit limit) -> Coroutine<> {
        try {
            const string item = co_await wait_for(queue.get(), limit);
            say(name, "got", item, "at", now());
        } catch (const std::exception&) {
            say(name, caught(), "at", now());
        }
    };
    auto putter = [&](string name, Limit limit) -> Coroutine<> {
        try {
            co_await wait_for(queue.put(name), limit);
            say("put", name, "at", now());
        } catch (const std::exception&) {
            say(name, caught(), "at", now());
        }
    };
    auto& loop = get_running_loop();
    loop.call_later(2s, [&] { queue.put_nowait("timer"); });
    co_await gather(getter("a", 1s), getter("b", 3s), getter("c", 0s));
    co_await gather(putter("d", 1s), putter("e", 1s), putter("f", std::nullopt), putter("g", 0s), sleep(2s),
                    getter("h", 5s), getter("i", 5s));
    say(queue.qsize(), now());
    vector<Task<>> tasks;
    for (const char* name : {"j", "k"}) tasks.push_back(create_task(getter(name, 9s)));
    loop.call_later(1s, [&] { queue.shutdown(); });
    co_await gather(tasks);
    co_await putter("l", 1s);
    co_await getter("m", std::nullopt);
    say(now());
}

TWIN(joining) {
    Queue<int> queue;
    for (int n = 0; n < 4; ++n) queue.put_nowait(n);
    auto worker = [&](string name) -> Coroutine<> {
        for (;;) {
            const int n = co_await queue.get();
            co_await sleep(std::chrono::seconds(n));
            if (n == 2) queue.put_nowait(0);
            say(name, "did", n, "at", now());
            queue.task_done();
        }
    };
    auto joiner = [&](string name) -> Coroutine<> {
        co_await queue.join();
        say(name, "joined at", now(), queue.qsize());
    };
    vector<Task<>> workers;
    for (const char* name : {"a", "b"}) workers.push_back(create_task(worker(name)));
    vector<Task<>> joiners;
    for (const char* name : {"x", "y", "z"}) joiners.push_back(create_task(joiner(name)));
    co_await sleep(1s);
    joiners[1].cancel();
    try {
        co_await wait_for(queue.join(), 1s);
    } catch (const TimeoutError&) {
        say(caught(), now());
    }
    auto joined = co_await gather(return_exceptions, joiners);
    say(joined);
    for (auto& task : workers) task.cancel();
    auto worked = co_await gather(return_exceptions, workers);
    say(worked);
}
