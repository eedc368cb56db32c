// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "instrumentation/trace/trace.hpp"
#include "tests/bench/scale/figures.hpp"
#include "ui/model/event_matcher.hpp"
#include "ui/model/task_rows.hpp"

namespace awaitscope::bench {
namespace {

double search_ms(const Trace& trace, const ui::EventFilter& filter) {
    constexpr EventIndex slice = 1 << 15;  // as EventSearch takes them
    const Stopwatch watch;
    ui::EventMatcher matcher(filter);
    std::vector<std::uint32_t> hits;
    for (EventIndex first = 0; first < trace.event_count(); first += slice)
        matcher.find(trace, first, std::min(trace.event_count(), first + slice), hits);
    return watch.milliseconds();
}

}  // namespace

SearchFigures search_times(const Trace& trace) {
    SearchFigures figures;
    for (const char* text : {"nothing like it", "running", "sleep", "7"})
        figures.text_ms = std::max(figures.text_ms, search_ms(trace, {.text = text}));
    KindSet kinds;
    kinds.set(static_cast<std::size_t>(EventKind::output));
    figures.kind_ms = search_ms(trace, {.kinds = kinds});

    ui::TaskQuery query;
    query.cursor = trace.event_count() - 1;
    query.count = trace.task_count_at(query.cursor);
    const ui::LookAtTrace look = [&](const std::function<void(const Trace&)>& use) { use(trace); };
    for (const auto column : {ui::TaskColumn::name, ui::TaskColumn::running, ui::TaskColumn::waits_for}) {
        query.sorted_by = column;
        const Stopwatch watch;
        ui::taskRows(look, query, [] { return false; });
        figures.tasks_ms = std::max(figures.tasks_ms, watch.milliseconds());
    }
    return figures;
}

}  // namespace awaitscope::bench
