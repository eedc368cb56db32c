// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "instrumentation/source/launch.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::test {

/// A program that ran instrumented to its end: what it printed, and all the events it has told.
struct ToldProgram {
    using Command = std::vector<std::string>;
    using Environment = std::vector<std::pair<std::string, std::string>>;

    /// Runs it, with `environment` added to ours. Throws SourceError when it shares nothing.
    explicit ToldProgram(std::vector<std::string> command, Environment environment = {});
    /// The same for a server: `use` has it for some time, and then it gets `end_signal`.
    ToldProgram(std::vector<std::string> command, Environment environment, const std::function<void()>& use,
                int end_signal);

    /// A line an event, without its time.
    std::string events() const;

    /// The lives of its tasks, in the words that every runtime's events have in common, a line a change: "Ann: created
    /// by Task-1", "Ann: running", "Ann: suspended on lock at 22", "Ann: ready", "Ann: finished".
    std::string steps() const;

    /// How many events of a kind, by its name.
    unsigned count(std::string_view kind) const;

    /// How many tasks of a coroutine it had: those named "name-NUMBER".
    unsigned tasks_of(std::string_view coroutine) const;

    /// What its events of a kind have in a field, summed up.
    std::uint64_t sum(std::string_view kind, std::uint64_t Event::*field) const;

    int exit_code = -1;
    std::string output;
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace{symbols};

  private:
    void run(LaunchedProcess& process);
};

/// The tasks that a viewer is told of when it attaches to a program that runs already, a line each: "serve-1
/// waiting io". The program, which is ended then, has said a line that begins with `ready`, and is idle.
std::string alive_in(std::vector<std::string> command, std::vector<std::pair<std::string, std::string>> environment,
                     std::string_view ready);

/// All that comes from a descriptor until nobody writes to it any more.
std::string read_all(int fd);

/// The lives of a trace's tasks, as in ToldProgram::steps().
std::string steps_of(const Trace& trace, const Symbols& symbols);

}  // namespace awaitscope::test
