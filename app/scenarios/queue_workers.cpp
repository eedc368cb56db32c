// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <cstdint>
#include <iomanip>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using awaitscope::scenarios::print;

namespace {

using Hundredths = std::chrono::duration<int, std::centi>;

struct Item {
    int number = 0;
    Hundredths length{};
};

/// Pseudo-random times of work, the same in every run.
std::vector<Item> items(int count) {
    std::vector<Item> made;
    std::uint64_t state = 35060;
    for (int number = 1; number <= count; ++number) {
        state = (state * 1103515245 + 12345) % (std::uint64_t{1} << 31);
        made.push_back({number, Hundredths(10 + static_cast<int>((state >> 16) % 71))});
    }
    return made;
}

double seconds(std::chrono::duration<double> length) {
    return length.count();
}

asyncio::Coroutine<> worker(std::string name, asyncio::Queue<Item>& queue) {
    while (true) {
        const Item item = co_await queue.get();
        co_await asyncio::sleep(item.length);
        print(name, ": item ", item.number, " done in ", std::fixed, std::setprecision(2), seconds(item.length), " s");
        queue.task_done();
    }
}

asyncio::Coroutine<> main_() {
    asyncio::Queue<Item> queue;
    Hundredths total{};
    for (const Item& item : items(20)) {
        queue.put_nowait(item);
        total += item.length;
    }

    std::vector<asyncio::Task<void>> workers;
    for (const char* name : {"worker-1", "worker-2", "worker-3"})
        workers.push_back(asyncio::create_task(worker(name, queue), name));

    auto& loop = asyncio::get_running_loop();
    const auto started = loop.time();
    co_await queue.join();
    const auto took = loop.time() - started;

    for (auto& task : workers) task.cancel();
    co_await asyncio::gather(asyncio::return_exceptions, workers);
    print(std::fixed, std::setprecision(2), seconds(total), " s of work took three workers ", std::setprecision(1),
          seconds(took), " s");
}

const awaitscope::scenarios::Registration registration("queue-workers", main_);

}  // namespace
