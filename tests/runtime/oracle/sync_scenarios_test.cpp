// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "tests/runtime/oracle/oracle.hpp"

using namespace asyncio;
using namespace std::chrono_literals;
using awaitscope::test::LoopLog;

namespace {
const char* word(bool value) {
    return value ? "True" : "False";
}
}  // namespace

ORACLE_SCENARIO(lock_handover) {
    Lock lock;
    auto work = [&](const char* name) -> Coroutine<> {
        {
            auto guard = co_await lock.scoped();
            log("{} in", name);
            co_await sleep(0s);
            log("{} out", name);
        }
        log("{} released", name);
    };
    std::vector<Task<>> tasks;
    for (const char* name : {"A", "B", "C"}) tasks.push_back(create_task(work(name), name));
    co_await gather(tasks);
}

ORACLE_SCENARIO(lock_no_barging) {
    Lock lock;
    auto hog = [&]() -> Coroutine<> {
        for (int i = 0; i < 2; ++i) {
            co_await lock.acquire();
            log("hog {}", i);
            co_await sleep(0s);
            lock.release();
        }
    };
    auto waiter = [&]() -> Coroutine<> {
        co_await lock.acquire();
        log("w");
        lock.release();
    };
    auto h = create_task(hog(), "hog");
    auto w = create_task(waiter(), "w");
    co_await gather(h, w);
}

ORACLE_SCENARIO(lock_release_reacquire_uncontended) {
    Lock lock;
    co_await lock.acquire();
    lock.release();
    co_await lock.acquire();
    log("no iteration");
    lock.release();
}

ORACLE_SCENARIO(lock_cancel_waiter) {
    Lock lock;
    co_await lock.acquire();
    auto work = [&](const char* name) -> Coroutine<> {
        try {
            co_await lock.acquire();
            log("{} got", name);
            lock.release();
        } catch (const CancelledError&) {
            log("{} CE", name);
            throw;
        }
    };
    auto a = create_task(work("A"), "A");
    auto b = create_task(work("B"), "B");
    co_await sleep(0s);
    lock.release();
    a.cancel();
    log("released+cancelled locked={}", word(lock.locked()));
    co_await gather(return_exceptions, a, b);
}

ORACLE_SCENARIO(async_with_lock_exception) {
    Lock lock;
    try {
        auto guard = co_await lock.scoped();
        throw ValueError();
    } catch (const ValueError&) {
        log("{}", word(lock.locked()));
    }
}

ORACLE_SCENARIO(event_set) {
    Event event;
    auto work = [&](const char* name) -> Coroutine<> {
        co_await event.wait();
        log("{} woke set={}", name, word(event.is_set()));
    };
    std::vector<Task<>> tasks;
    for (const char* name : {"A", "B"}) tasks.push_back(create_task(work(name), name));
    co_await sleep(0s);
    event.set();
    event.clear();
    log("set+clear");
    co_await gather(tasks);
}

ORACLE_SCENARIO(queue_get_waiting) {
    Queue<int> queue;
    auto work = [&](const char* name) -> Coroutine<> {
        const int item = co_await queue.get();
        log("{} got {}", name, item);
    };
    std::vector<Task<>> tasks;
    for (const char* name : {"A", "B"}) tasks.push_back(create_task(work(name), name));
    co_await sleep(0s);
    co_await queue.put(1);
    co_await queue.put(2);
    log("put both (no iteration)");
    co_await gather(tasks);
}

ORACLE_SCENARIO(queue_put_blocking) {
    Queue<int> queue(1);
    auto producer = [&]() -> Coroutine<> {
        for (int i = 0; i < 3; ++i) {
            co_await queue.put(i);
            log("put {}", i);
        }
    };
    auto getter = [&]() -> Coroutine<> {
        for (int i = 0; i < 3; ++i) {
            const int item = co_await queue.get();
            log("got {}", item);
        }
    };
    auto p = create_task(producer(), "P");
    auto g = create_task(getter(), "G");
    co_await gather(p, g);
}

ORACLE_SCENARIO(queue_steal) {
    Queue<int> queue;
    auto consumer = [&]() -> Coroutine<> {
        log("waiting");
        const int item = co_await queue.get();
        log("got {}", item);
    };
    auto task = create_task(consumer(), "C");
    co_await sleep(0s);
    queue.put_nowait(1);
    log("stolen {}", queue.get_nowait());
    co_await sleep(0s);
    co_await sleep(0s);
    queue.put_nowait(2);
    co_await task;
}

ORACLE_SCENARIO(queue_join) {
    Queue<int> queue;
    auto worker = [&]() -> Coroutine<> {
        for (;;) {
            const int item = co_await queue.get();
            log("item {}", item);
            queue.task_done();
        }
    };
    auto task = create_task(worker(), "W");
    queue.put_nowait(1);
    queue.put_nowait(2);
    co_await queue.join();
    log("joined");
    task.cancel();
    // The worker must be gone before the queue is.
    co_await as_result(task);
}

