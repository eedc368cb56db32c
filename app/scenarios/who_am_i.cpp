// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

/// The names of all tasks that are not done, sorted.
std::string everybody() {
    std::vector<std::string> names;
    for (const auto& task : asyncio::all_tasks()) names.push_back(task.get_name());
    std::ranges::sort(names);
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

asyncio::Coroutine<> helper() {
    print("helper: I am ", asyncio::current_task()->get_name());
    co_return;
}

asyncio::Coroutine<> work() {
    print("work: I am ", asyncio::current_task()->get_name());
    co_await helper();
    co_await asyncio::sleep(1s);
    print("work: now I am ", asyncio::current_task()->get_name());
}

asyncio::Coroutine<> main_() {
    print("main: I am ", asyncio::current_task()->get_name());
    auto first = asyncio::create_task(work());
    auto second = asyncio::create_task(work(), "Bob");
    print("main: there are ", everybody());
    co_await asyncio::sleep(500ms);
    first.set_name("Ann");
    asyncio::get_running_loop().call_soon(
        [] { print("callback: I am ", asyncio::current_task() ? "a task" : "no task"); });
    co_await first;
    co_await second;
    print("main: there is ", everybody());
}

const awaitscope::scenarios::Registration registration("who-am-i", main_);

}  // namespace
