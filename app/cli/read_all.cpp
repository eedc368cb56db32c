// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/read_all.hpp"

#include <algorithm>
#include <chrono>

#include "app/cli/interrupt.hpp"

namespace awaitscope::cli {

void read_all(const std::string& target, EventSource& source, Symbols& symbols, Trace& trace) {
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
        const bool is_over = answered || std::chrono::steady_clock::now() - begin > patience;
        if (is_over && target != "-") break;
        interrupts.wait(pause);
    }
    events.clear();
    source.finish(symbols, events);
    trace.append(events);
}

}  // namespace awaitscope::cli