ORACLE_SCENARIO(queue_shutdown) {
    Queue<int> queue;
    auto getter = [&]() -> Coroutine<> {
        try {
            co_await queue.get();
        } catch (const QueueShutDown&) {
            log("g shutdown");
        }
    };
    auto task = create_task(getter(), "G");
    co_await sleep(0s);
    queue.shutdown();
    co_await task;
}

ORACLE_SCENARIO(queue_cancel_woken_getter) {
    Queue<int> queue;
    auto work = [&](const char* name) -> Coroutine<> {
        try {
            const int item = co_await queue.get();
            log("{} got {}", name, item);
        } catch (const CancelledError&) {
            log("{} CE", name);
            throw;
        }
    };
    auto a = create_task(work("A"), "A");
    auto b = create_task(work("B"), "B");
    co_await sleep(0s);
    queue.put_nowait(1);
    a.cancel();
    co_await gather(return_exceptions, a, b);
}

ORACLE_SCENARIO(condition_notify) {
    Condition condition;
    auto work = [&](const char* name) -> Coroutine<> {
        auto guard = co_await condition.scoped();
        co_await condition.wait();
        log("{} woke", name);
    };
    std::vector<Task<>> tasks;
    for (const char* name : {"A", "B", "C"}) tasks.push_back(create_task(work(name), name));
    co_await sleep(0s);
    {
        auto guard = co_await condition.scoped();
        condition.notify(2);
        log("notified 2");
    }
    log("released");
    for (int i = 0; i < 3; ++i) co_await sleep(0s);
    {
        auto guard = co_await condition.scoped();
        condition.notify_all();
        log("notify_all");
    }
    co_await gather(tasks);
}

ORACLE_SCENARIO(condition_wait_for) {
    Condition condition;
    int x = 0;
    auto work = [&]() -> Coroutine<> {
        auto guard = co_await condition.scoped();
        const bool result = co_await condition.wait_for([&] { return x >= 2; });
        log("{}", result ? "yes" : "no");
    };
    auto task = create_task(work(), "W");
    co_await sleep(0s);
    for (int i = 0; i < 2; ++i) {
        {
            auto guard = co_await condition.scoped();
            ++x;
            condition.notify();
            log("x={}", x);
        }
        co_await sleep(0s);
        co_await sleep(0s);
    }
    co_await task;
}

ORACLE_SCENARIO(condition_cancel_while_reacquiring) {
    Condition condition;
    auto work = [&]() -> Coroutine<> {
        auto guard = co_await condition.scoped();
        try {
            co_await condition.wait();
            log("woke");
        } catch (const CancelledError&) {
            log("CE locked={}", word(condition.locked()));
            throw;
        }
    };
    auto task = create_task(work(), "W");
    co_await sleep(0s);
    co_await condition.acquire();
    condition.notify();
    co_await sleep(0s);
    task.cancel();
    log("cancelled while reacquiring");
    co_await sleep(0s);
    co_await sleep(0s);
    log("release");
    condition.release();
    try {
        co_await task;
    } catch (const CancelledError&) {
        log("main");
    }
}

ORACLE_SCENARIO(semaphore_fair) {
    Semaphore semaphore(2);
    auto work = [&](const char* name) -> Coroutine<> {
        {
            auto guard = co_await semaphore.scoped();
            log("{} in", name);
            co_await sleep(0s);
        }
        log("{} out", name);
    };
    std::vector<Task<>> tasks;
    for (const char* name : {"A", "B", "C", "D", "E"}) tasks.push_back(create_task(work(name), name));
    co_await gather(tasks);
}

ORACLE_SCENARIO(semaphore_release_many) {
    Semaphore semaphore(0);
    auto work = [&](const char* name) -> Coroutine<> {
        co_await semaphore.acquire();
        log("{} got", name);
    };
    std::vector<Task<>> tasks;
    for (const char* name : {"A", "B", "C"}) tasks.push_back(create_task(work(name), name));
    co_await sleep(0s);
    semaphore.release();
    semaphore.release();
    log("locked={}", word(semaphore.locked()));
    co_await sleep(0s);
    semaphore.release();
    co_await gather(tasks);
}

ORACLE_SCENARIO(semaphore_cancel_woken) {
    Semaphore semaphore(0);
    auto work = [&](const char* name) -> Coroutine<> {
        try {
            co_await semaphore.acquire();
            log("{} got", name);
        } catch (const CancelledError&) {
            log("{} CE", name);
            throw;
        }
    };
    auto a = create_task(work("A"), "A");
    auto b = create_task(work("B"), "B");
    co_await sleep(0s);
    semaphore.release();
    a.cancel();
    co_await gather(return_exceptions, a, b);
}

ORACLE_SCENARIO(barrier) {
    Barrier barrier(3);
    auto work = [&](const char* name) -> Coroutine<> {
        const int index = co_await barrier.wait();
        log("{} idx {}", name, index);
    };
    std::vector<Task<>> tasks;
    for (const char* name : {"A", "B", "C"}) tasks.push_back(create_task(work(name), name));
    co_await gather(tasks);
}
