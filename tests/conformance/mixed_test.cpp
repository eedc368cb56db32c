// SPDX-License-Identifier: GPL-3.0-or-later
#include <deque>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;
using std::chrono::milliseconds;

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
