// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/running_totals.hpp"

#include <algorithm>

namespace awaitscope::ui {
namespace {

void add(Totals& totals, const Event& event) {
    switch (event.kind()) {
        case EventKind::task_running:
            ++totals.steps;
            break;
        case EventKind::io_read:
            totals.bytes_read += event.a;
            break;
        case EventKind::io_write:
            totals.bytes_written += event.a;
            break;
        default:
            break;
    }
}

}  // namespace

bool RunningTotals::update(const Trace& trace, EventIndex limit) {
    const EventIndex count = trace.event_count();
    const EventIndex end = limit < count - seen_ ? seen_ + limit : count;
    for (; seen_ < end; ++seen_) {
        add(last_, trace.event(seen_));
        if ((seen_ + 1) % stride == 0) checkpoints_.push_back(last_);
    }
    return seen_ == count;
}

Totals RunningTotals::before(const Trace& trace, EventIndex event) const {
    event = std::min(event, seen_);
    Totals totals = checkpoints_[event / stride];
    for (EventIndex i = event / stride * stride; i < event; ++i) add(totals, trace.event(i));
    return totals;
}

}  // namespace awaitscope::ui
