// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <deque>
#include <map>
#include <sstream>
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

TWIN(supervisor) {
    auto child = [](string name, int fails_at, int rounds) -> Coroutine<string> {
        for (int n = 0; n < rounds; ++n) {
            co_await sleep(1s);
            if (n == fails_at) throw RuntimeError(name + " broke");
        }
        co_return name + " is done";
    };
    auto supervise = [&](string name, int fails_at, int rounds, int limit) -> Coroutine<int> {
        for (int starts = 1;; ++starts) {
            auto task = create_task(child(name, fails_at, rounds), name + "-" + std::to_string(starts));
            try {
                const string end = co_await task;
                say(end, "at", now(), "starts", starts);
                co_return starts;
            } catch (const RuntimeError&) {
                say(task.get_name(), caught(), "at", now());
                if (starts == limit) throw ExceptionGroup(name, {caught()});
                fails_at += 2;
            } catch (const CancelledError&) {
                say(name, "supervisor cancelled, child", task.cancelled());
                throw;
            }
        }
    };
    Task<int> good;
    Task<int> flaky;
    Task<int> hopeless;
    Task<int> endless;
    try {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            good = tg.create_task(supervise("good", -1, 3, 1));
            flaky = tg.create_task(supervise("flaky", 0, 4, 5));
            hopeless = tg.create_task(supervise("hopeless", 0, 100, 3));
            endless = tg.create_task(supervise("endless", -1, 1000, 1));
            co_return;
        });
    } catch (const ExceptionGroup& group) {
        vector<vector<std::exception_ptr>> causes;
        for (auto& each : group.exceptions()) {
            try {
                std::rethrow_exception(each);
            } catch (const ExceptionGroup& inner) {
                causes.push_back(inner.exceptions());
            }
        }
        say(caught(), causes, now());
    }
    say(good.result(), flaky.result(), hopeless.done(), endless.cancelled());
}

TWIN(map_reduce) {
    using Counter = std::map<string, int>;
    const vector<string> texts{"b a b", "c", "a a", "", "c b a", "boom", "d"};
    Semaphore slots(2);
    auto count = [&](std::size_t index, string text) -> Coroutine<Counter> {
        auto guard = co_await slots.scoped();
        co_await sleep(std::chrono::seconds(text.size()));
        if (text == "boom") throw ValueError("text " + std::to_string(index));
        say("counted", index, "at", now());
        Counter counter;
        std::istringstream words(text);
        for (string word; words >> word;) ++counter[word];
        co_return counter;
    };
    vector<Task<Counter>> tasks;
    for (std::size_t n = 0; n < texts.size(); ++n) tasks.push_back(create_task(count(n, texts[n])));
    Counter total;
    vector<std::exception_ptr> failed;
    for (auto next : as_completed(tasks)) {
        try {
            const Counter counter = co_await next;
            for (auto& [word, times] : counter) total[word] += times;
        } catch (const ValueError&) {
            failed.push_back(caught());
            say("failed", caught(), "at", now());
        }
    }
    string line;
    for (auto& [word, times] : total) line += (line.empty() ? "" : " ") + word + "=" + std::to_string(times);
    say(line);
    say(failed, slots.locked(), now());
}

TWIN(dining_philosophers) {
    constexpr int count = 5;
    std::deque<Lock> forks(count);
    Semaphore room(count - 1);
    vector<int> meals(count, 0);
    auto philosopher = [&](int n) -> Coroutine<> {
        for (int meal = 0; meal < 2; ++meal) {
            co_await sleep(std::chrono::seconds(n % 2));
            auto seat = co_await room.scoped();
            auto left = co_await forks[n].scoped();
            co_await sleep(0s);
            auto right = co_await forks[(n + 1) % count].scoped();
            say("philosopher", n, "eats at", now());
            co_await sleep(std::chrono::seconds(1 + n % 3));
            ++meals[n];
        }
    };
    vector<Coroutine<>> philosophers;
    for (int n = 0; n < count; ++n) philosophers.push_back(philosopher(n));
    co_await gather(std::move(philosophers));
    vector<bool> locked;
    for (auto& fork : forks) locked.push_back(fork.locked());
    say(meals, now(), locked, room.locked());
}

