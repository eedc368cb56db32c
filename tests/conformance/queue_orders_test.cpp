// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

/// Ordered by its priority alone, so that there are ties.
struct Job {
    int priority;
    string name;
    friend bool operator<(const Job& a, const Job& b) { return a.priority < b.priority; }
};
struct HighestFirst {
    bool operator()(const Job& a, const Job& b) const { return a.priority > b.priority; }
};

template <class Jobs>
void say_ties(Jobs& jobs) {
    for (int n = 0; n < 20; ++n) jobs.put_nowait({n * 7 % 4, "j" + std::to_string(n)});
    string names;
    for (int count = 1; !jobs.empty(); ++count) {
        names += (names.empty() ? "" : " ") + jobs.get_nowait().name;
        if (count == 6) {
            jobs.put_nowait({1, "x"});
            jobs.put_nowait({2, "y"});
        }
    }
    say(names);
}

}  // namespace

TWIN(lifo) {
    LifoQueue<int> queue(3);
    auto producer = [&]() -> Coroutine<string> {
        for (int n = 0; n < 7; ++n) {
            co_await queue.put(n);
            say("put", n, queue.qsize(), queue.full());
        }
        co_return "all in";
    };
    auto task = create_task(producer);
    co_await sleep(0s);
    vector<int> got;
    for (int n = 0; n < 7; ++n) {
        const int item = co_await queue.get();
        got.push_back(item);
        co_await sleep(0s);
        queue.task_done();
    }
    const string end = co_await task;
    say(got, end);
    co_await queue.join();
    try {
        queue.get_nowait();
    } catch (const QueueEmpty&) {
        say(caught());
    }
    queue.put_nowait(1);
    queue.put_nowait(2);
    const int second = queue.get_nowait();
    const int first = queue.get_nowait();
    say(second, first, queue.empty());
}

TWIN(priorities) {
    PriorityQueue<int> queue;
    for (const int n : {5, 1, 4, 1, 3, 9, 2, 6}) queue.put_nowait(n);
    vector<int> sorted;
    while (!queue.empty()) sorted.push_back(queue.get_nowait());
    say(sorted);
    using Pair = std::pair<int, string>;
    PriorityQueue<Pair> pairs(3);
    auto producer = [&]() -> Coroutine<> {
        for (const Pair& pair : {Pair(2, "b"), Pair(1, "z"), Pair(2, "a"), Pair(0, "late"), Pair(3, "c")}) {
            co_await pairs.put(pair);
            say("put", pair);
        }
    };
    auto task = create_task(producer);
    co_await sleep(0s);
    for (int n = 0; n < 5; ++n) {
        const Pair pair = co_await pairs.get();
        say("got", pair);
    }
    co_await task;
    // Ties leave in the order of the heap's moves, the same in every implementation of it.
    PriorityQueue<Job> lowest_first;
    say_ties(lowest_first);
    PriorityQueue<Job, HighestFirst> highest_first;
    say_ties(highest_first);
}
