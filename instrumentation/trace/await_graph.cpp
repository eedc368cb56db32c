// SPDX-License-Identifier: GPL-3.0-or-later
// Who waits for whom.
#include <algorithm>
#include <unordered_set>

#include "instrumentation/trace/trace_state.hpp"

namespace awaitscope {

std::vector<TaskIndex> Trace::awaits(TaskIndex task, EventIndex cursor) const {
    const TaskTable& tasks = state_->tasks;
    const TaskMoment moment = tasks.at(task, cursor);
    if (moment.state != TaskState::waiting) return {};
    const auto lives = [&](TaskIndex other) {
        const TaskState state = tasks.change_at(other, cursor).state;
        return state != TaskState::unborn && !is_done(state);
    };
    const Span& span = *moment.span;
    if (const TaskIndex awaited = find_task(span.object); awaited != no_task) {
        if (lives(awaited)) return {awaited};
        return {};
    }
    std::vector<TaskIndex> found;
    switch (span.on) {
        case WaitKind::lock: {
            const TaskIndex owner = state_->primitives.owner_at(span.object, cursor);
            if (owner != no_task) found.push_back(owner);
            break;
        }
        case WaitKind::gather:
            found = gathered(task, cursor);
            std::erase_if(found, [&](TaskIndex child) { return !lives(child); });
            break;
        case WaitKind::group:
            found = tasks.living_children(task, cursor);
            break;
        default:
            break;
    }
    return found;
}

std::vector<TaskIndex> Trace::gathered(TaskIndex task, EventIndex cursor) const {
    const TaskTable& tasks = state_->tasks;
    const TaskMoment moment = tasks.at(task, cursor);
    if (moment.state != TaskState::waiting || moment.span->on != WaitKind::gather) return {};
    const SpanList& spans = tasks[task].spans;
    const std::size_t current = spans.count_until(cursor) - 1;
    if (current == 0) return {};
    // Those made in the step that ended in this wait; or, where a snapshot told of a wait that was there before, those
    // told between the task and its wait.
    const bool told_by_snapshot = current == 1 && tasks[task].older;
    if (!told_by_snapshot && spans.state_of(current - 1) != TaskState::running) return {};
    std::vector<TaskIndex> found;
    const TaskIndex last = tasks.count_until(moment.span->event);
    for (TaskIndex i = tasks.count_until(spans.event_of(current - 1)); i < last; ++i)
        if (tasks[i].parent == task) found.push_back(i);
    return found;
}

std::vector<AwaitLink> Trace::await_chain(TaskIndex task, EventIndex cursor) const {
    std::vector<AwaitLink> chain;
    std::unordered_set<TaskIndex> seen;
    while (task != no_task) {
        const TaskMoment moment = at(task, cursor);
        if (moment.state == TaskState::unborn) break;
        AwaitLink& link = chain.emplace_back();
        link.task = task;
        if (moment.state != TaskState::waiting) break;
        link.on = moment.span->on;
        link.object = moment.span->object;
        link.place = moment.span->place;
        if (!seen.insert(task).second) break;
        const std::vector<TaskIndex> next = awaits(task, cursor);
        task = next.empty() ? no_task : next.front();
    }
    return chain;
}

std::vector<TaskIndex> Trace::awaited_by(TaskIndex task, EventIndex cursor) const {
    const TaskTable& tasks = state_->tasks;
    if (cursor == no_event) return {};
    std::vector<TaskIndex> found = state_->primitives.waiting_for_locks_of(task, cursor);
    for (TaskIndex waiter : state_->awaits.waiters_at(tasks[task].id, cursor)) found.push_back(waiter);
    if (const TaskIndex parent = tasks[task].parent; parent != no_task) {
        const std::vector<TaskIndex> children = awaits(parent, cursor);
        if (std::ranges::find(children, task) != children.end()) found.push_back(parent);
    }
    std::ranges::sort(found);
    const auto twice = std::ranges::unique(found);
    found.erase(twice.begin(), twice.end());
    return found;
}

}  // namespace awaitscope
