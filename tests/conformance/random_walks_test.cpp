// SPDX-License-Identifier: GPL-3.0-or-later
// See random_walks.py.
#include <cstdint>
#include <string>
#include <vector>

#include "tests/conformance/twin.hpp"

using std::string;
using std::vector;

namespace {

constexpr unsigned seeds = 25;
constexpr int workers = 5;
constexpr int rounds = 6;
constexpr int walk_turns = 30;

class Walk {
  public:
    explicit Walk(unsigned seed) : state_(seed) {}
    int pick(unsigned n) {
        state_ = (state_ * 1103515245U + 12345U) & 0x7FFFFFFFU;
        return static_cast<int>((state_ >> 8U) % n);
    }
    void note(int who, const string& what) { note(std::to_string(who), what); }
    void note(const string& who, const string& what) { log_ += (log_.empty() ? "" : " ") + who + what; }

    template <class Step, class Act>
    Coroutine<> run(Step step, Act act) {
        vector<Task<>> tasks;
        for (int n = 0; n < workers; ++n) tasks.push_back(create_task(worker(n, step)));
        for (int turn = 0; turn < walk_turns; ++turn) {
            if (pick(6) != 0)
                co_await sleep(0s);
            else
                co_await sleep(1s);
            if (pick(4) == 0) {
                const int n = pick(workers);
                note("~", std::to_string(n));
                tasks[n].cancel();
            }
            co_await act();
        }
        stops_ = true;
        note("|", "");
        for (auto& task : tasks) task.cancel();
        auto results = co_await gather(return_exceptions, tasks);
        for (auto& result : results) note(result.ok() ? "d" : "c", "");
        say(log_);
    }

  private:
    template <class Step>
    Coroutine<> worker(int n, Step& step) {
        for (int round = 0; round < rounds; ++round) {
            try {
                co_await step(n);
            } catch (const CancelledError&) {
                note(n, "!");
                if (stops_ || pick(2) != 0) throw;
            } catch (const BrokenBarrierError&) {
                note(n, "x");
            }
        }
        note(n, ".");
    }
    std::uint32_t state_;
    string log_;
    bool stops_ = false;
};

Coroutine<> nothing() {
    co_return;
}

template <class P>
Coroutine<> take(Walk& walk, int n, P& primitive) {
    if (walk.pick(3) == 2) {
        const std::chrono::seconds limit(walk.pick(4));
        try {
            co_await wait_for(primitive.acquire(), limit);
        } catch (const TimeoutError&) {
            walk.note(n, "t");
            co_return;
        }
    } else {
        co_await primitive.acquire();
    }
    walk.note(n, "+");
    auto result = co_await as_result(turns(walk.pick(3)));
    primitive.release();
    walk.note(n, "-");
    result.value();
}

}  // namespace

TWIN(lock) {
    for (unsigned seed = 0; seed < seeds; ++seed) {
        Walk walk(seed);
        Lock primitive;
        co_await walk.run([&](int n) { return take(walk, n, primitive); }, nothing);
    }
}

TWIN(semaphore) {
    for (unsigned seed = 0; seed < seeds; ++seed) {
        Walk walk(seed);
        BoundedSemaphore primitive(2);
        co_await walk.run([&](int n) { return take(walk, n, primitive); }, nothing);
    }
}

TWIN(condition) {
    for (unsigned seed = 0; seed < seeds; ++seed) {
        Walk walk(seed);
        Condition primitive;
        auto step = [&](int n) -> Coroutine<> {
            co_await primitive.acquire();
            walk.note(n, "+");
            std::exception_ptr error;
            try {
                const int kind = walk.pick(4);
                if (kind < 2) {
                    co_await primitive.wait();
                    walk.note(n, "w");
                } else if (kind == 2) {
                    const int count = walk.pick(3);
                    primitive.notify(count);
                    walk.note(n, "n" + std::to_string(count));
                } else {
                    primitive.notify_all();
                    walk.note(n, "N");
                    co_await sleep(0s);
                }
            } catch (...) {
                error = caught();
            }
            primitive.release();
            walk.note(n, "-");
            if (error) std::rethrow_exception(error);
        };
        co_await walk.run(step, nothing);
    }
}

TWIN(event) {
    for (unsigned seed = 0; seed < seeds; ++seed) {
        Walk walk(seed);
        Event primitive;
        auto step = [&](int n) -> Coroutine<> {
            const int kind = walk.pick(4);
            if (kind < 2) {
                co_await primitive.wait();
                walk.note(n, "w");
                co_return;
            }
            if (kind == 2) {
                primitive.set();
                walk.note(n, "s");
            } else {
                primitive.clear();
                walk.note(n, "c");
            }
            co_await sleep(0s);
        };
        auto act = [&]() -> Coroutine<> {
            if (walk.pick(5) == 0) {
                primitive.set();
                walk.note("s", "");
            }
            co_return;
        };
        co_await walk.run(step, act);
    }
}

TWIN(queue) {
    for (unsigned seed = 0; seed < seeds; ++seed) {
        Walk walk(seed);
        Queue<int> primitive(2);
        auto step = [&](int n) -> Coroutine<> {
            const int kind = walk.pick(6);
            if (kind < 2) {
                co_await primitive.put(n);
                walk.note(n, "p");
            } else if (kind < 4) {
                const int item = co_await primitive.get();
                walk.note(n, "g" + std::to_string(item));
            } else if (kind == 4) {
                try {
                    primitive.put_nowait(n);
                    walk.note(n, "P");
                } catch (const QueueFull&) {
                    walk.note(n, "F");
                }
                co_await sleep(0s);
            } else {
                try {
                    walk.note(n, "G" + std::to_string(primitive.get_nowait()));
                } catch (const QueueEmpty&) {
                    walk.note(n, "E");
                }
                co_await sleep(0s);
            }
        };
        auto act = [&]() -> Coroutine<> {
            if (walk.pick(8) == 0 && !primitive.empty()) walk.note("#", std::to_string(primitive.get_nowait()));
            co_return;
        };
        co_await walk.run(step, act);
    }
}

TWIN(barrier) {
    for (unsigned seed = 0; seed < seeds; ++seed) {
        Walk walk(seed);
        Barrier primitive(3);
        auto step = [&](int n) -> Coroutine<> {
            const int index = co_await primitive.wait();
            walk.note(n, "i" + std::to_string(index));
            co_await turns(walk.pick(2));
        };
        auto act = [&]() -> Coroutine<> {
            const int kind = walk.pick(20);
            if (kind < 2) {
                co_await primitive.reset();
                walk.note("R", std::to_string(primitive.n_waiting()));
            } else if (kind == 2) {
                co_await primitive.abort();
                walk.note("A", std::to_string(primitive.n_waiting()));
                co_await primitive.reset();
            }
        };
        co_await walk.run(step, act);
    }
}
