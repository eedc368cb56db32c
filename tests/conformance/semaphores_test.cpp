// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <deque>
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
string joined(const vector<string>& words) {
    string line;
    for (auto& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

}  // namespace

TWIN(counting) {
    Semaphore semaphore(2);
    auto worker = [&](string name) -> Coroutine<> {
        say(name, "asks, locked", semaphore.locked());
        {
            auto guard = co_await semaphore.scoped();
            say(name, "in, locked", semaphore.locked());
            co_await sleep(1s);
            say(name, "out at", now());
        }
        say(name, "end, locked", semaphore.locked());
    };
    vector<Coroutine<>> workers;
    for (const char* name : {"a", "b", "c", "d", "e"}) workers.push_back(worker(name));
    co_await gather(std::move(workers));
    say(semaphore.locked(), now());
    bool got = co_await semaphore.acquire();
    say(got, semaphore.locked());
    got = co_await semaphore.acquire();
    say(got, semaphore.locked());
    semaphore.release();
    semaphore.release();
    say(semaphore.locked());
}

TWIN(errors) {
    try {
        Semaphore negative(-1);
    } catch (const ValueError&) {
        say(caught());
    }
    try {
        BoundedSemaphore negative(-1);
    } catch (const ValueError&) {
        say(caught());
    }
    BoundedSemaphore bounded(2);
    try {
        bounded.release();
    } catch (const ValueError&) {
        say(caught(), bounded.locked());
    }
    {
        auto guard = co_await bounded.scoped();
        co_await bounded.acquire();
        bounded.release();
        say("inside", bounded.locked());
    }
    try {
        bounded.release();
    } catch (const ValueError&) {
        say(caught());
    }
    try {
        co_await bounded.acquire();
        bounded.release();
        say("the end releases once more");
        bounded.release();
    } catch (const ValueError&) {
        say(caught());
    }
    Semaphore plain(0);
    say("zero", plain.locked());
    plain.release();
    plain.release();
    const bool locked = plain.locked();
    const bool first = co_await plain.acquire();
    const bool second = co_await plain.acquire();
    say("grown", locked, first, second, plain.locked());
    Semaphore one;
    const bool got = co_await one.acquire();
    say(got, one.locked());
}

TWIN(fairness) {
    Semaphore semaphore(1);
    vector<string> order;
    auto worker = [&](string name, int rounds) -> Coroutine<> {
        for (int n = 0; n < rounds; ++n) {
            co_await semaphore.acquire();
            order.push_back(name + std::to_string(n));
            semaphore.release();
        }
    };
    co_await gather(worker("a", 3), worker("b", 2), worker("c", 1));
    say(joined(order));
    order.clear();
    co_await semaphore.acquire();
    vector<Task<>> tasks;
    for (const char* name : {"x", "y", "z"}) tasks.push_back(create_task(worker(name, 2)));
    co_await sleep(0s);
    semaphore.release();
    // The token is x's already, although x has not run.
    say("released, locked", semaphore.locked());
    tasks.push_back(create_task(worker("late", 1)));
    co_await gather(tasks);
    say(joined(order));
    say(semaphore.locked());
}

TWIN(releases_in_a_row) {
    Semaphore semaphore(0);
    auto waiter = [&](string name) -> Coroutine<> {
        co_await semaphore.acquire();
        say(name, "got it, locked", semaphore.locked());
    };
    vector<Task<>> tasks;
    for (const char* name : {"a", "b", "c", "d", "e"}) tasks.push_back(create_task(waiter(name)));
    co_await sleep(0s);
    for (int n = 0; n < 3; ++n) {
        semaphore.release();
        say("release", n, semaphore.locked());
    }
    co_await sleep(0s);
    say(done(tasks));
    semaphore.release();
    tasks[3].cancel();
    semaphore.release();
    semaphore.release();
    co_await sleep(0s);
    say(done(tasks), cancelled(tasks));
    tasks.push_back(create_task(waiter("f")));
    co_await turns(2);
    say(done(tasks), semaphore.locked());
}

TWIN(cancelled_at_each_moment) {
    auto waiter = [](string name, Semaphore& semaphore) -> Coroutine<> {
        try {
            co_await semaphore.acquire();
        } catch (const CancelledError&) {
            say(name, "cancelled, locked", semaphore.locked());
            throw;
        }
        say(name, "got it, locked", semaphore.locked());
    };
    for (int moment = 0; moment < 7; ++moment) {
        Semaphore semaphore(0);
        vector<Task<>> tasks;
        for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(waiter(name, semaphore)));
        say("moment", moment);
        if (moment == 0) tasks[0].cancel();
        co_await sleep(0s);
        if (moment == 1) {
            tasks[0].cancel();
            semaphore.release();
        } else if (moment == 2) {
            semaphore.release();
            tasks[0].cancel();
        } else if (moment == 3) {
            semaphore.release();
            semaphore.release();
            tasks[0].cancel();
            tasks[1].cancel();
        } else if (moment == 4) {
            semaphore.release();
            tasks[1].cancel();
        } else if (moment == 5) {
            semaphore.release();
            for (auto& task : tasks) task.cancel();
        } else {
            semaphore.release();
        }
        say("locked", semaphore.locked());
        co_await sleep(0s);
        if (moment == 6) tasks[0].cancel();
        co_await turns(2);
        say(done(tasks), "locked", semaphore.locked());
        for (int n = 0; n < 3; ++n) semaphore.release();
        auto results = co_await gather(return_exceptions, tasks);
        say(results);
        say("locked", semaphore.locked());
    }
}

