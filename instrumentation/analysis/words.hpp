// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/analysis/sentence.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// A task as a finding's sentence names it: "Ann", or "Task-7 (fetch)" where the name says little; without control
/// characters.
std::string task_words(const Trace& trace, TaskIndex task);

/// "lock red", "queue 17": a primitive by its name, or by its id.
Sentence primitive_words(const Trace& trace, Id id, EventIndex cursor);

/// The coroutine's name where a line stands, or else that of the task; "?" where neither is known.
std::string function_words(const Trace& trace, PlaceId place, TaskIndex task = no_task);

/// "server.cpp:30"; empty where no line is known.
Sentence line_words(const Trace& trace, PlaceId place);

/// "12.3 ms".
Sentence length_words(Nanoseconds ns);

/// "1,204".
Sentence number_words(std::uint64_t number);

/// "once", "3 times".
Sentence times_words(std::uint64_t count);

/// "1 task", "3 tasks"; 1,234 with a comma.
std::string count_words(std::uint64_t count, std::string_view one, std::string_view many);

}  // namespace awaitscope
