// SPDX-License-Identifier: GPL-3.0-or-later
// Programs as they should be, each in a way that looks like a fault to who looks carelessly: healthy NAME runs one of
// them, by the virtual clock, so that what is found in it does not depend on the machine.
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

// Under load: each side has always something to do.
Coroutine<> echo_client(int port) {
    auto [reader, writer] = co_await open_connection("127.0.0.1", port);
    for (int i = 0; i < 50; ++i) {
        writer.write("hello\n");
        co_await writer.drain();
        co_await reader.readline();
    }
    writer.close();
    co_await writer.wait_closed();
}

Coroutine<> echo() {
    auto server = co_await start_server(
        [](StreamReader reader, StreamWriter writer) -> Coroutine<> {
            for (;;) {
                std::string line = co_await reader.readline();
                if (line.empty()) break;
                writer.write(line);
                co_await writer.drain();
            }
            writer.close();
        },
        "127.0.0.1", 0);
    std::vector<Task<>> clients;
    for (int i = 0; i < 20; ++i) clients.push_back(create_task(echo_client(server.port())));
    co_await gather(clients);
    server.close();
    co_await server.wait_closed();
}

// Consumers that are quicker than their producer, and idle most of the time.
Coroutine<> consumer(Queue<int>& queue) {
    for (;;) {
        co_await queue.get();
        co_await sleep(20ms);
        queue.task_done();
    }
}

Coroutine<> producer_consumer() {
    Queue<int> queue(10);
    std::vector<Task<>> consumers;
    for (int i = 0; i < 3; ++i) consumers.push_back(create_task(consumer(queue)));
    for (int i = 0; i < 2'000; ++i) {
        co_await queue.put(i);
        co_await sleep(10ms);
    }
    co_await queue.join();
    for (auto& task : consumers) task.cancel();
    co_await gather(return_exceptions, consumers);
}

// An hour of ticks beside another's.
Coroutine<> ticks(std::chrono::milliseconds pace, int times) {
    for (int i = 0; i < times; ++i) co_await sleep(pace);
}

