// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

template <class T>
vector<bool> done(const vector<Task<T>>& tasks) {
    vector<bool> all;
    for (auto& task : tasks) all.push_back(task.done());
    return all;
}

}  // namespace

TWIN(indices) {
    Barrier barrier(3);
    say(barrier.parties(), barrier.n_waiting(), barrier.broken());
    auto party = [&](string name, std::chrono::seconds delay) -> Coroutine<> {
        co_await sleep(delay);
        say(name, "comes", barrier.n_waiting());
        const int index = co_await barrier.wait();
        say(name, "has", index, "waiting", barrier.n_waiting(), "at", now());
    };
    co_await gather(party("a", 2s), party("b", 1s), party("c", 3s));
    say(barrier.n_waiting(), barrier.broken());
    // Seven for three places: two full rounds, and one who waits for the third.
    vector<Task<>> tasks;
    for (const char* name : {"h", "i", "j", "k", "l", "m", "n"}) tasks.push_back(create_task(party(name, 0s)));
    co_await turns(20);
    say(done(tasks), barrier.n_waiting());
    for (const char* name : {"o", "p"}) tasks.push_back(create_task(party(name, 0s)));
    co_await gather(tasks);
    say(barrier.n_waiting());
    Barrier one(1);
    const int first = co_await one.wait();
    const int second = co_await one.wait();
    say(first, second, one.n_waiting());
}

TWIN(errors) {
    for (const int parties : {0, -1}) {
        try {
            Barrier barrier(parties);
        } catch (const ValueError&) {
            say(caught());
        }
    }
    Barrier barrier(2);
    co_await barrier.abort();
    say(barrier.broken(), barrier.n_waiting());
    try {
        co_await barrier.wait();
    } catch (const BrokenBarrierError&) {
        say(caught());
    }
    try {
        co_await barrier.wait();
    } catch (const std::runtime_error&) {
        say("a RuntimeError too:", caught());
    }
    co_await barrier.abort();
    co_await barrier.reset();
    say(barrier.broken());
    auto party = [&](string name) -> Coroutine<> {
        const int index = co_await barrier.wait();
        say(name, index);
    };
    co_await gather(party("a"), party("b"));
    co_await barrier.reset();
    say(barrier.broken(), barrier.n_waiting());
}

TWIN(aborted_while_waiting) {
    Barrier barrier(4);
    auto party = [&](string name) -> Coroutine<> {
        try {
            const int index = co_await barrier.wait();
            say(name, index);
        } catch (const BrokenBarrierError&) {
            say(name, caught(), barrier.broken(), barrier.n_waiting());
            throw;
        }
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(party(name)));
    co_await sleep(0s);
    say(barrier.n_waiting());
    co_await barrier.abort();
    say("aborted", barrier.broken(), barrier.n_waiting(), done(tasks));
    tasks.push_back(create_task(party("late")));
    auto results = co_await gather(return_exceptions, tasks);
    say(results);
    co_await barrier.reset();
    tasks.clear();
    for (const char* name : {"d", "e", "f", "g"}) tasks.push_back(create_task(party(name)));
    co_await gather(tasks);
    say(barrier.broken());
}