namespace {

using Call = std::function<void(int)>;

class Debounce {
  public:
    Debounce(milliseconds delay, Call call) : delay_(delay), call_(std::move(call)) {}
    void operator()(int value) {
        timer_.cancel();
        timer_ = get_running_loop().call_later(delay_, call_, value);
    }

  private:
    milliseconds delay_;
    Call call_;
    TimerHandle timer_;
};

class Throttle {
  public:
    Throttle(milliseconds period, Call call)
        : period_(period), call_(std::move(call)), next_(get_running_loop().time()) {}
    void operator()(int value) {
        auto& loop = get_running_loop();
        waiting_.cancel();
        if (loop.time() >= next_)
            fire(value);
        else
            waiting_ = loop.call_at(next_, [this, value] { fire(value); });
    }

  private:
    void fire(int value) {
        waiting_ = {};
        next_ = get_running_loop().time() + period_;
        call_(value);
    }
    milliseconds period_;
    Call call_;
    TimePoint next_;
    TimerHandle waiting_;
};

}  // namespace

TWIN(debounce_and_throttle) {
    string seen;
    const auto note = [&](string kind) {
        return [&seen, kind](int value) {
            seen += (seen.empty() ? "" : " ") + kind + std::to_string(value) + "@" + now();
        };
    };
    Debounce debounced(2s, note("d"));
    Throttle throttled(3s, note("t"));
    const vector<milliseconds> pauses{1s, 1s, 3s, 1s, 1s, 1s, 1s, 4s, 500ms, 9s};
    for (int n = 0; n < 10; ++n) {
        debounced(n);
        throttled(n);
        co_await sleep(pauses[n]);
    }
    say(seen);
    say(now());
}

TWIN(fallback_race) {
    struct Source {
        string name;
        milliseconds delay;
        bool fails;
    };
    vector<string> log;
    auto source = [&](Source from) -> Coroutine<string> {
        try {
            co_await sleep(from.delay);
        } catch (const CancelledError&) {
            log.push_back(from.name + " cancelled at " + now());
            throw;
        }
        if (from.fails) throw OSError(from.name);
        co_return from.name + " answered";
    };
    // Starts one after the other; the first good answer wins, and a failure starts the next at once.
    auto first_good = [&](vector<Source> sources, vector<Task<string>>& tasks) -> Coroutine<string> {
        vector<std::exception_ptr> errors;
        std::size_t started = 0;
        for (;;) {
            if (started < sources.size()) tasks.push_back(create_task(source(sources[started++])));
            vector<Task<string>> running;
            for (auto& task : tasks)
                if (!task.done()) running.push_back(task);
            if (running.empty()) throw ExceptionGroup("all failed", errors);
            WaitOptions options{.return_when = FIRST_COMPLETED};
            if (started < sources.size()) options.timeout = 1s;
            co_await wait(running, options);
            for (auto& task : running) {
                if (!task.done()) continue;
                if (!task.exception()) co_return task.result();
                errors.push_back(task.exception());
            }
        }
    };
    auto race = [&](vector<Source> sources) -> Coroutine<string> {
        vector<Task<string>> tasks;
        auto result = co_await as_result(first_good(std::move(sources), tasks));
        for (auto& task : tasks) task.cancel();
        co_await gather(return_exceptions, tasks);
        co_return std::move(result).value();
    };
    vector<Source> sources{{"a", 5s, false}, {"b", 2s, false}, {"c", 9s, false}};
    string answer = co_await race(sources);
    say(answer, now(), log);
    log.clear();
    sources = {{"a", 500ms, true}, {"b", 3s, false}, {"c", 1s, false}};
    answer = co_await race(sources);
    say(answer, now(), log);
    log.clear();
    sources = {{"a", 1s, true}, {"b", 0s, true}, {"c", 3s, true}};
    try {
        co_await race(sources);
    } catch (const ExceptionGroup& group) {
        say(caught(), group.exceptions(), now(), log);
    }
    sources = {{"a", 5s, false}, {"b", 5s, false}};
    vector<Task<string>> task(1, create_task(race(sources)));
    co_await sleep(2s);
    task[0].cancel();
    auto results = co_await gather(return_exceptions, task);
    say(results, log);
    co_await turns(1);
}
