// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::optional;
using std::string;
using std::vector;

namespace {

string joined(const vector<string>& words) {
    string line;
    for (auto& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

}  // namespace

TWIN(three_stages) {
    Queue<optional<int>> raw(2);
    Queue<optional<int>> parsed(1);
    auto read = [&]() -> Coroutine<> {
        for (int n = 0; n < 6; ++n) {
            co_await raw.put(n);
            say("read", n, "waiting", raw.qsize());
        }
        co_await raw.put(std::nullopt);
    };
    auto parse = [&]() -> Coroutine<> {
        while (auto n = co_await raw.get()) {
            co_await sleep(*n % 2 ? 1s : 2s);
            co_await parsed.put(*n * *n);
            say("parsed", *n, "at", now());
        }
        co_await parsed.put(std::nullopt);
    };
    auto write = [&]() -> Coroutine<int> {
        int total = 0;
        while (auto n = co_await parsed.get()) {
            co_await sleep(3s);
            total += *n;
            say("wrote", *n, "at", now(), "behind", raw.qsize(), parsed.qsize());
        }
        co_return total;
    };
    auto results = co_await gather(read, parse, write);
    say(std::get<2>(results), now());
}

TWIN(workers_and_pills) {
    Queue<int> jobs;
    Queue<std::pair<string, int>> results(3);
    auto worker = [&](string name) -> Coroutine<int> {
        int done = 0;
        for (;;) {
            const int job = co_await jobs.get();
            if (job < 0) {
                co_await results.emplace(name, -done);
                co_return done;
            }
            co_await sleep(std::chrono::seconds(job));
            ++done;
            co_await results.emplace(name, job);
        }
    };
    auto collector = [&](int workers) -> Coroutine<vector<string>> {
        vector<string> lines;
        while (workers > 0) {
            const auto [name, value] = co_await results.get();
            lines.push_back(name + ":" + std::to_string(value) + "@" + now());
            if (value <= 0) --workers;
        }
        co_return lines;
    };
    vector<Task<int>> tasks;
    Task<vector<string>> lines;
    co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
        for (const char* name : {"w0", "w1", "w2"}) tasks.push_back(tg.create_task(worker(name)));
        lines = tg.create_task(collector(3));
        for (const int n : {5, 1, 2, 1, 3, 1, 1, 4}) jobs.put_nowait(n);
        for (std::size_t n = 0; n < tasks.size(); ++n) jobs.put_nowait(-1);
        co_return;
    });
    say(joined(lines.result()));
    vector<int> counts;
    for (auto& task : tasks) counts.push_back(task.result());
    say(counts, now());
}

TWIN(back_pressure) {
    Queue<std::pair<string, int>> queue(3);
    std::size_t most = 0;
    auto producer = [&](string name, int count) -> Coroutine<> {
        for (int n = 0; n < count; ++n) {
            if (queue.full()) say(name, "has to wait with", n, "at", now());
            co_await queue.emplace(name, n);
            most = std::max(most, queue.qsize());
        }
    };
    auto consumer = [&]() -> Coroutine<vector<string>> {
        vector<string> taken;
        while (taken.size() < 9) {
            co_await sleep(1s);
            const auto [name, n] = co_await queue.get();
            taken.push_back(name + std::to_string(n));
            queue.task_done();
        }
        co_return taken;
    };
    auto results = co_await gather(consumer, producer("a", 4), producer("b", 3), producer("c", 2));
    say(joined(std::get<0>(results)));
    co_await queue.join();
    say("at most", most, "end", now());
}

TWIN(a_stage_is_cancelled) {
    Queue<int> source(1);
    Queue<int> sink(1);
    vector<string> log;
    auto produce = [&]() -> Coroutine<> {
        std::exception_ptr error;
        try {
            for (int n = 0; n < 100; ++n) co_await source.put(n);
        } catch (...) {
            error = caught();
        }
        log.emplace_back("produce ends");
        if (error) std::rethrow_exception(error);
    };
    auto transform = [&](string name) -> Coroutine<> {
        struct Ends {
            vector<string>& log;
            string name;
            ~Ends() { log.push_back(name + " ends"); }
        } ends{log, name};
        try {
            for (;;) {
                const int n = co_await source.get();
                co_await sleep(1s);
                co_await sink.put(n * 10);
            }
        } catch (const CancelledError&) {
            log.push_back(name + " cancelled");
            throw;
        }
    };
    auto consume = [&]() -> Coroutine<> {
        vector<int> got;
        try {
            for (;;) got.push_back(co_await sink.get());
        } catch (...) {
            log.push_back("consume ends with " + std::to_string(got.size()));
            say("got", got);
            throw;
        }
    };
    vector<std::pair<string, Task<>>> tasks;
    try {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            tasks.emplace_back("produce", tg.create_task(produce));
            tasks.emplace_back("one", tg.create_task(transform("one")));
            tasks.emplace_back("two", tg.create_task(transform("two")));
            tasks.emplace_back("consume", tg.create_task(consume));
            co_await sleep(2500ms);
            // One of two is gone: the pipeline goes on at half the speed.
            tasks[1].second.cancel();
            co_await sleep(3s);
            say("at", now(), source.qsize(), sink.qsize());
            throw RuntimeError("enough");
        });
    } catch (const ExceptionGroup& group) {
        say(caught(), group.exceptions());
    }
    vector<string> ends;
    for (auto& [name, task] : tasks) ends.push_back(name + " " + text(task.cancelled()));
    say(joined(ends));
    std::ranges::sort(log);
    say(log);
}