TWIN(reset_while_waiting) {
    Barrier barrier(3);
    auto party = [&](string name) -> Coroutine<> {
        try {
            const int index = co_await barrier.wait();
            say(name, index, "at", now());
            co_return;
        } catch (const BrokenBarrierError&) {
            say(name, caught(), barrier.broken(), barrier.n_waiting());
        }
        const int index = co_await barrier.wait();
        say(name, "again", index);
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b"}) tasks.push_back(create_task(party(name)));
    co_await sleep(0s);
    co_await barrier.reset();
    say("reset", barrier.broken(), barrier.n_waiting());
    tasks.push_back(create_task(party("c")));
    co_await turns(10);
    say(done(tasks), barrier.n_waiting());
    tasks.push_back(create_task(party("d")));
    co_await turns(4);
    say(done(tasks), barrier.n_waiting());
    co_await barrier.reset();
    co_await barrier.reset();
    co_await turns(6);
    say(done(tasks), barrier.n_waiting());
    for (const char* name : {"e", "f"}) tasks.push_back(create_task(party(name)));
    co_await gather(tasks);
    say(barrier.n_waiting(), barrier.broken());
}

TWIN(cancelled_while_filling) {
    Barrier barrier(3);
    auto party = [&](string name) -> Coroutine<> {
        try {
            const int index = co_await barrier.wait();
            say(name, index, barrier.n_waiting());
        } catch (const CancelledError&) {
            say(name, caught(), barrier.n_waiting());
            throw;
        }
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c", "d"}) tasks.push_back(create_task(party(name)));
    tasks[0].cancel("before");
    co_await sleep(0s);
    // b, c, d have come: all the places are taken.
    say(barrier.n_waiting(), done(tasks));
    co_await turns(3);
    for (const char* name : {"e", "f"}) tasks.push_back(create_task(party(name)));
    co_await sleep(0s);
    say(barrier.n_waiting());
    tasks[4].cancel("while filling");
    co_await turns(2);
    say(barrier.n_waiting(), done(tasks));
    for (const char* name : {"g", "h"}) tasks.push_back(create_task(party(name)));
    auto results = co_await gather(return_exceptions, tasks);
    say(results);
    say(barrier.n_waiting(), barrier.broken());
}

TWIN(cancelled_while_draining) {
    auto party = [](string name, Barrier& barrier) -> Coroutine<string> {
        try {
            const int index = co_await barrier.wait();
            say(name, index, barrier.n_waiting());
        } catch (const CancelledError&) {
            say(name, caught(), barrier.n_waiting());
            throw;
        } catch (const BrokenBarrierError&) {
            say(name, caught());
            throw;
        }
        co_return "None";
    };
    for (int moment = 0; moment < 5; ++moment) {
        say("moment", moment);
        Barrier barrier(3);
        vector<Task<string>> tasks;
        for (const char* name : {"a", "b", "c", "d"}) tasks.push_back(create_task(party(name, barrier)));
        for (int n = 0; n < moment; ++n) co_await sleep(0s);
        for (int n = 0; n < 2; ++n) tasks[n].cancel("at " + std::to_string(moment));
        co_await turns(6);
        say(done(tasks), barrier.n_waiting(), barrier.broken());
        for (int n = 2; n < 4; ++n) tasks[n].cancel("end");
        auto results = co_await gather(return_exceptions, tasks);
        vector<string> texts;
        for (auto& result : results) {
            try {
                texts.push_back(result.value());
            } catch (const CancelledError& error) {
                texts.emplace_back(error.what());
            }
        }
        say(texts);
        say(barrier.n_waiting(), barrier.broken());
    }
}

TWIN(late_while_draining) {
    Barrier barrier(2);
    auto party = [&](string name, int rounds) -> Coroutine<> {
        for (int n = 0; n < rounds; ++n) {
            const int index = co_await barrier.wait();
            say(name, "round", n, index);
        }
    };
    // Each that leaves comes back at once, while the others still leave.
    co_await gather(party("a", 4), party("b", 3), party("c", 3), party("d", 2));
    say(barrier.n_waiting());
    vector<Task<>> tasks;
    for (const char* name : {"x", "y", "z"}) tasks.push_back(create_task(party(name, 1)));
    co_await turns(2);
    co_await barrier.abort();
    co_await turns(4);
    say(done(tasks), barrier.broken());
    auto results = co_await gather(return_exceptions, tasks);
    say(results);
}

TWIN(with_timeouts) {
    using Seconds = std::chrono::duration<double>;
    Barrier barrier(3);
    auto party = [&](string name, Seconds delay, std::optional<Seconds> limit) -> Coroutine<> {
        co_await sleep(delay);
        try {
            const int index = co_await wait_for(barrier.wait(), limit);
            say(name, index, "at", now());
        } catch (const TimeoutError&) {
            say(name, caught(), "at", now(), barrier.n_waiting(), barrier.broken());
        }
    };
    co_await gather(party("a", 0s, 2s), party("b", 1s, 5s), party("c", 3s, 5s), party("d", 4s, 5s),
                    party("e", 4.5s, 0s), party("f", 5s, 1s));
    say(barrier.n_waiting(), now());
    try {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            tg.create_task(party("g", 0s, std::nullopt));
            tg.create_task(party("h", 0s, std::nullopt));
            co_await sleep(1s);
            say(barrier.n_waiting());
            throw ValueError("body");
        });
    } catch (const ExceptionGroup& group) {
        say(group.exceptions(), barrier.n_waiting(), barrier.broken());
    }
}

TWIN(phases) {
    // A computation in phases: each reads what the others wrote in the phase before.
    const int count = 4;
    Barrier barrier(count);
    vector<int> cells{1, 2, 3, 4};
    auto worker = [&](int n) -> Coroutine<int> {
        for (int phase = 0; phase < 3; ++phase) {
            const int sum = cells[n] + cells[(n + 1) % count];
            co_await sleep(std::chrono::seconds(n % 2));
            co_await barrier.wait();
            cells[n] = sum;
            const int index = co_await barrier.wait();
            if (index == 0) say("phase", phase, cells, "at", now());
        }
        co_return cells[n];
    };
    vector<Coroutine<int>> workers;
    for (int n = 0; n < count; ++n) workers.push_back(worker(n));
    auto results = co_await gather(std::move(workers));
    say(results);
    say(barrier.n_waiting(), barrier.broken());
}
