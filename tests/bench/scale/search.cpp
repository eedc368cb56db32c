// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QEventLoop>
#include <algorithm>

#include "tests/bench/scale/figures.hpp"
#include "ui/model/event_search.hpp"

namespace awaitscope::bench {
namespace {

/// Until the last hit is there, and what is lost by then.
double search_ms(ui::EventSearch& search, const ui::EventFilter& filter, double& cancel_ms) {
    const Stopwatch watch = Stopwatch::of_all_threads();
    search.start(filter);
    while (search.busy()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const double whole = watch.milliseconds();
    // Once more, and when it is in the midst of it something else is wanted.
    search.start(filter);
    while (search.busy() && search.progress() < 0.3) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const Stopwatch cancel(CLOCK_MONOTONIC);
    search.stop();
    cancel_ms = std::max(cancel_ms, cancel.milliseconds());
    return whole;
}

}  // namespace

SearchFigures search_times(ui::TraceSession& session) {
    SearchFigures figures;
    ui::EventSearch search(session);
    for (const char* text : {"nothing like it", "running", "sleep", "7"}) {
        const double ms = search_ms(search, {.text = text}, figures.cancel_ms);
        if (ms <= figures.text_ms) continue;
        figures.text_ms = ms;
        figures.slowest = text;
    }
    KindSet kinds;
    kinds.set(static_cast<std::size_t>(EventKind::output));
    figures.kind_ms = search_ms(search, {.kinds = kinds}, figures.cancel_ms);
    return figures;
}

}  // namespace awaitscope::bench
