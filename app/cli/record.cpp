// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <csignal>

#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/recording.hpp"
#include "app/cli/standard_output.hpp"
#include "app/tell.hpp"
#include "instrumentation/exporter/event_text.hpp"
#include "instrumentation/source/chunk_writer.hpp"
#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/session_group.hpp"
#include "instrumentation/source/source_error.hpp"

namespace awaitscope::cli {
namespace {

using Clock = std::chrono::steady_clock;

void record_source(EventSource& source, const RecordOptions& options, const std::function<bool()>& stop) {
    const SourceInfo& info = source.info();
    record_into(options.output, {.keep = options.keep}, source, false, stop, [&] {
        const std::string name = printable(info.name);
        tell("recording {} into {}; ctrl-C ends it\n",
             options.pids.size() > 1 ? name : fmt::format("{} ({})", info.pid, name), words_for(options.output));
    });
}

void record_processes(const RecordOptions& options, const Interrupts& interrupts) {
    std::vector<std::string> targets;
    for (const int pid : options.pids) targets.push_back(std::to_string(pid));
    const auto source = open_targets(targets);
    const auto begin = Clock::now();
    record_source(*source, options, [&] {
        return interrupts.count() > 0 || (options.length && Clock::now() - begin >= *options.length);
    });
}

/// Ends a command in as many steps as it needs.
class Ending {
  public:
    Ending(LaunchedProcess& process, const Interrupts& interrupts) : process_(process), interrupts_(interrupts) {}

    /// Called now and then, with whether its time is over. An interrupt is handed on, but for the terminal's: the
    /// command has got that already, and a second one would cut short what it does before it ends. What it leaves
    /// behind is told to end after it: a shell's jobs in the background take no notice of ctrl-C. A second one kills.
    void go_on(bool time_is_over) {
        const int interrupts = interrupts_.count();
        if (step_ == Step::runs && interrupts > 0) {
            step_ = Step::ends;
            if (!interrupts_.by_terminal()) process_.terminate(interrupts_.signal());
            tell("process {} is recorded to its end; ctrl-C kills it\n", process_.pid());
        } else if (step_ == Step::runs && time_is_over) {
            step_ = Step::ends;
            process_.terminate(SIGTERM);
        }
        if (step_ == Step::ends && !process_.running()) {
            step_ = Step::left;
            process_.terminate(SIGTERM);
        }
        // What was started while it was killed is killed the next time.
        if (interrupts > 1) process_.terminate(SIGKILL);
    }

  private:
    enum class Step { runs, ends, left };

    LaunchedProcess& process_;
    const Interrupts& interrupts_;
    Step step_ = Step::runs;
};

/// The events of a command just started, and of what it starts, once the first of them shares some.
std::unique_ptr<EventSource> wait_for_session(const std::shared_ptr<LaunchedProcess>& process,
                                              const Interrupts& interrupts, Ending& ending) {
    constexpr std::chrono::milliseconds pause{5};
    while (interrupts.count() == 0) {
        if (auto first = process->try_open()) return open_launch(process, std::move(first));
        interrupts.wait(pause);
    }
    while (process->running()) {
        ending.go_on(false);
        interrupts.wait(pause);
    }
    throw Failure("interrupted before the command shared an event; nothing was recorded");
}

void record_command(const RecordOptions& options, const Interrupts& interrupts) {
    LaunchOptions launch;
    launch.command = options.command;
    launch.output_to_stderr = options.output == recording::standard_output;
    const auto process = std::make_shared<LaunchedProcess>(launch);
    Ending ending(*process, interrupts);
    const auto source = wait_for_session(process, interrupts, ending);
    const auto begin = Clock::now();
    try {
        // The command and what it started are recorded to their ends; a third ctrl-C does not wait for that.
        record_source(*source, options, [&] {
            ending.go_on(options.length && Clock::now() - begin >= *options.length);
            return interrupts.count() > 2;
        });
    } catch (const ReaderGone&) {
        process->terminate(SIGTERM);
        throw;
    }
}

}  // namespace

int execute(const RecordOptions& options) {
    require_writable(options.output);
    const Interrupts interrupts;
    try {
        if (options.command.empty())
            record_processes(options, interrupts);
        else
            record_command(options, interrupts);
    } catch (const ReaderGone&) {
        throw OutputClosed();
    }
    return 0;
}

}  // namespace awaitscope::cli
