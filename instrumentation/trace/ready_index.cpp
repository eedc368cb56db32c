// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/ready_index.hpp"

#include <algorithm>
#include <utility>

namespace awaitscope {

void ReadyIndex::began(TaskIndex task) {
    ended(task);
    if (task >= place_of_.size()) place_of_.resize(task + std::size_t{1}, nowhere);
    place_of_[task] = static_cast<std::uint32_t>(now_.size());
    now_.push_back(task);
}

void ReadyIndex::ended(TaskIndex task) {
    if (task >= place_of_.size() || place_of_[task] == nowhere) return;
    now_[std::exchange(place_of_[task], nowhere)] = no_task;
}

void ReadyIndex::note(EventIndex now) {
    std::erase(now_, no_task);
    checkpoints_.push_back({now, noted_.size()});
    for (std::uint32_t i = 0; i < now_.size(); ++i) {
        place_of_[now_[i]] = i;
        noted_.push_back(now_[i]);
    }
    next_note_ = now + std::max<EventIndex>(spacing_min, now_.size());
}

std::span<const TaskIndex> ReadyIndex::noted(std::size_t checkpoint) const {
    const std::size_t first = checkpoints_[checkpoint].first;
    const std::size_t last = checkpoint + 1 < checkpoints_.size() ? checkpoints_[checkpoint + 1].first : noted_.size();
    return std::span(noted_.begin() + first, last - first);
}

std::size_t ReadyIndex::checkpoints_until(EventIndex cursor) const {
    const auto after = std::ranges::upper_bound(checkpoints_, cursor, {}, &Checkpoint::event);
    return static_cast<std::size_t>(after - checkpoints_.begin());
}

TaskIndex ReadyIndex::task_of(EventIndex event, EventIndex cursor, TaskState state) const {
    switch (events_.kind(event)) {
        case EventKind::task_created:
        case EventKind::task_alive:
        case EventKind::task_ready:
        case EventKind::task_suspended:
            if (state != TaskState::ready) return no_task;
            break;
        case EventKind::task_running:
            if (state != TaskState::running) return no_task;
            break;
        default:
            return no_task;
    }
    const TaskIndex task = tasks_.find(events_[event].task());
    if (task == no_task) return no_task;
    return tasks_.change_at(task, cursor) == TaskTable::Change{state, event} ? task : no_task;
}

std::vector<TaskIndex> ReadyIndex::ready_at(EventIndex cursor) const {
    std::vector<TaskIndex> queue;
    if (cursor == no_event || events_.size() == 0) return queue;
    cursor = std::min(cursor, events_.size() - 1);
    EventIndex from = 0;
    if (const std::size_t count = checkpoints_until(cursor); count > 0) {
        from = checkpoints_[count - 1].event + 1;
        for (TaskIndex task : noted(count - 1)) {
            const TaskTable::Change change = tasks_.change_at(task, cursor);
            // One that became ready anew since stands further back: the events tell.
            if (change.state == TaskState::ready && change.event < from) queue.push_back(task);
        }
    }
    for (EventIndex i = from; i <= cursor; ++i)
        if (const TaskIndex task = task_of(i, cursor, TaskState::ready); task != no_task) queue.push_back(task);
    return queue;
}

TaskIndex ReadyIndex::running_at(EventIndex cursor, std::uint16_t loop) const {
    if (cursor == no_event || events_.size() == 0) return no_task;
    cursor = std::min(cursor, events_.size() - 1);
    const auto fits = [&](EventIndex event) { return loop == 0 || events_[event].loop() == loop; };
    const std::size_t count = checkpoints_until(cursor);
    const EventIndex from = count > 0 ? checkpoints_[count - 1].event + 1 : 0;
    for (EventIndex i = cursor + 1; i-- > from;) {
        if (events_.kind(i) != EventKind::task_running || !fits(i)) continue;
        if (const TaskIndex task = task_of(i, cursor, TaskState::running); task != no_task) return task;
    }
    if (count == 0) return no_task;
    const std::span<const TaskIndex> before = noted(count - 1);
    for (auto task = before.rbegin(); task != before.rend(); ++task) {
        const TaskTable::Change change = tasks_.change_at(*task, cursor);
        if (change.state == TaskState::running && change.event < from && fits(change.event)) return *task;
    }
    return no_task;
}

std::size_t ReadyIndex::memory_bytes() const {
    return now_.capacity() * 4 + place_of_.capacity() * 4 + checkpoints_.memory_bytes() + noted_.memory_bytes();
}

}  // namespace awaitscope
