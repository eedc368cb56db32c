// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/read_all.hpp"
#include "app/cli/recording.hpp"
#include "app/cli/standard_output.hpp"
#include "instrumentation/exporter/task_list.hpp"

namespace awaitscope::cli {
namespace {

/// The last event not after a time; no_event where there is none.
EventIndex cursor_at(const Trace& trace, std::optional<Duration> at) {
    const EventIndex end = at ? trace.first_at_or_after(at->count() + 1) : trace.event_count();
    return end == 0 ? no_event : end - 1;
}

}  // namespace

int execute(const TasksOptions& options) {
    // Only from the beginning on all tasks are known, the finished ones too; what comes later is not asked for.
    const auto source = open_whole(options.target, part_of({.from = {}, .to = options.at}));
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    read_all(options.target, *source, *symbols, trace);
    const EventIndex cursor = cursor_at(trace, options.at);
    StandardOutput out;
    out.write(options.json ? task_list_json(trace, cursor) : task_list_text(trace, cursor));
    out.flush();
    tell_notes(*source);
    return 0;
}

}  // namespace awaitscope::cli
