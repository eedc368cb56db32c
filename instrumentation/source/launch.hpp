// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "instrumentation/source/live_source.hpp"

namespace awaitscope {

struct LaunchOptions {
    std::vector<std::string> command;  ///< the program, looked for along PATH, and its arguments
    std::vector<std::pair<std::string, std::string>> environment;  ///< added to ours, or in place of ours
    bool capture_output = false;                                   ///< its standard output goes into a pipe: output()
    bool output_to_stderr = false;  ///< its standard output goes where our standard error goes: ours is taken
};

/// A command started instrumented. It lives on when this object goes: terminate() it first when it should not.
/// One thread.
class LaunchedProcess {
  public:
    /// Starts it. Throws SourceError when that fails.
    explicit LaunchedProcess(const LaunchOptions& options);
    /// Removes the files of its sessions when the process is over.
    ~LaunchedProcess();
    LaunchedProcess(const LaunchedProcess&) = delete;
    LaunchedProcess& operator=(const LaunchedProcess&) = delete;

    int pid() const { return pid_; }
    /// What the sessions of all that it starts bear: SessionEntry::launch.
    std::uint64_t launch() const { return launch_; }
    /// The reading end of its standard output, or -1. Stays this object's.
    int output() const { return output_.get(); }

    /// Its events, from the first one on, once it shares them; nullptr while it does not yet. Never blocks. A child of
    /// the command's counts as well ("sh -c ..."). Throws SourceError when the command ended without having begun.
    std::unique_ptr<LiveSource> try_open();
    /// try_open() until there is something. Throws SourceError after `patience`, too; the process then runs on.
    std::unique_ptr<LiveSource> open(std::optional<std::chrono::milliseconds> patience = std::nullopt);

    bool running() const;
    /// Sends a signal to the command, to what it has started (a shell hands none on), and to all that it has started
    /// and that share events still. Without a process group of its own: it may read from our terminal.
    void terminate(int signal_number);
    /// Waits for its end. The exit code; a signal's is negative.
    int wait();

  private:
    std::string find_session_file() const;

    std::string program_;
    int pid_ = -1;
    ring::FileDescriptor output_;
    /// What tells the sessions of this launch: handed down to all that the command starts, however briefly it lives.
    std::uint64_t launch_;
    std::optional<int> exit_code_;
};

}  // namespace awaitscope
