// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/trace/task_table.hpp"

#include <algorithm>

namespace awaitscope {

TaskIndex TaskTable::find(Id id) const {
    static_assert(IdMap::none == no_task);
    return by_id_.find(id);
}

void TaskTable::prefetch_task(TaskIndex task) const {
    const char* bytes = reinterpret_cast<const char*>(&(*this)[task]);
    __builtin_prefetch(bytes, 1);
    __builtin_prefetch(bytes + 64, 1);
}

void TaskTable::prefetch_spans(TaskIndex task) const {
    (*this)[task].spans.prefetch();
}

TaskIndex TaskTable::add(Id id, std::uint16_t loop, EventIndex event, bool older) {
    const auto index = static_cast<TaskIndex>(size_);
    if (size_ % TaskList::chunk_size == 0) chunks_.emplace_back().reserve(TaskList::chunk_size);
    Task& task = chunks_.back().emplace_back(events_);
    ++size_;
    children_.emplace_back();
    by_id_.put(id, index);
    task.id = id;
    task.loop = loop;
    task.older = older;
    task.created_event = event;
    task.created = events_.time(event);
    return index;
}

void TaskTable::describe(TaskIndex index, const Event& event, EventIndex at) {
    Task& task = task_at(index);
    if (task.name == 0) task.name = event.b;
    if (task.definition == 0) task.definition = event.c;
    if (task.parent != no_task) return;
    const TaskIndex parent = find(event.a);
    if (parent >= index) return;  // unknown, itself, or younger: a claim that cannot be
    task.parent = parent;
    task.depth = static_cast<std::uint16_t>(std::min((*this)[parent].depth + 1, 0xffff));
    Children& children = children_[parent];
    (children.last == no_task ? task_at(parent).first_child : task_at(children.last).next_sibling) = index;
    children.last = index;
    if (++children.count > small_family) add_to_family(parent, index, at);
}

void TaskTable::add_to_family(TaskIndex parent, TaskIndex child, EventIndex event) {
    const Id key = Id{parent} + 1;
    std::uint32_t number = family_of_.find(key);
    if (number != IdMap::none) {
        families_[number].open((*this)[child].id, event);
        return;
    }
    // It has just outgrown the small ones: those before are noted, too.
    number = static_cast<std::uint32_t>(families_.size());
    family_of_.put(key, number);
    IntervalIndex& family = families_.emplace_back();
    std::vector<TaskIndex> members;
    for (TaskIndex i = (*this)[parent].first_child; i != child; i = (*this)[i].next_sibling) members.push_back(i);
    std::ranges::sort(members);  // one whose parent was learnt late stands behind younger ones
    for (TaskIndex i : members) {
        const Task& task = (*this)[i];
        family.open(task.id, task.created_event);
        if (is_done(task.state)) family.close(task.id, task.done_event);
    }
    family.open((*this)[child].id, event);
}

std::vector<TaskIndex> TaskTable::living_children(TaskIndex parent, EventIndex cursor) const {
    std::vector<TaskIndex> living;
    if (const std::uint32_t family = family_of_.find(Id{parent} + 1); family != IdMap::none) {
        for (EventIndex event : families_[family].open_at(cursor)) living.push_back(find(events_[event].task()));
        return living;
    }
    for (TaskIndex i = (*this)[parent].first_child; i != no_task; i = (*this)[i].next_sibling) {
        const TaskState state = change_at(i, cursor).state;
        if (state != TaskState::unborn && !is_done(state)) living.push_back(i);
    }
    return living;
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
    const Nanoseconds now = events_.time(event);
    const Nanoseconds waited = !task.spans.empty() && task.state == TaskState::waiting ? now - task.since : 0;
    end_span(task, now);
    task.on = task.spans.push_back(event, task.on, waited, task);
    task.state = state;
    task.since = now;
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
    if (task.parent == no_task || children_[task.parent].count <= small_family) return;
    families_[family_of_.find(Id{task.parent} + 1)].close(task.id, event);
}

void TaskTable::take_sums(TaskIndex index, const Task& before) {
    Task& task = task_at(index);
    static_cast<SpanTotals&>(task) = before;
    task.spans.take_sums(before.spans);
}

TaskTable::Change TaskTable::change_at(TaskIndex index, EventIndex cursor) const {
    const Task& task = (*this)[index];
    if (cursor == no_event || cursor < task.created_event) return {};
    if (task.done_event <= cursor) return {task.end_state, task.done_event};
    const std::size_t begun = task.spans.count_until(cursor);
    if (begun == 0) return {};
    return {task.spans.state_of(begun - 1), task.spans.event_of(begun - 1)};
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
    std::size_t bytes = chunks_.size() * TaskList::chunk_size * sizeof(Task) + children_.capacity() * sizeof(Children) +
                        by_id_.memory_bytes() + family_of_.memory_bytes();
    for (const IntervalIndex& family : families_) bytes += sizeof family + family.memory_bytes();
    for (const Task& task : all()) bytes += task.spans.memory_bytes();
    return bytes + done_events_.memory_bytes();
}

}  // namespace awaitscope
