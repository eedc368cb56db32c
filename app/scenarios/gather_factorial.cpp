// SPDX-License-Identifier: GPL-3.0-or-later
#include <asyncio/asyncio.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "app/scenarios/scenario.hpp"

using namespace std::chrono_literals;
using awaitscope::scenarios::print;

namespace {

asyncio::Coroutine<int> factorial(std::string name, int number) {
    int product = 1;
    for (int i = 2; i <= number; ++i) {
        print(name, ": ", product, " x ", i, " ...");
        co_await asyncio::sleep(1s);
        product *= i;
    }
    print(name, ": factorial(", number, ") = ", product);
    co_return product;
}

std::string list(const std::vector<int>& values) {
    std::string text;
    for (int value : values) text += (text.empty() ? "" : ", ") + std::to_string(value);
    return "[" + text + "]";
}

asyncio::Coroutine<> main_() {
    const std::vector<std::pair<std::string, int>> jobs = {{"A", 2}, {"B", 3}, {"C", 4}};
    std::vector<asyncio::Task<int>> tasks;
    for (const auto& [name, number] : jobs) tasks.push_back(asyncio::create_task(factorial(name, number), name));
    print("main: three tasks created");
    const std::vector<int> results = co_await asyncio::gather(tasks);
    print(list(results));
}

const awaitscope::scenarios::Registration registration("gather-factorial", main_);

}  // namespace
