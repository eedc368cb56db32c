// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/epoll.h>
#include <unistd.h>

#include "tests/bench/runtime/floor_echo.hpp"
#include "tests/bench/runtime/floor_loop.hpp"
#include "tests/bench/runtime/loop_workloads.hpp"

namespace awaitscope::bench::floor {

void Loop::run() {
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    for (;;) {
        while (!ready_.empty()) ready_.pop().coroutine.resume();
        if (timers_.empty()) break;
        std::int64_t now = now_ns();
        if (const std::int64_t wait = timers_.front().when - now; wait > 0) {
            epoll_event event;
            epoll_wait(epoll, &event, 1, static_cast<int>((wait + 999'999) / 1'000'000));
            now = now_ns();
        }
        while (!timers_.empty() && timers_.front().when <= now) {
            std::pop_heap(timers_.begin(), timers_.end(), std::greater<>());
            ready_.push(*timers_.back().waiter);
            timers_.pop_back();
        }
    }
    close(epoll);
}

namespace {

/// Runs `main_(count)` as the first task; gives its value.
long run(Task (*main_)(long), long count) {
    Loop here;
    loop = &here;
    Task task = main_(count);
    here.run();
    return task.promise().value;
}

Task give(long value) {
    co_return value;
}

Task yielding(long times) {
    for (long i = 0; i < times; ++i) co_await Yield();
    co_return times;
}
Task yield_main(long times) {
    std::vector<Task> tasks;
    for (long i = 0; i < yield_tasks; ++i) tasks.push_back(yielding(times));
    co_await All(tasks);
    long switches = 0;
    for (const Task& task : tasks) switches += task.promise().value;
    co_return switches;
}

Task spawn_main(long count) {
    long sum = 0;
    for (long i = 0; i < count; ++i) {
        const Task task = give(1);
        sum += co_await task;
    }
    co_return sum;
}

Task gather_main(long times) {
    long sum = 0;
    for (long i = 0; i < times; ++i) {
        std::vector<Task> tasks;
        tasks.reserve(gather_width);
        for (long child = 0; child < gather_width; ++child) tasks.push_back(give(child));
        co_await All(tasks);
        std::vector<long> results;
        results.reserve(gather_width);
        for (const Task& task : tasks) results.push_back(task.promise().value);
        sum += results.back();
    }
    co_return sum;
}

Task sleeper(std::int64_t ns) {
    co_await Sleep(ns);
    co_return 1;
}
Task timers_main(long count) {
    Delays delays;
    std::vector<Task> tasks;
    tasks.reserve(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i) tasks.push_back(sleeper(delays.next()));
    co_await All(tasks);
    co_return count;
}

Task produce(Queue<queue_size>& queue, long count) {
    for (long i = 0; i < count; ++i) {
        co_await queue.room();
        queue.put(i);
    }
    co_return 0;
}
Task consume(Queue<queue_size>& queue, long count) {
    long sum = 0;
    for (long i = 0; i < count; ++i) {
        co_await queue.item();
        sum += queue.take();
    }
    co_return sum;
}
Task queue_main(long count) {
    Queue<queue_size> queue;
    std::vector<Task> tasks;
    tasks.push_back(produce(queue, count));
    tasks.push_back(consume(queue, count));
    co_await All(tasks);
    co_return tasks[1].promise().value;
}

Task locking(Lock& lock, long& inside, long times) {
    for (long i = 0; i < times; ++i) {
        co_await lock.acquire();
        ++inside;
        co_await Yield();
        lock.release();
    }
    co_return times;
}
Task lock_main(long times) {
    Lock lock;
    long inside = 0;
    std::vector<Task> tasks;
    for (long i = 0; i < lock_tasks; ++i) tasks.push_back(locking(lock, inside, times));
    co_await All(tasks);
    co_return inside;
}

}  // namespace
}  // namespace awaitscope::bench::floor

int main(int argc, char** argv) {
    using namespace awaitscope::bench;
    using namespace awaitscope::bench::floor;
    return run_workload(argc, argv,
                        {{"yield", yield_workload<run, yield_main>},
                         {"spawn", spawn_workload<run, spawn_main>},
                         {"gather", gather_workload<run, gather_main>},
                         {"timers", timers_workload<run, timers_main>},
                         {"queue", queue_workload<run, queue_main>},
                         {"lock", lock_workload<run, lock_main>},
                         {"echo", echo_workload},
                         {"echo_server", echo_server},
                         {"echo_client", echo_client}});
}
