// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::optional;
using std::string;
using std::vector;
using std::chrono::milliseconds;

namespace {

/// A bucket of tokens, filled as time goes by.
class Limiter {
  public:
    Limiter(int size, milliseconds pace) : size_(size), pace_(pace), tokens_(size) {}
    Coroutine<> take() {
        if (tokens_ > 0 && waiters_.empty()) {
            --tokens_;
            refill();
            co_return;
        }
        auto waiter = get_running_loop().create_future<>();
        waiters_.push_back(waiter);
        refill();
        try {
            co_await waiter;
        } catch (const CancelledError&) {
            if (!waiter.cancelled()) ++tokens_;
            throw;
        }
    }

  private:
    void refill() {
        if (!timer_) timer_ = get_running_loop().call_later(pace_, [this] { tick(); });
    }
    void tick() {
        timer_.reset();
        tokens_ = std::min(size_, tokens_ + 1);
        while (tokens_ > 0 && !waiters_.empty()) {
            auto waiter = waiters_.front();
            waiters_.pop_front();
            if (waiter.done()) continue;
            --tokens_;
            waiter.set_result();
        }
        if (tokens_ < size_) refill();
    }
    int size_;
    milliseconds pace_;
    int tokens_;
    std::deque<Future<>> waiters_;
    optional<TimerHandle> timer_;
};

}  // namespace

TWIN(rate_limiter) {
    Limiter limiter(3, 2s);
    auto client = [&](string name, int count) -> Coroutine<> {
        for (int n = 0; n < count; ++n) {
            co_await limiter.take();
            say(name, n, "at", now());
        }
    };
    vector<Task<>> tasks;
    tasks.push_back(create_task(client("a", 3)));
    tasks.push_back(create_task(client("b", 2)));
    tasks.push_back(create_task(client("c", 3)));
    co_await sleep(5s);
    tasks[2].cancel();
    auto results = co_await gather(return_exceptions, tasks);
    say(results);
    co_await sleep(7s);
    co_await gather(client("d", 2), client("e", 2));
}

TWIN(retry_with_backoff) {
    struct Settings {
        int good_after;
        milliseconds time = 500ms;
        int attempts = 5;
    };
    int calls = 0;
    auto unreliable = [&](int good_after, milliseconds time) -> Coroutine<string> {
        ++calls;
        co_await sleep(time);
        if (calls < good_after) throw ConnectionError("call " + std::to_string(calls));
        co_return "answer of call " + std::to_string(calls);
    };
    auto retry = [&](Settings settings) -> Coroutine<string> {
        calls = 0;
        milliseconds delay = 1s;
        for (int attempt = 0; attempt < settings.attempts; ++attempt) {
            try {
                co_return co_await timeout(
                    2s, [&]() -> Coroutine<string> { return unreliable(settings.good_after, settings.time); });
            } catch (const OSError&) {
                say("attempt", attempt, caught(), "at", now());
            }
            if (attempt + 1 < settings.attempts) {
                co_await sleep(delay);
                delay *= 2;
            }
        }
        throw RuntimeError("gave up");
    };
    const string answer = co_await retry({.good_after = 3});
    say(answer, now());
    try {
        co_await retry({.good_after = 99, .attempts = 3});
    } catch (const RuntimeError&) {
        say(caught(), now());
    }
    try {
        co_await retry({.good_after = 1, .time = 3s, .attempts = 2});
    } catch (const RuntimeError&) {
        say(caught(), now());
    }
    try {
        co_await wait_for(retry({.good_after = 99}), 4s);
    } catch (const TimeoutError&) {
        say("all of it:", caught(), now(), calls);
    }
    vector<Task<string>> task(1, create_task(retry({.good_after = 99})));
    co_await sleep(2s);
    task[0].cancel();
    auto results = co_await gather(return_exceptions, task);
    say(results, calls);
}

