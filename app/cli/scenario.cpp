// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/scenarios/scenario.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/recording.hpp"
#include "app/cli/standard_output.hpp"
#include "app/gui/application.hpp"
#include "app/gui/scenario_run.hpp"
#include "ui/scenario/scenario_catalog.hpp"

namespace awaitscope::cli {
namespace {

void list_names() {
    StandardOutput out;
    for (const auto& scenario : scenarios::all()) out.write(fmt::format("{}\n", scenario.name));
    out.flush();
}

void list_titles() {
    StandardOutput out;
    for (const auto& entry : ui::scenarioCatalog()) {
        if (!scenarios::find(entry.name.toStdString())) continue;
        out.write(fmt::format("{:<20} {} ({} min)\n{:<20} {}\n", entry.name.toStdString(), entry.story.title,
                              entry.story.minutes, "", entry.story.summary));
    }
    out.flush();
}

/// The program itself, in this process: it is what the other ways start as a child.
void run_here(const scenarios::Scenario& scenario, bool real_clock) {
    scenario.run({.clock = real_clock ? asyncio::Clock::real : asyncio::Clock::virtual_time, .name = scenario.name});
    if (const int error = scenarios::print_error()) StandardOutput::fail(error);
}

/// Reads to the end, lest the writer should wait; what comes goes to our stdout while that takes it, or nowhere. Gives
/// the errno of the write that failed, or 0.
int pass_on(int from, bool to_stdout) {
    int error = 0;
    char buffer[1 << 12];
    for (ssize_t n; (n = read(from, buffer, sizeof buffer)) > 0;) {
        const char* begin = buffer;
        while (to_stdout && error == 0 && n > 0) {
            const ssize_t written = write(STDOUT_FILENO, begin, static_cast<std::size_t>(n));
            if (written < 0) {
                if (errno != EINTR) error = errno;
                continue;
            }
            begin += written;
            n -= written;
        }
    }
    return error;
}

/// Runs it in a child and records that; its output is passed on, or dropped.
void record_run(const ScenarioOptions& options) {
    require_writable(options.output);
    const Interrupts interrupts;
    ScenarioRun run(options.name, options.real_clock);
    int output_error = 0;
    {
        const std::jthread drain([&] { output_error = pass_on(run.output(), options.headless); });
        record_into(options.output, {}, run, true, [&] { return interrupts.count() > 0; });
        if (interrupts.count()) run.end();
    }
    if (output_error) StandardOutput::fail(output_error);
}

}  // namespace

int execute(const ScenarioOptions& options) {
    if (options.names)
        list_names();
    else if (options.name.empty())
        list_titles();
    if (options.names || options.name.empty()) return 0;

    const scenarios::Scenario* scenario = scenarios::find(options.name);
    if (!scenario)
        throw Failure(fmt::format("there is no scenario '{}'; awaitscope scenario lists them", options.name));
    if (!options.output.empty())
        record_run(options);
    else if (options.headless)
        run_here(*scenario, options.real_clock);
    else
        return gui::show_scenario(options.name, options.real_clock, options.speed);
    return 0;
}

}  // namespace awaitscope::cli
