// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// A task's name, or "task 7" for one whose name is not known; "none" for no_task.
std::string task_name(const Trace& trace, TaskIndex task);

/// "file.cpp:12", with the file's bare name unless `full_path`; empty for the empty place.
std::string place_text(const Symbols& symbols, PlaceId place, bool full_path = false);

/// What an event tells beside time, kind and task: "on=sleep object=9 factorial.cpp:5". Ids of tasks are given by
/// their names, texts in quotes, with control characters escaped.
std::string event_details(const Trace& trace, const Event& event);

/// The word for an event's kind; "kind 77" where the vocabulary has none.
std::string kind_text(const Event& event);

/// Appends an event as one aligned line: seconds, loop, task, kind, details.
///     0.000041230  1  main          task_suspended  on=sleep object=9 factorial.cpp:5
void append_text_line(std::string& out, const Trace& trace, EventIndex index);

/// A text with nothing in it that could move a terminal's cursor: control characters become \n, \t, \x1b.
std::string printable(std::string_view text);

}  // namespace awaitscope
