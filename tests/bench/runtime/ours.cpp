// SPDX-License-Identifier: GPL-3.0-or-later
// The workloads on our own runtime, written as its users would write them.
#include <asyncio/asyncio.hpp>
#include <awaitscope/probe.hpp>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "tests/bench/runtime/loop_workloads.hpp"

namespace {

using namespace awaitscope::bench;
using namespace std::chrono_literals;
using asyncio::Coroutine;

Coroutine<long> give(long value) {
    co_return value;
}

Coroutine<long> yielding(long times) {
    for (long i = 0; i < times; ++i) co_await asyncio::sleep(0s);
    co_return times;
}
Coroutine<long> yield_main(long times) {
    std::vector<asyncio::Task<long>> tasks;
    for (long i = 0; i < yield_tasks; ++i) tasks.push_back(asyncio::create_task(yielding(times)));
    long switches = 0;
    for (auto& task : tasks) switches += co_await task;
    co_return switches;
}

Coroutine<long> spawn_main(long count) {
    long sum = 0;
    for (long i = 0; i < count; ++i) {
        auto task = asyncio::create_task(give(1));
        sum += co_await task;
    }
    co_return sum;
}

Coroutine<long> gather_main(long times) {
    long sum = 0;
    for (long i = 0; i < times; ++i) {
        std::vector<Coroutine<long>> children;
        children.reserve(gather_width);
        for (long child = 0; child < gather_width; ++child) children.push_back(give(child));
        const std::vector<long> results = co_await asyncio::gather(std::move(children));
        sum += results.back();
    }
    co_return sum;
}

Coroutine<long> sleeper(std::chrono::nanoseconds delay) {
    co_await asyncio::sleep(delay);
    co_return 1;
}
Coroutine<long> timers_main(long count) {
    Delays delays;
    std::vector<asyncio::Task<long>> tasks;
    tasks.reserve(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i)
        tasks.push_back(asyncio::create_task(sleeper(std::chrono::nanoseconds(delays.next()))));
    long ended = 0;
    for (auto& task : tasks) ended += co_await task;
    co_return ended;
}

Coroutine<long> produce(asyncio::Queue<long>& queue, long count) {
    for (long i = 0; i < count; ++i) co_await queue.put(i);
    co_return 0;
}
Coroutine<long> consume(asyncio::Queue<long>& queue, long count) {
    long sum = 0;
    for (long i = 0; i < count; ++i) sum += co_await queue.get();
    co_return sum;
}
Coroutine<long> queue_main(long count) {
    asyncio::Queue<long> queue(queue_size);
    auto producer = asyncio::create_task(produce(queue, count));
    auto consumer = asyncio::create_task(consume(queue, count));
    co_await producer;
    co_return co_await consumer;
}

Coroutine<long> locking(asyncio::Lock& lock, long& inside, long times) {
    for (long i = 0; i < times; ++i) {
        co_await lock.acquire();
        ++inside;
        co_await asyncio::sleep(0s);
        lock.release();
    }
    co_return times;
}
Coroutine<long> lock_main(long times) {
    asyncio::Lock lock;
    long inside = 0;
    std::vector<asyncio::Task<long>> tasks;
    for (long i = 0; i < lock_tasks; ++i) tasks.push_back(asyncio::create_task(locking(lock, inside, times)));
    for (auto& task : tasks) co_await task;
    co_return inside;
}

long run(Coroutine<long> (*main)(long), long count) {
    return asyncio::run(main(count));
}

Coroutine<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer) {
    try {
        for (;;) {
            const std::string message = co_await reader.readexactly(message_bytes);
            writer.write(message);
            co_await writer.drain();
        }
    } catch (const asyncio::IncompleteReadError&) {
        // The client has what it wanted.
    } catch (const asyncio::ConnectionError&) {
        // It went without a word.
    }
    writer.close();
}

Coroutine<long> client(int port, long trips) {
    auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", port);
    const std::string message(message_bytes, 'x');
    long right = 0;
    for (long i = 0; i < trips; ++i) {
        writer.write(message);
        co_await writer.drain();
        const std::string answer = co_await reader.readexactly(message_bytes);
        right += answer == message;
    }
    writer.close();
    co_return right;
}

Coroutine<long> echo_main(Measurement& m, long trips) {
    auto server = co_await asyncio::start_server(serve, "127.0.0.1", 0);
    m.begin();
    std::vector<Coroutine<long>> clients;
    for (long i = 0; i < connections; ++i) clients.push_back(client(server.port(), trips));
    const std::vector<long> right = co_await asyncio::gather(std::move(clients));
    m.end(connections * trips);
    server.close();
    long sum = 0;
    for (const long one : right) sum += one;
    co_return sum;
}
void echo_workload(Measurement& m) {
    const long trips = m.scaled(round_trips);
    const long right = asyncio::run(echo_main(m, trips));
    m.require(right == connections * trips, "answers");
}

Coroutine<> server_main() {
    auto server = co_await asyncio::start_server(serve, "127.0.0.1", 0);
    std::printf("PORT %d\n", server.port());
    std::fflush(stdout);
    co_await server.serve_forever();
}
void echo_server(Measurement&) {
    asyncio::run(server_main());
}

}  // namespace

int main(int argc, char** argv) {
    // For a run that is watched: share events, and begin when the viewer is there.
    if (std::getenv("BENCH_SHARED")) {
        awaitscope::enable("runtime benchmark");
        // Once round the ring: its pages are there then, as they are in a program that has run for a second.
        for (int i = 0; i < 1 << 18; ++i) awaitscope::mark("");
    }
    if (std::getenv("BENCH_WAIT")) {
        std::puts("WAITING");
        std::fflush(stdout);
        std::getchar();
    }
    return run_workload(argc, argv,
                        {{"yield", yield_workload<run, yield_main>},
                         {"spawn", spawn_workload<run, spawn_main>},
                         {"gather", gather_workload<run, gather_main>},
                         {"timers", timers_workload<run, timers_main>},
                         {"queue", queue_workload<run, queue_main>},
                         {"lock", lock_workload<run, lock_main>},
                         {"echo", echo_workload},
                         {"echo_server", echo_server}});
}
