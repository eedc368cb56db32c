// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/ready_index.hpp"

#include <algorithm>

namespace awaitscope {

void ReadyIndex::began(TaskIndex task, EventIndex event) {
    recent_.push_back({task, static_cast<std::uint32_t>(event)});
}

void ReadyIndex::note(EventIndex now) {
    std::erase_if(recent_, [&](const Candidate& candidate) {
        const TaskMoment moment = tasks_.at(candidate.task, now);
        return !moment.span || moment.span->event != candidate.event;
    });
    checkpoints_.push_back({now, noted_.size()});
    for (const Candidate& candidate : recent_) noted_.push_back(candidate.task);
    next_note_ = now + std::max<EventIndex>(spacing_min, 4 * recent_.size());
}

std::span<const TaskIndex> ReadyIndex::noted(std::size_t checkpoint) const {
    const std::size_t first = checkpoints_[checkpoint].first;
    const std::size_t last = checkpoint + 1 < checkpoints_.size() ? checkpoints_[checkpoint + 1].first : noted_.size();
    return std::span(noted_).subspan(first, last - first);
}

template <class Take>
void ReadyIndex::visit(EventIndex cursor, TaskState state, Take take) const {
    if (cursor == no_event || events_.size() == 0) return;
    cursor = std::min(cursor, events_.size() - 1);
    const auto consider = [&](TaskIndex task) {
        const TaskMoment moment = tasks_.at(task, cursor);
        if (moment.state == state) take(task, *moment.span);
    };
    EventIndex from = 0;
    const auto after = std::ranges::upper_bound(checkpoints_, cursor, {}, &Checkpoint::event);
    if (after != checkpoints_.begin()) {
        const auto checkpoint = static_cast<std::size_t>(after - checkpoints_.begin()) - 1;
        for (TaskIndex task : noted(checkpoint)) consider(task);
        from = checkpoints_[checkpoint].event + 1;
    }
    for (EventIndex i = from; i <= cursor; ++i) {
        switch (events_[i].kind()) {
            case EventKind::task_created:
            case EventKind::task_alive:
            case EventKind::task_ready:
            case EventKind::task_running:
            case EventKind::task_suspended: {
                const TaskIndex task = tasks_.find(events_[i].task());
                if (task != no_task) consider(task);
                break;
            }
            default:
                break;
        }
    }
}

std::vector<TaskIndex> ReadyIndex::ready_at(EventIndex cursor) const {
    std::vector<Candidate> found;
    visit(cursor, TaskState::ready, [&](TaskIndex task, const Span& span) {
        found.push_back({task, static_cast<std::uint32_t>(span.event)});
    });
    std::ranges::sort(found, {}, &Candidate::event);
    std::vector<TaskIndex> queue;
    for (const Candidate& candidate : found)
        if (queue.empty() || queue.back() != candidate.task) queue.push_back(candidate.task);
    return queue;
}

TaskIndex ReadyIndex::running_at(EventIndex cursor, std::uint16_t loop) const {
    TaskIndex innermost = no_task;
    EventIndex latest = 0;
    visit(cursor, TaskState::running, [&](TaskIndex task, const Span& span) {
        if (loop != 0 && events_[span.event].loop() != loop) return;
        if (innermost != no_task && span.event < latest) return;
        innermost = task;
        latest = span.event;
    });
    return innermost;
}

std::size_t ReadyIndex::memory_bytes() const {
    return recent_.capacity() * sizeof(Candidate) + checkpoints_.capacity() * sizeof(Checkpoint) +
           noted_.capacity() * 4;
}

}  // namespace awaitscope
