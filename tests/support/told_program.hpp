// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::test {

/// A program that ran instrumented to its end: what it printed, and all the events it has told.
struct ToldProgram {
    /// Runs it, with `environment` added to ours. Throws SourceError when it shares nothing.
    explicit ToldProgram(std::vector<std::string> command,
                         std::vector<std::pair<std::string, std::string>> environment = {});

    /// A line an event, without its time.
    std::string events() const;

    /// The lives of its tasks, in the words that every runtime's events have in common, a line a change: "Ann: created
    /// by Task-1", "Ann: running", "Ann: suspended on lock at 22", "Ann: ready", "Ann: finished".
    std::string steps() const;

    /// How many events of a kind, by its name.
    unsigned count(std::string_view kind) const;

    int exit_code = -1;
    std::string output;
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace{symbols};
};

/// The tasks that a viewer is told of when it attaches to a program that runs already, a line each: "serve-1
/// waiting io". The program, which is ended then, has said a line that begins with `ready`, and is idle.
std::string alive_in(std::vector<std::string> command, std::vector<std::pair<std::string, std::string>> environment,
                     std::string_view ready);

/// The lives of a trace's tasks, as in ToldProgram::steps().
std::string steps_of(const Trace& trace, const Symbols& symbols);

}  // namespace awaitscope::test
