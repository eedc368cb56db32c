// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

struct TaskListOptions {
    bool ended = false;  ///< list the tasks that have ended too
};

/// The tasks at a moment as a table for people: id, name, state, age, coroutine, line, what it waits for and who is
/// behind that; a line above says the time and how many there are.
std::string task_list_text(const Trace& trace, EventIndex cursor, TaskListOptions options = {});

/// The same as a JSON array, an object a line: "id", "name", "state", "age" (seconds), "coro", "file", "line",
/// "awaits" (the chain: objects of "on", "object", and "task" where a task is behind it) and "cycle" where it closes.
std::string task_list_json(const Trace& trace, EventIndex cursor, TaskListOptions options = {});

}  // namespace awaitscope
