// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::test {

/// Events from a text, a line each: seconds, kind, the task if there is one, then fields by their names in the
/// vocabulary (for places: coro, file, line). Values with spaces stand in quotes. Empty lines and lines that begin
/// with # are passed over. `loop=1` is meant where no loop is given.
///
///     0.000 task_created 1 name=main coro=main file=a.cpp line=3
///     0.001 task_running 1
///     0.002 output 1 text="hello, world"
///
/// Throws std::invalid_argument, naming the line, when it is none of the language. With `live`, the source stays idle
/// after its last event and never ends.
std::unique_ptr<EventSource> text_source(std::string_view text, bool live = false);

/// A trace of such a text, with its symbols.
struct TextTrace {
    explicit TextTrace(std::string_view text);
    std::shared_ptr<Symbols> symbols;
    Trace trace;
    const Trace* operator->() const { return &trace; }
    /// By a task's name. Throws std::out_of_range when there is none.
    TaskIndex task(std::string_view name) const;
};

/// The lives of all tasks, a line each: name, then each span as STATE(on)@begin, in seconds, then its end.
///     main: ready@0 running@0.001 waiting(sleep)@0.002 finished@1.5
std::string lives(const Trace& trace);

/// What is the case at a moment: who runs, the ready queue, timers, watched descriptors, primitives; lines without
/// content are left out.
std::string moment(const Trace& trace, EventIndex cursor);

/// A chain as "main gather > B lock > C": who waits, what for, who is behind it.
std::string chain(const Trace& trace, TaskIndex task, EventIndex cursor);

/// A task's name, or "task ID" for one without.
std::string name_of(const Trace& trace, TaskIndex task);

}  // namespace awaitscope::test