TWIN(failing_stage) {
    Queue<string> queue(2);
    auto produce = [&](string name) -> Coroutine<> {
        int n = 0;
        try {
            for (;; ++n) co_await queue.put(name + std::to_string(n));
        } catch (const CancelledError&) {
            say(name, "stopped after", n);
            throw;
        }
    };
    auto consume = [&]() -> Coroutine<> {
        for (int n = 0; n < 5; ++n) {
            co_await sleep(1s);
            const string item = co_await queue.get();
            say("consumed", item);
        }
        const string last = co_await queue.get();
        throw ValueError("cannot digest " + last);
    };
    auto watch = [&]() -> Coroutine<> {
        Event never;
        auto result = co_await as_result(never.wait());
        say("watcher leaves at", now(), queue.qsize());
        result.value();
    };
    try {
        co_await timeout(60s, [&]() -> Coroutine<> {
            co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
                for (const char* name : {"a", "b"}) tg.create_task(produce(name));
                tg.create_task(consume);
                tg.create_task(watch);
                co_return;
            });
        });
    } catch (const ExceptionGroup& group) {
        say(group.exceptions(), now());
    }
    vector<string> left;
    while (!queue.empty()) left.push_back(queue.get_nowait());
    say("left", left);
}

TWIN(timed_stage) {
    Queue<optional<int>> queue;
    vector<int> dropped;
    auto slow = [](int n) -> Coroutine<int> {
        co_await sleep(std::chrono::seconds(n));
        co_return n;
    };
    auto stage = [&]() -> Coroutine<vector<int>> {
        vector<int> kept;
        while (auto n = co_await queue.get()) {
            try {
                kept.push_back(co_await wait_for(slow(*n), 2500ms));
            } catch (const TimeoutError&) {
                dropped.push_back(*n);
            }
            queue.task_done();
        }
        co_return kept;
    };
    for (const int n : {1, 4, 2, 3, 2, 5}) queue.put_nowait(n);
    auto task = create_task(stage);
    try {
        co_await wait_for(queue.join(), 8s);
    } catch (const TimeoutError&) {
        say(caught(), "at", now(), queue.qsize(), dropped);
    }
    co_await queue.join();
    queue.put_nowait(std::nullopt);
    auto kept = co_await task;
    say(kept, dropped, now());
}

TWIN(fan_out_and_in) {
    std::array<Queue<optional<int>>, 3> inputs{Queue<optional<int>>(1), Queue<optional<int>>(1),
                                               Queue<optional<int>>(1)};
    Queue<optional<string>> merged;
    auto split = [&]() -> Coroutine<> {
        for (int n = 0; n < 9; ++n) co_await inputs[n % 3].put(n);
        for (auto& queue : inputs) co_await queue.put(std::nullopt);
    };
    auto branch = [&](int index) -> Coroutine<> {
        while (auto n = co_await inputs[index].get()) {
            co_await sleep(std::chrono::seconds(index));
            co_await merged.put(now() + ":" + std::to_string(index) + "=" + std::to_string(*n));
        }
        co_await merged.put(std::nullopt);
    };
    auto merge = [&]() -> Coroutine<vector<string>> {
        int open = 3;
        vector<string> seen;
        while (open > 0) {
            auto item = co_await merged.get();
            if (!item) {
                --open;
                say("a branch has ended at", now());
            } else {
                seen.push_back(*item);
            }
        }
        co_return seen;
    };
    auto results = co_await gather(split, branch(0), branch(1), branch(2), merge);
    say(joined(std::get<4>(results)));
    co_await turns(1);
}

TWIN(ordered_results) {
    // As many at once as there are slots; results leave in the order in which the work came.
    Semaphore slots(3);
    Queue<optional<Task<int>>> order;
    auto work = [&](int n) -> Coroutine<int> {
        struct Release {
            Semaphore& slots;
            ~Release() { slots.release(); }
        } release{slots};
        co_await sleep(std::chrono::seconds((7 * n) % 5));
        if (n == 6) throw ValueError("item " + std::to_string(n));
        say("worked", n, "at", now());
        co_return n;
    };
    auto feed = [&]() -> Coroutine<> {
        for (int n = 0; n < 9; ++n) {
            co_await slots.acquire();
            co_await order.put(create_task(work(n)));
        }
        co_await order.put(std::nullopt);
    };
    auto feeder = create_task(feed);
    while (auto task = co_await order.get()) {
        try {
            const int n = co_await *task;
            say("result", n, "at", now());
        } catch (const ValueError&) {
            say(caught(), "at", now());
        }
    }
    co_await feeder;
    say(slots.locked());
}
