// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/task_table.hpp"

#include <algorithm>

namespace awaitscope {

TaskIndex TaskTable::find(Id id) const {
    static_assert(IdMap::none == no_task);
    return by_id_.find(id);
}

void TaskTable::prefetch_task(Id id) const {
    const TaskIndex task = find(id);
    if (task == no_task) return;
    const char* bytes = reinterpret_cast<const char*>(&(*this)[task]);
    for (std::size_t i = 0; i < sizeof(Task); i += 64) __builtin_prefetch(bytes + i, 1);
}

void TaskTable::prefetch_spans(Id id) const {
    const TaskIndex task = find(id);
    if (task != no_task) (*this)[task].spans.prefetch();
}

TaskIndex TaskTable::add(Id id, std::uint16_t loop, EventIndex event, bool older) {
    const auto index = static_cast<TaskIndex>(size_);
    if (size_ % TaskList::chunk_size == 0) chunks_.emplace_back().reserve(TaskList::chunk_size);
    Task& task = chunks_.back().emplace_back(events_);
    ++size_;
    last_child_.push_back(no_task);
    by_id_.put(id, index);
    task.id = id;
    task.loop = loop;
    task.older = older;
    task.created_event = event;
    task.created = events_.time(event);
    return index;
}

void TaskTable::describe(TaskIndex index, const Event& event) {
    Task& task = task_at(index);
    if (task.name == 0) task.name = event.b;
    if (task.definition == 0) task.definition = event.c;
    if (task.parent != no_task) return;
    const TaskIndex parent = find(event.a);
    if (parent >= index) return;  // unknown, itself, or younger: a claim that cannot be
    task.parent = parent;
    task.depth = static_cast<std::uint16_t>(std::min((*this)[parent].depth + 1, 0xffff));
    TaskIndex& last = last_child_[parent];
    (last == no_task ? task_at(parent).first_child : task_at(last).next_sibling) = index;
    last = index;
}

void TaskTable::end_span(Task& task, Nanoseconds now) {
    if (task.spans.empty()) return;
    const Nanoseconds length = now - task.since;
    switch (task.state) {
        case TaskState::ready:
            task.ready_ns += length;
            break;
        case TaskState::running:
            task.running_ns += length;
            break;
        default:
            task.waiting_ns += length;
            break;
    }
}

void TaskTable::change(TaskIndex index, TaskState state, EventIndex event) {
    Task& task = task_at(index);
    end_span(task, events_.time(event));
    task.spans.push_back(event);
    task.state = state;
    task.since = events_.time(event);
    if (state == TaskState::running) ++task.resumed;
}

void TaskTable::end(TaskIndex index, EventIndex event, TaskState state, StringId error) {
    Task& task = task_at(index);
    end_span(task, events_.time(event));
    task.spans.close(event);
    task.done_event = event;
    task.done = events_.time(event);
    task.state = state;
    task.end_state = state;
    task.error = error;
    done_events_.push_back(event);
}

TaskMoment TaskTable::at(TaskIndex index, EventIndex cursor) const {
    const Task& task = (*this)[index];
    if (cursor == no_event || cursor < task.created_event) return {};
    if (task.done_event <= cursor) return {task.end_state, std::nullopt};
    const std::size_t begun = task.spans.count_until(cursor);
    if (begun == 0) return {};
    const Span span = task.spans[begun - 1];
    return {span.state, span};
}

std::uint64_t TaskTable::alive_at(EventIndex cursor) const {
    return count_until(cursor) - done_events_.count_until(cursor);
}

TaskIndex TaskTable::count_until(EventIndex cursor) const {
    if (cursor == no_event) return 0;
    TaskIndex low = 0, high = static_cast<TaskIndex>(size_);
    while (low < high) {
        const TaskIndex middle = low + (high - low) / 2;
        if ((*this)[middle].created_event <= cursor)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::size_t TaskTable::memory_bytes() const {
    std::size_t bytes =
        chunks_.size() * TaskList::chunk_size * sizeof(Task) + last_child_.capacity() * 4 + by_id_.memory_bytes();
    for (const Task& task : all()) bytes += task.spans.memory_bytes();
    return bytes + done_events_.memory_bytes();
}

}  // namespace awaitscope