TWIN(publish_and_subscribe) {
    std::map<string, vector<Queue<string>*>> topics;
    auto publish = [&](string topic, string message) {
        say("publish", topic, message, "to", topics[topic].size());
        for (auto* queue : topics[topic]) {
            if (queue->full()) queue->get_nowait();
            queue->put_nowait(message);
        }
    };
    auto subscriber = [&](string name, string topic, std::chrono::seconds pace, int count) -> Coroutine<> {
        Queue<string> queue(2);
        topics[topic].push_back(&queue);
        std::exception_ptr error;
        try {
            for (int n = 0; n < count; ++n) {
                const string message = co_await queue.get();
                say(name, "got", message, "at", now());
                co_await sleep(pace);
            }
        } catch (...) {
            error = caught();
        }
        std::erase(topics[topic], &queue);
        say(name, "leaves at", now());
        if (error) std::rethrow_exception(error);
    };
    vector<Task<>> tasks;
    tasks.push_back(create_task(subscriber("fast", "news", 0s, 4)));
    tasks.push_back(create_task(subscriber("slow", "news", 3s, 3)));
    tasks.push_back(create_task(subscriber("other", "sport", 1s, 9)));
    tasks.push_back(create_task(subscriber("late", "sport", 0s, 9)));
    co_await sleep(0s);
    for (int n = 0; n < 5; ++n) {
        publish("news", "n" + std::to_string(n));
        if (n % 2) publish("sport", "s" + std::to_string(n));
        co_await sleep(1s);
    }
    tasks[3].cancel();
    co_await sleep(0s);
    publish("sport", "last");
    auto [done, pending] = co_await wait(tasks, {.timeout = 10s});
    say(done.size(), pending.size(), now());
    for (auto& task : pending) task.cancel();
    co_await gather(return_exceptions, pending);
    std::size_t left = 0;
    for (auto& [topic, queues] : topics) left += queues.size();
    say(left);
}

namespace {

class Pool {
  public:
    explicit Pool(int size) : size_(size) {}
    Coroutine<int> take() {
        if (free.empty() && made < size_) {
            const int number = ++made;
            try {
                co_await sleep(1s);
            } catch (const CancelledError&) {
                --made;
                throw;
            }
            say("connection", number, "made at", now());
            co_return number;
        }
        co_return co_await free.get();
    }
    void give(int number) { free.put_nowait(number); }
    int made = 0;
    LifoQueue<int> free;

  private:
    int size_;
};

}  // namespace

TWIN(connection_pool) {
    Pool pool(2);
    auto query = [&](string name, milliseconds time, optional<milliseconds> limit = {}) -> Coroutine<> {
        int connection = 0;
        try {
            connection = co_await wait_for(pool.take(), limit);
        } catch (const TimeoutError&) {
            say(name, caught(), "at", now());
            co_return;
        }
        {
            struct Give {
                Pool& pool;
                int connection;
                ~Give() { pool.give(connection); }
            } give{pool, connection};
            say(name, "uses", connection, "at", now());
            co_await sleep(time);
            if (time == 3s) throw ValueError(name);
        }
        say(name, "done at", now());
    };
    vector<Coroutine<>> queries;
    queries.push_back(query("a", 2s));
    queries.push_back(query("b", 3s));
    queries.push_back(query("c", 1s));
    queries.push_back(query("d", 1s, 1500ms));
    queries.push_back(query("e", 2s, 3500ms));
    queries.push_back(query("f", 1s));
    auto results = co_await gather(return_exceptions, std::move(queries));
    say(results);
    say(pool.made, pool.free.qsize(), now());
    Pool empty(1);
    auto task = create_task(empty.take());
    co_await sleep(500ms);
    task.cancel();
    co_await wait(vector<Task<int>>(1, task));
    const int made = empty.made;
    const int connection = co_await empty.take();
    say(made, connection);
}

TWIN(single_flight) {
    int loads = 0;
    std::map<string, Task<string>> flights;
    auto load = [&](string key) -> Coroutine<string> {
        ++loads;
        co_await sleep(2s);
        if (key == "bad") throw ValueError(key);
        co_return key + "#" + std::to_string(loads);
    };
    auto cached = [&](string key) -> Coroutine<string> {
        if (!flights.contains(key)) {
            auto task = create_task(load(key));
            task.add_done_callback([&flights, key](Future<string> done) {
                if (done.cancelled() || done.exception()) flights.erase(key);
            });
            flights[key] = task;
        }
        co_return co_await shield(flights[key]);
    };
    auto client = [&](string name, string key, std::chrono::seconds delay) -> Coroutine<> {
        co_await sleep(delay);
        try {
            const string value = co_await cached(key);
            say(name, value, "at", now());
        } catch (const ValueError&) {
            say(name, caught(), "at", now());
        } catch (const CancelledError&) {
            say(name, "cancelled at", now());
            throw;
        }
    };
    vector<Task<>> clients;
    clients.push_back(create_task(client("a", "x", 0s)));
    clients.push_back(create_task(client("b", "x", 1s)));
    clients.push_back(create_task(client("c", "y", 1s)));
    clients.push_back(create_task(client("d", "x", 3s)));
    clients.push_back(create_task(client("e", "bad", 0s)));
    clients.push_back(create_task(client("f", "bad", 1s)));
    clients.push_back(create_task(client("g", "bad", 3s)));
    co_await sleep(500ms);
    // Whose wish it was goes away; the flight goes on for the others.
    clients[0].cancel();
    co_await wait(clients);
    vector<string> keys;
    for (auto& [key, task] : flights) keys.push_back(key);
    say("loads", loads, keys);
}
