// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/exact/observation.hpp"

#include <algorithm>
#include <asyncio/asyncio.hpp>
#include <awaitscope/probe.hpp>
#include <filesystem>
#include <map>

namespace awaitscope::test {
namespace {

std::vector<Observation>& taken() {
    static std::vector<Observation> observations;
    return observations;
}

/// Every task ever seen alive: handles, so that they can be asked when they are done.
std::map<std::uint64_t, asyncio::AnyTask>& seen() {
    static std::map<std::uint64_t, asyncio::AnyTask> tasks;
    return tasks;
}

/// A coroutine's name without template arguments; "<lambda>" stays.
std::string bare(const std::string& name) {
    return name.substr(0, name.find('<', 1));
}

/// The innermost line of the program's own: within the library's coroutines a task is said to stand where it called.
/// A task that is the library's altogether stands in it.
std::string place_of(const asyncio::AnyTask& task) {
    const auto stack = task.get_stack();
    if (stack.empty()) return {};
    const auto own = std::ranges::find_if(stack.rbegin(), stack.rend(), [](const asyncio::FrameSummary& frame) {
        return frame.filename.find("runtime/") == std::string::npos;
    });
    const asyncio::FrameSummary& frame = own == stack.rend() ? stack.back() : *own;
    return std::filesystem::path(frame.filename).filename().string() + ":" + std::to_string(frame.lineno);
}

}  // namespace

void observe() {
    if (!asyncio::running_loop()) return;
    Observation now;
    const auto current = asyncio::current_task();
    if (current) now.running = current->id();
    for (const asyncio::AnyTask& task : asyncio::all_tasks()) {
        Observation::Task told{
            task.id(), bare(task.get_coro_name()), task.id() == now.running ? "" : place_of(task), {}};
        for (const auto& waiter : asyncio::capture_call_graph(task).awaited_by)
            told.awaited_by.push_back(waiter.future.id());
        std::ranges::sort(told.awaited_by);
        now.alive.push_back(std::move(told));
        seen().emplace(task.id(), task);
    }
    std::ranges::sort(now.alive);
    for (const auto& [id, task] : seen()) {
        if (task.done()) now.done.push_back(id);
        if (task.cancelled()) now.cancelled.push_back(id);
    }
    mark("observation " + std::to_string(taken().size()));
    taken().push_back(std::move(now));
}

const std::vector<Observation>& observations() {
    return taken();
}

}  // namespace awaitscope::test