TWIN(timeouts) {
    using Seconds = std::chrono::duration<double>;
    BoundedSemaphore semaphore(1);
    auto attempt = [&](string name, std::optional<Seconds> limit, Seconds hold) -> Coroutine<> {
        try {
            co_await wait_for(semaphore.acquire(), limit);
        } catch (const TimeoutError&) {
            say(name, caught(), "at", now());
            co_return;
        }
        say(name, "got it at", now());
        co_await sleep(hold);
        semaphore.release();
    };
    co_await gather(attempt("a", 1s, 3s), attempt("b", 1s, 1s), attempt("c", 3.5s, 1s), attempt("d", std::nullopt, 1s),
                    attempt("e", 3s, 1s), attempt("f", 0s, 1s));
    say(semaphore.locked(), now());
    co_await attempt("g", 0s, 0s);
    try {
        co_await timeout(2s, [&]() -> Coroutine<> {
            auto guard = co_await semaphore.scoped();
            co_await attempt("h", 1s, 0s);
            co_await sleep(5s);
        });
    } catch (const TimeoutError&) {
        say(caught(), semaphore.locked(), now());
    }
}

TWIN(shared_by_a_group) {
    Semaphore semaphore(2);
    int inside = 0;
    int most = 0;
    auto job = [&](int n) -> Coroutine<> {
        auto guard = co_await semaphore.scoped();
        ++inside;
        most = std::max(most, inside);
        struct Leave {
            int& inside;
            ~Leave() { --inside; }
        } leave{inside};
        co_await sleep(std::chrono::seconds(n % 3));
        if (n == 6) throw ValueError("job " + std::to_string(n));
        say("job", n, "done at", now());
    };
    vector<Task<>> tasks;
    try {
        co_await task_group([&](TaskGroup& tg) -> Coroutine<> {
            for (int n = 0; n < 10; ++n) tasks.push_back(tg.create_task(job(n)));
            co_return;
        });
    } catch (const ExceptionGroup& group) {
        say(group.exceptions());
    }
    say(cancelled(tasks));
    say("most", most, "inside", inside, semaphore.locked());
    auto one = co_await semaphore.scoped();
    auto two = co_await semaphore.scoped();
    say(semaphore.locked());
}

TWIN(reader_and_writer) {
    Semaphore slots(3);
    Semaphore filled(0);
    std::deque<string> buffer;
    auto writer = [&](string name, int count) -> Coroutine<> {
        for (int n = 0; n < count; ++n) {
            co_await slots.acquire();
            buffer.push_back(name + std::to_string(n));
            say("wrote", buffer.back(), "of", buffer.size(), slots.locked(), filled.locked());
            filled.release();
        }
    };
    auto reader = [&](string name, int count) -> Coroutine<> {
        for (int n = 0; n < count; ++n) {
            co_await filled.acquire();
            const string item = buffer.front();
            buffer.pop_front();
            say(name, "read", item, slots.locked(), filled.locked());
            slots.release();
            co_await sleep(0s);
        }
    };
    co_await gather(reader("x", 5), writer("p", 6), writer("q", 4), reader("y", 5));
    say(vector<string>(buffer.begin(), buffer.end()), slots.locked(), filled.locked());
}