Coroutine<> periodic() {
    auto often = create_task(ticks(1s, 3'600), "often");
    co_await ticks(60s, 60);
    co_await often;
}

// Who waits for news for hours, while others of its kind came and went.
Coroutine<> client(Queue<std::string>& news, int wanted) {
    for (int i = 0; i < wanted; ++i) co_await news.get();
}

Coroutine<> chat() {
    std::vector<Queue<std::string>> boxes(200);
    std::vector<Task<>> clients;
    for (auto& box : boxes) {
        clients.push_back(create_task(client(box, 3)));
        Queue<std::string> once;
        auto visitor = create_task(client(once, 1));
        co_await sleep(50ms);
        co_await once.put("bye");
        co_await visitor;
    }
    for (int i = 0; i < 3; ++i) {
        co_await sleep(3'600s);
        for (auto& box : boxes) co_await box.put("news");
    }
    co_await gather(clients);
}

// Who takes an item makes a task for it, which reports it as done.
Coroutine<> work_on(Queue<int>& queue) {
    co_await sleep(20s);
    queue.task_done();
}

Coroutine<> dispatch(Queue<int>& queue) {
    std::vector<Task<>> at_work;
    for (;;) {
        co_await queue.get();
        at_work.push_back(create_task(work_on(queue)));
    }
}

Coroutine<> dispatcher() {
    Queue<int> queue;
    auto task = create_task(dispatch(queue));
    for (int i = 0; i < 50; ++i) co_await queue.put(i);
    co_await queue.join();
    task.cancel();
    co_await as_result(task);
}

// Asked to end, they write out what they have first, which takes its time.
Coroutine<> writer() {
    const auto rest = co_await as_result(sleep(3'600s));
    for (int i = 0; i < 5; ++i) co_await sleep(2s);
    rest.value();
}

Coroutine<> slow_shutdown() {
    std::vector<Task<>> writers;
    for (int i = 0; i < 5; ++i) writers.push_back(create_task(writer()));
    co_await sleep(1s);
    for (auto& task : writers) task.cancel();
    co_await gather(return_exceptions, writers);
}

// Connections that are kept between requests wait for a future, again and again.
Coroutine<> connection(std::vector<Future<int>>& requests, int wanted) {
    for (int i = 0; i < wanted; ++i) {
        auto request = get_running_loop().create_future<int>();
        requests.push_back(request);
        co_await request;
    }
}

Coroutine<> keep_alive() {
    std::vector<Future<int>> kept;
    auto long_lived = create_task(connection(kept, 3));
    co_await sleep(1ms);
    kept[0].set_result(1);
    for (int i = 0; i < 20; ++i) {
        std::vector<Future<int>> once;
        auto short_lived = create_task(connection(once, 1));
        co_await sleep(1ms);
        once[0].set_result(1);
        co_await short_lived;
    }
    co_await sleep(600s);
    kept[1].set_result(1);
    co_await sleep(600s);
    kept[2].set_result(1);
    co_await long_lived;
}

// Some requests take too long, are given up and tried again.
Coroutine<> fetch(int i, int attempt) {
    co_await sleep(i % 10 == 0 && attempt == 0 ? 500ms : 20ms);
}

Coroutine<> fetch_with_retry(int i) {
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto result = co_await as_result(wait_for(fetch(i, attempt), 100ms));
        if (result.ok()) co_return;
    }
}

Coroutine<> retries() {
    for (int round = 0; round < 50; ++round) {
        std::vector<Task<>> requests;
        for (int i = 0; i < 20; ++i) requests.push_back(create_task(fetch_with_retry(i)));
        co_await gather(requests);
    }
}

// Many at once, a few at a time, and all change one number under a lock.
struct Shop {
    Semaphore doors{5};
    Lock till{"till"};
    int money = 0;
};

Coroutine<> customer(Shop& shop) {
    auto inside = co_await shop.doors.scoped();
    co_await sleep(100ms);
    auto paying = co_await shop.till.scoped();
    ++shop.money;
    co_await sleep(1ms);
}

Coroutine<> crowd() {
    Shop shop;
    std::vector<Task<>> customers;
    for (int i = 0; i < 300; ++i) customers.push_back(create_task(customer(shop)));
    co_await gather(customers);
}

// Thousands of items at once, and workers that take them as fast as they can.
Coroutine<> batch() {
    Queue<int> queue;
    for (int i = 0; i < 5'000; ++i) queue.put_nowait(i);
    std::vector<Task<>> workers;
    for (int i = 0; i < 10; ++i) workers.push_back(create_task(consumer(queue)));
    co_await queue.join();
    for (auto& task : workers) task.cancel();
    co_await gather(return_exceptions, workers);
}

// A computation in parts, each of which gives way.
Coroutine<> polite() {
    auto beside = create_task(ticks(1ms, 500));
    for (int part = 0; part < 500; ++part) co_await sleep(0s);
    co_await beside;
}

// A pool of threads that is never asked for more than it can do.
Coroutine<> job(Semaphore& few) {
    auto slot = co_await few.scoped();
    co_await to_thread([] {});
}

Coroutine<> threads() {
    Semaphore few(2);
    std::vector<Task<>> jobs;
    for (int i = 0; i < 40; ++i) jobs.push_back(create_task(job(few)));
    co_await gather(jobs);
}

// Coroutines that are made long before they are awaited, in another order.
Coroutine<int> answer(int value) {
    co_await sleep(1ms);
    co_return value;
}

Coroutine<> late_await() {
    auto first = answer(1), second = answer(2);
    co_await sleep(5s);
    const int two = co_await std::move(second);
    const int one = co_await std::move(first);
    if (one + two != 3) throw ValueError("lost");
}

// Errors that are looked at long after they happened: of tasks, and of a future that nobody awaits.
Coroutine<> fails() {
    co_await sleep(1ms);
    throw ValueError("as meant");
}

Coroutine<> late_look() {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 20; ++i) tasks.push_back(create_task(fails()));
    auto future = get_running_loop().create_future<int>();
    future.set_exception(std::make_exception_ptr(ValueError("as meant")));
    co_await sleep(30s);
    for (auto& task : tasks)
        if (!task.exception()) throw ValueError("lost");
    if (!future.exception()) throw ValueError("lost");
}

// Many come one after the other and stay; the program ends, and cancels them.
Coroutine<> guests() {
    Queue<int> news;
    std::vector<Task<>> tasks;
    for (int i = 0; i < 200; ++i) {
        tasks.push_back(create_task(consumer(news)));
        co_await sleep(20ms);
    }
    co_await sleep(60s);
}

// Threads that speak to the loop as they may.
Coroutine<> from_threads() {
    EventLoop& loop = get_running_loop();
    Event told;
    int calls = 0;
    for (int i = 0; i < 10; ++i)
        co_await to_thread([&] {
            loop.call_soon_threadsafe([&] {
                if (++calls == 10) told.set();
            });
        });
    co_await told.wait();
}

const std::map<std::string_view, Coroutine<> (*)()> programs = {
    {"batch", batch},
    {"chat", chat},
    {"crowd", crowd},
    {"dispatcher", dispatcher},
    {"echo", echo},
    {"from-threads", from_threads},
    {"guests", guests},
    {"keep-alive", keep_alive},
    {"late-await", late_await},
    {"late-look", late_look},
    {"periodic", periodic},
    {"polite", polite},
    {"producer-consumer", producer_consumer},
    {"retries", retries},
    {"slow-shutdown", slow_shutdown},
    {"threads", threads},
};

}  // namespace

int main(int argc, char** argv) {
    const auto program = argc == 2 ? programs.find(argv[1]) : programs.end();
    if (program == programs.end()) {
        for (const auto& [name, main] : programs) std::printf("%s\n", std::string(name).c_str());
        return argc == 1 ? 0 : 2;
    }
    run(program->second(), {.clock = Clock::virtual_time});
}
