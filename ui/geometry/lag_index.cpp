// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/lag_index.hpp"

#include <algorithm>

namespace awaitscope::ui {

Nanoseconds lagOf(const Trace& trace, EventIndex index) {
    const Event event = trace.event(index);
    if (event.kind() != EventKind::task_running) return 0;
    const TaskIndex task = trace.find_task(event.task());
    if (task == no_task) return 0;
    const SpanList& spans = trace.tasks()[task].spans;
    const std::size_t i = spans.count_until(index);
    if (i < 2 || spans.event_of(i - 1) != index || spans.state_of(i - 2) != TaskState::ready) return 0;
    return static_cast<Nanoseconds>(event.time) - trace.time_at(spans.event_of(i - 2));
}

bool LagIndex::update(const Trace& trace, EventIndex limit) {
    const EventIndex count = trace.event_count();
    const EventIndex end = count - seen_ <= limit ? count : seen_ + limit;
    greatest_of_block_.resize((end + block - 1) / block);
    for (; seen_ < end; ++seen_) {
        Nanoseconds& greatest = greatest_of_block_[seen_ / block];
        greatest = std::max(greatest, lagOf(trace, seen_));
    }
    return seen_ == count;
}

Nanoseconds LagIndex::greatest(const Trace& trace, EventIndex first, EventIndex last) const {
    last = std::min(last, seen_);
    Nanoseconds greatest = 0;
    for (EventIndex i = first; i < last;) {
        if (i % block == 0 && i + block <= last) {
            greatest = std::max(greatest, greatest_of_block_[i / block]);
            i += block;
        } else {
            greatest = std::max(greatest, lagOf(trace, i++));
        }
    }
    return greatest;
}

}  // namespace awaitscope::ui
