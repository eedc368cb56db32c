// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <optional>
#include <source_location>
#include <string>
#include <vector>

#include "asyncio/detail/frame_summary.hpp"
#include "asyncio/task.hpp"

namespace asyncio {

/// Who waits for a future or task, and where: Python 3.14's FutureCallGraph.
struct FutureCallGraph {
    AnyFuture future;
    /// Of a task: the coroutines it is in, innermost first.
    std::vector<FrameSummary> call_stack;
    /// The tasks that wait for it: by co_await, through gather(), wait(), shield() or a task group.
    std::vector<FutureCallGraph> awaited_by;
};

/// The graph of a future or task of the running loop; `where` is the innermost line when it is the running task itself.
FutureCallGraph capture_call_graph(const AnyFuture& future,
                                   std::source_location where = std::source_location::current());
/// Of the running task; nothing in a callback. RuntimeError without a running loop.
std::optional<FutureCallGraph> capture_call_graph(std::source_location where = std::source_location::current());

/// The graph as Python prints it.
std::string format_call_graph(const AnyFuture& future, std::source_location where = std::source_location::current());
/// Of the running task; empty in a callback.
std::string format_call_graph(std::source_location where = std::source_location::current());

/// Writes it with a newline, to standard output unless told otherwise.
void print_call_graph(const AnyFuture& future, std::FILE* file = stdout,
                      std::source_location where = std::source_location::current());
void print_call_graph(std::source_location where = std::source_location::current());

}  // namespace asyncio
