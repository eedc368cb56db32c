// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <catch2/catch.hpp>
#include <functional>
#include <vector>

using namespace asyncio;
using namespace std::chrono_literals;

// Workers share a primitive, and each of them is cancelled in each turn in turn: in the end the primitive is as free as
// in the beginning, and the others have had their way.

namespace {

/// The workers of a round, and what must hold when all of them have ended.
struct Round {
    std::vector<Coroutine<>> workers;
    std::function<void()> check;
};

/// Makes a new round each time, with one of its workers cancelled one turn later. Gives how many were cancelled.
int cancel_each(const std::function<Round()>& make) {
    int cancelled = 0;
    for (int turn = 0;; ++turn) {
        bool somebody_ran = false;
        std::size_t workers = 1;
        for (std::size_t victim = 0; victim < workers; ++victim) {
            run(
                [&]() -> Coroutine<> {
                    Round round = make();
                    workers = round.workers.size();
                    std::vector<Task<>> tasks;
                    for (auto& worker : round.workers) tasks.push_back(create_task(std::move(worker)));
                    for (int i = 0; i < turn; ++i) co_await sleep(0s);
                    if (tasks[victim].cancel()) {
                        somebody_ran = true;
                        ++cancelled;
                    }
                    // Who waits for the one that is gone is told by the end of an hour.
                    const auto [done, pending] = co_await wait(tasks, {.timeout = 1h});
                    for (const auto& task : pending) task.cancel();
                    for (const auto& task : tasks) co_await as_result(task);
                    INFO("worker " << victim << " cancelled in turn " << turn);
                    round.check();
                },
                {.clock = Clock::virtual_time});
        }
        if (!somebody_ran) return cancelled;
        REQUIRE(turn < 500);
    }
}

}  // namespace

TEST_CASE("Each worker cancelled in each turn: a lock is free in the end, and never held twice") {
    const int cancelled = cancel_each([] {
        auto lock = std::make_shared<Lock>();
        auto inside = std::make_shared<int>(0);
        const auto work = [](std::shared_ptr<Lock> l, std::shared_ptr<int> in) -> Coroutine<> {
            for (int i = 0; i < 3; ++i) {
                auto guard = co_await l->scoped();
                struct Inside {
                    explicit Inside(int& c) : count(c) { ++count; }
                    ~Inside() { --count; }
                    int& count;
                } here(*in);
                if (*in != 1) throw RuntimeError("two at once");
                co_await sleep(0s);
            }
        };
        Round round;
        for (int i = 0; i < 4; ++i) round.workers.push_back(work(lock, inside));
        round.check = [lock, inside] {
            CHECK_FALSE(lock->locked());
            CHECK(*inside == 0);
        };
        return round;
    });
    CHECK(cancelled > 20);
}

TEST_CASE("Each worker cancelled in each turn: a semaphore has its whole value again") {
    const int cancelled = cancel_each([] {
        auto semaphore = std::make_shared<BoundedSemaphore>(2);
        const auto work = [](std::shared_ptr<BoundedSemaphore> s) -> Coroutine<> {
            for (int i = 0; i < 2; ++i) {
                auto guard = co_await s->scoped();
                co_await sleep(0s);
            }
        };
        Round round;
        for (int i = 0; i < 5; ++i) round.workers.push_back(work(semaphore));
        round.check = [semaphore] {
            CHECK_FALSE(semaphore->locked());
            CHECK_THROWS_AS(semaphore->release(), ValueError);  // no room for one more
        };
        return round;
    });
    CHECK(cancelled > 10);
}

TEST_CASE("Each worker cancelled in each turn: what was put into a queue is in it or was got, once") {
    struct Shared {
        Queue<int> queue{2};
        int put = 0;
        int got = 0;
    };
    const int cancelled = cancel_each([] {
        auto shared = std::make_shared<Shared>();
        const auto produce = [](std::shared_ptr<Shared> s) -> Coroutine<> {
            for (int i = 0; i < 4; ++i) {
                co_await s->queue.put(i);
                ++s->put;
                co_await sleep(0s);
            }
        };
        const auto consume = [](std::shared_ptr<Shared> s) -> Coroutine<> {
            for (int i = 0; i < 4; ++i) {
                co_await s->queue.get();
                ++s->got;
                s->queue.task_done();
            }
        };
        Round round;
        for (int i = 0; i < 2; ++i) round.workers.push_back(produce(shared));
        for (int i = 0; i < 2; ++i) round.workers.push_back(consume(shared));
        round.check = [shared] {
            CHECK(shared->got + static_cast<int>(shared->queue.qsize()) == shared->put);
            // Nobody stands in line any more: a put and a get find their way at once.
            while (!shared->queue.empty()) shared->queue.get_nowait();
            shared->queue.put_nowait(7);
            CHECK(shared->queue.get_nowait() == 7);
        };
        return round;
    });
    CHECK(cancelled > 10);
}

TEST_CASE("Each worker cancelled in each turn: a condition's lock is free, its notifications reach the others") {
    struct Shared {
        Condition condition;
        int tokens = 0;
        int taken = 0;
        int given = 0;
    };
    const int cancelled = cancel_each([] {
        auto shared = std::make_shared<Shared>();
        const auto take = [](std::shared_ptr<Shared> s) -> Coroutine<> {
            auto guard = co_await s->condition.scoped();
            while (s->tokens == 0) co_await s->condition.wait();
            --s->tokens;
            ++s->taken;
        };
        const auto give = [](std::shared_ptr<Shared> s) -> Coroutine<> {
            for (int i = 0; i < 3; ++i) {
                auto guard = co_await s->condition.scoped();
                ++s->tokens;
                ++s->given;
                s->condition.notify();
                co_await sleep(0s);
            }
        };
        Round round;
        for (int i = 0; i < 3; ++i) round.workers.push_back(take(shared));
        round.workers.push_back(give(shared));
        round.check = [shared] {
            CHECK_FALSE(shared->condition.locked());
            CHECK(shared->taken + shared->tokens == shared->given);
            CHECK(shared->taken >= std::min(shared->given, 2));  // two takers at least were left in peace
        };
        return round;
    });
    CHECK(cancelled > 10);
}

TEST_CASE("Each worker cancelled in each turn: nobody is left at a barrier or an event") {
    struct Shared {
        Barrier barrier{3};
        Event event;
        int through = 0;
    };
    const int cancelled = cancel_each([] {
        auto shared = std::make_shared<Shared>();
        const auto meet = [](std::shared_ptr<Shared> s) -> Coroutine<> {
            co_await s->event.wait();
            co_await s->barrier.wait();
            ++s->through;
        };
        const auto begin = [](std::shared_ptr<Shared> s) -> Coroutine<> {
            co_await sleep(0s);
            s->event.set();
        };
        Round round;
        for (int i = 0; i < 3; ++i) round.workers.push_back(meet(shared));
        round.workers.push_back(begin(shared));
        round.check = [shared] {
            CHECK(shared->barrier.n_waiting() == 0);
            CHECK(shared->through <= 3);
        };
        return round;
    });
    CHECK(cancelled > 6);
}
