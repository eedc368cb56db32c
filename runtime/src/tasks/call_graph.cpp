// SPDX-License-Identifier: MIT
// CPython 3.14's graph.py.
#include "asyncio/call_graph.hpp"

#include <algorithm>
#include <cinttypes>

#include "runtime/src/loop/loop_impl.hpp"
#include "runtime/src/tasks/stack.hpp"

namespace asyncio {
namespace {

using detail::FutureCore;
using detail::TaskCore;

TaskCore* find_task(EventLoop& loop, std::uint64_t id) {
    auto& tasks = loop.impl().tasks;
    for (TaskCore* task = tasks.front(); task; task = tasks.next(task))
        if (task->id() == id) return task;
    return nullptr;
}

/// `path`: from the one asked about to `future`, since tasks may wait for each other.
FutureCallGraph graph_of(FutureCore& future, const std::source_location& where, std::vector<FutureCore*>& path) {
    FutureCallGraph graph{AnyFuture(detail::FutureRef::share(&future)), {}, {}};
    if (TaskCore* const task = future.as_task(); task && !task->done()) {
        graph.call_stack = detail::stack_of(*task, where);
        std::ranges::reverse(graph.call_stack);
    }
    path.push_back(&future);
    std::vector<std::uint64_t> known;
    for (const std::uint64_t id : future.awaiters()) {
        if (std::ranges::find(known, id) != known.end()) continue;
        known.push_back(id);
        TaskCore* const awaiter = find_task(*future.loop(), id);
        if (awaiter && std::ranges::find(path, static_cast<FutureCore*>(awaiter)) == path.end())
            graph.awaited_by.push_back(graph_of(*awaiter, where, path));
    }
    path.pop_back();
    return graph;
}

void render(const FutureCallGraph& graph, std::string& text, std::size_t level) {
    const auto add = [&](const std::string& line) {
        if (!text.empty()) text += '\n';
        text.append(level * 4, ' ');
        text += line;
    };
    char id[24];
    std::snprintf(id, sizeof id, "0x%" PRIx64, graph.future.id());
    if (TaskCore* const task = graph.future.core()->as_task())
        add("* Task(name='" + task->name() + "', id=" + id + ")");
    else
        add(std::string("* Future(id=") + id + ")");
    if (!graph.call_stack.empty()) {
        add("  + Call stack:");
        for (const FrameSummary& frame : graph.call_stack) {
            constexpr const char* tags[] = {"", "async ", "async generator "};
            add("  |   File '" + frame.filename + "', line " + std::to_string(frame.lineno) + ", in " +
                tags[static_cast<unsigned>(frame.kind)] + frame.name + "()");
        }
    }
    if (!graph.awaited_by.empty()) {
        add("  + Awaited by:");
        for (const FutureCallGraph& awaiter : graph.awaited_by) render(awaiter, text, level + 1);
    }
}

void print(const std::string& text, std::FILE* file) {
    std::fprintf(file, "%s\n", text.c_str());
}

}  // namespace

FutureCallGraph capture_call_graph(const AnyFuture& future, std::source_location where) {
    std::vector<FutureCore*> path;
    return graph_of(*future.core(), where, path);
}

std::optional<FutureCallGraph> capture_call_graph(std::source_location where) {
    const auto task = current_task();
    if (!task) return std::nullopt;
    return capture_call_graph(*task, where);
}

std::string format_call_graph(const AnyFuture& future, std::source_location where) {
    std::string text;
    render(capture_call_graph(future, where), text, 0);
    return text;
}

std::string format_call_graph(std::source_location where) {
    const auto task = current_task();
    return task ? format_call_graph(*task, where) : std::string();
}

void print_call_graph(const AnyFuture& future, std::FILE* file, std::source_location where) {
    print(format_call_graph(future, where), file);
}

void print_call_graph(std::source_location where) {
    print(format_call_graph(where), stdout);
}

}  // namespace asyncio
