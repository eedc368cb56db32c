// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

using Patient = std::pair<int, std::string>;  ///< urgency, 1 the most, and who

asyncio::Coroutine<> nurse(asyncio::PriorityQueue<Patient>& queue) {
    while (true) {
        const auto [urgency, patient] = co_await queue.get();
        print("nurse: ", patient, ", urgency ", urgency);
        co_await asyncio::sleep(500ms);
        queue.task_done();
    }
}

asyncio::Coroutine<> main_() {
    asyncio::PriorityQueue<Patient> queue(0, "patients");
    queue.put_nowait({3, "the cough"});
    queue.put_nowait({3, "the cold"});
    queue.put_nowait({2, "the cut"});
    auto task = asyncio::create_task(nurse(queue), "nurse");
    co_await asyncio::sleep(250ms);
    print("main: in comes the broken leg");
    queue.put_nowait({1, "the broken leg"});
    co_await queue.join();
    task.cancel();
    print("main: nobody waits any more");
}

const awaitscope::scenarios::Registration registration("priority-queue", main_);

}  // namespace
