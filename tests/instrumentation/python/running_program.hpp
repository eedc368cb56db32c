// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/live_source.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope::test {

/// A program from the moment at which it has said "ready" until it is killed.
class RunningProgram {
  public:
    RunningProgram(std::vector<std::string> command, std::vector<std::pair<std::string, std::string>> environment);
    ~RunningProgram();
    RunningProgram(const RunningProgram&) = delete;
    RunningProgram& operator=(const RunningProgram&) = delete;
    LaunchedProcess* operator->() { return &process_; }
    int pid() const { return process_.pid(); }
    /// The next line that it writes.
    std::string line();

  private:
    LaunchedProcess process_;
};

/// The events of a process that its rings still hold, and on, until it has told its tasks.
struct Seen {
    explicit Seen(int pid);
    LiveSource source;
    std::shared_ptr<Symbols> symbols = std::make_shared<Symbols>();
    Trace trace{symbols};
};

/// What a trace shows at its end, whatever numbers it has given: each task alive, its parent, what it waits for and
/// where, and who is behind that; and each primitive's and queue's state. A line each, sorted.
std::string picture_of(const Trace& trace);

}  // namespace awaitscope::test
