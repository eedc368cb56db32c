// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <csignal>

#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/recording.hpp"
#include "instrumentation/source/chunk_writer.hpp"
#include "instrumentation/source/launch.hpp"
#include "instrumentation/source/session_directory.hpp"

namespace awaitscope::cli {
namespace {

using Clock = std::chrono::steady_clock;

void record_source(EventSource& source, const RecordOptions& options, const std::function<bool()>& stop) {
    const SourceInfo& info = source.info();
    record_into(options.output, {.keep = options.keep}, source, false, stop, [&] {
        fmt::print(stderr, "recording {} ({}) into {}; ctrl-C ends it\n", info.pid, info.name,
                   options.output == recording::standard_output ? "standard output" : options.output);
    });
}

void record_process(const RecordOptions& options, const Interrupts& interrupts) {
    LiveSource source(find_session(options.pid));
    const auto begin = Clock::now();
    record_source(source, options, [&] {
        return interrupts.count() > 0 || (options.length && Clock::now() - begin >= *options.length);
    });
}

/// The events of a command just started, once it shares them.
std::unique_ptr<EventSource> wait_for_session(LaunchedProcess& process, const Interrupts& interrupts) {
    constexpr std::chrono::milliseconds pause{5};
    while (interrupts.count() == 0) {
        if (auto source = process.try_open()) return source;
        interrupts.wait(pause);
    }
    process.terminate(SIGTERM);
    throw Failure("interrupted before the command shared an event; nothing was recorded");
}

void record_command(const RecordOptions& options, const Interrupts& interrupts) {
    LaunchOptions launch;
    launch.command = options.command;
    launch.output_to_stderr = options.output == recording::standard_output;
    LaunchedProcess process(launch);
    const auto source = wait_for_session(process, interrupts);
    const auto begin = Clock::now();
    bool told_to_end = false;
    // When it is over the command is told to end, and recorded to its end; a second ctrl-C does not wait for that.
    record_source(*source, options, [&] {
        const bool over = interrupts.count() || (options.length && Clock::now() - begin >= *options.length);
        if (over && !told_to_end) {
            told_to_end = true;
            process.terminate(SIGTERM);
        }
        return interrupts.count() > 1;
    });
}

}  // namespace

int execute(const RecordOptions& options) {
    require_writable(options.output);
    const Interrupts interrupts;
    if (options.command.empty())
        record_process(options, interrupts);
    else
        record_command(options, interrupts);
    return 0;
}

}  // namespace awaitscope::cli
