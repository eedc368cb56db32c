// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::ContextVar<std::string> user("user", "nobody");

asyncio::Coroutine<> log(std::string action) {
    print("log: ", user.get(), " ", action);
    co_return;
}

asyncio::Coroutine<> request(std::string name) {
    print(name, ": comes in as ", user.get());
    user.set(name);
    co_await asyncio::sleep(500ms);
    co_await log("reads a page");
}

asyncio::Coroutine<> log_in(std::string name) {
    user.set(name);
    co_return;
}

asyncio::Coroutine<> main_() {
    std::vector<asyncio::Task<void>> tasks;
    for (const char* name : {"Ann", "Bob"}) tasks.push_back(asyncio::create_task(request(name), name));
    co_await asyncio::gather(tasks);
    print("main: is ", user.get());

    co_await asyncio::create_task(log_in("root"), "log_in");
    print("main: is ", user.get(), ", after a task");
    co_await log_in("root");
    print("main: is ", user.get(), ", after an await");

    co_await asyncio::create_task(request("Cem"), "Cem");
}

const awaitscope::scenarios::Registration registration("context-variables", main_);

}  // namespace
