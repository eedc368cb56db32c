// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

const std::map<std::string, std::vector<std::string>> tree = {
    {"home", {"music", "photos"}}, {"music", {"jazz", "rock"}}, {"photos", {"summer"}}};

template <class Folders>
asyncio::Coroutine<> walker(Folders& queue) {
    while (true) {
        const std::string folder = co_await queue.get();
        print("walker: ", folder);
        co_await asyncio::sleep(100ms);
        if (const auto found = tree.find(folder); found != tree.end())
            for (const std::string& inner : found->second) queue.put_nowait(inner);
        queue.task_done();
    }
}

template <class Folders>
asyncio::Coroutine<> walk(std::string kind, Folders& queue) {
    print("main: with a ", kind);
    queue.put_nowait("home");
    auto task = asyncio::create_task(walker(queue), "walker of the " + kind);
    co_await queue.join();
    task.cancel();
}

asyncio::Coroutine<> main_() {
    asyncio::Queue<std::string> queue;
    co_await walk("Queue", queue);
    asyncio::LifoQueue<std::string> stack;
    co_await walk("LifoQueue", stack);
}

const awaitscope::scenarios::Registration registration("lifo-queue", main_);

}  // namespace
