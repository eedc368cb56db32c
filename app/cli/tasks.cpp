// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/cli/commands.hpp"
#include "app/cli/interrupt.hpp"
#include "app/cli/recording.hpp"
#include "app/cli/standard_output.hpp"
#include "instrumentation/exporter/task_list.hpp"
#include "instrumentation/source/open_source.hpp"

namespace awaitscope::cli {
namespace {

/// All events of a recording; of a process what its rings hold, up to its answer to our asking who is alive. A loop
/// that is blocked does not answer: we wait no longer than `patience` for it.
void read_all(EventSource& source, Symbols& symbols, Trace& trace) {
    constexpr std::size_t batch = 1 << 16;
    constexpr std::chrono::milliseconds patience{500}, pause{10};
    const auto begin = std::chrono::steady_clock::now();
    const Interrupts interrupts;
    std::vector<Event> events;
    bool answered = false;
    while (interrupts.count() == 0) {
        events.clear();
        const SourceState state = source.read(symbols, events, batch);
        trace.append(events);
        answered |= std::ranges::any_of(events, [](const Event& e) { return e.kind() == EventKind::snapshot_end; });
        if (state == SourceState::ended) return;
        if (state == SourceState::more) continue;
        if (answered || std::chrono::steady_clock::now() - begin > patience) return;
        interrupts.wait(pause);
    }
}

/// The last event not after a time; no_event where there is none.
EventIndex cursor_at(const Trace& trace, std::optional<Duration> at) {
    const EventIndex end = at ? trace.first_at_or_after(at->count() + 1) : trace.event_count();
    return end == 0 ? no_event : end - 1;
}

}  // namespace

int execute(const TasksOptions& options) {
    const auto source = open_source(options.target);
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    read_all(*source, *symbols, trace);
    const EventIndex cursor = cursor_at(trace, options.at);
    StandardOutput out;
    out.write(options.json ? task_list_json(trace, cursor) : task_list_text(trace, cursor));
    out.flush();
    tell_notes(*source);
    return 0;
}

}  // namespace awaitscope::cli
