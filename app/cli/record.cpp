// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <csignal>

#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/recording.hpp"
#include "app/cli/standard_output.hpp"
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
        fmt::print(stderr, "recording {} into {}; ctrl-C ends it\n",
                   options.pids.size() > 1 ? name : fmt::format("{} ({})", info.pid, name),
                   options.output == recording::standard_output ? "standard output" : options.output);
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

/// The events of a command just started, and of what it starts, once the first of them shares some.
std::unique_ptr<EventSource> wait_for_session(const std::shared_ptr<LaunchedProcess>& process,
                                              const Interrupts& interrupts) {
    constexpr std::chrono::milliseconds pause{5};
    while (interrupts.count() == 0) {
        if (auto first = process->try_open()) return open_launch(process, std::move(first));
        interrupts.wait(pause);
    }
    process->terminate(interrupts.signal());
    throw Failure("interrupted before the command shared an event; nothing was recorded");
}

void record_command(const RecordOptions& options, const Interrupts& interrupts) {
    LaunchOptions launch;
    launch.command = options.command;
    launch.output_to_stderr = options.output == recording::standard_output;
    const auto process = std::make_shared<LaunchedProcess>(launch);
    const auto source = wait_for_session(process, interrupts);
    const auto begin = Clock::now();
    bool told_to_end = false;
    // When it is over the command and what it started are told to end, and recorded to their ends; a second ctrl-C does
    // not wait for that.
    const auto stop = [&] {
        const bool over = interrupts.count() || (options.length && Clock::now() - begin >= *options.length);
        if (over && !told_to_end) {
            told_to_end = true;
            process->terminate(SIGTERM);
        }
        return interrupts.count() > 1;
    };
    try {
        record_source(*source, options, stop);
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
