// SPDX-License-Identifier: GPL-3.0-or-later
// How a trace begins where another stands, so that the other's oldest events may be let go.
#include <algorithm>
#include <map>

#include "instrumentation/source/symbol_mover.hpp"
#include "instrumentation/trace/trace_state.hpp"

namespace awaitscope {
namespace {

/// How a task came to be, as an event: what was learnt of it since, too.
Event introduction(const Task& task, const TaskTable& tasks) {
    const EventKind kind = task.older ? EventKind::task_alive : EventKind::task_created;
    const Id parent = task.parent == no_task ? 0 : tasks[task.parent].id;
    return {Event::pack(kind, task.loop, task.id), static_cast<std::uint64_t>(task.created), parent, task.name,
            task.definition};
}

/// Whether the last span is what it is only after the one before it: a task was not ready before it became so, and the
/// step that ended in a suspension tells of a gather's children and of waits announced.
bool rests_on_span_before(const Task& task) {
    return task.state == TaskState::ready || task.on == WaitKind::gather || task.on == WaitKind::future;
}

}  // namespace

std::vector<Event> Trace::State::surviving() const {
    const EventIndex last = events.size() - 1;
    // By number; what was made up of an event stands before that event.
    std::vector<Survivor> found;
    const auto keep = [&](EventIndex index) { found.push_back({index, true, events[index]}); };
    const auto keep_span = [&](const Task& task, std::size_t i) {
        const EventIndex began = task.spans.event_of(i);
        if (is_introduction(events.kind(began))) return;
        Event event = events[began];
        if (event.task() != task.id) {  // a loss, or a turn of the loop, that showed its step to have ended
            event.head = Event::pack(EventKind::task_suspended, task.loop, task.id);
            event.a = event.b = event.c = 0;
        }
        found.push_back({began, true, event});
    };
    for (const Loop& loop : loops)
        if (loop.started != no_event) keep(loop.started);
    for (const Task& task : tasks.all()) {
        if (is_done(task.state)) continue;
        found.push_back({task.created_event, false, introduction(task, tasks)});
        const std::size_t current = task.spans.size() - 1;
        if (current > 0 && rests_on_span_before(task)) keep_span(task, current - 1);
        keep_span(task, current);
    }
    for (EventIndex index : timers.open_at(last)) keep(index);
    for (EventIndex index : watches.open_at(last)) keep(index);
    for (const IoTrack& track : io.all())
        if (track.closed == open_end) keep(track.events.front());
    primitives.surviving(last, folded.begin == no_event ? 0 : folded.begin, found);
    const auto place = [](const Survivor& survivor) { return std::pair(survivor.index, survivor.as_it_was); };
    std::ranges::stable_sort(found, {}, place);
    const auto twice = std::ranges::unique(found, [&](const Survivor& a, const Survivor& b) {
        return place(a) == place(b) && a.event.task() == b.event.task();
    });
    found.erase(twice.begin(), twice.end());
    std::vector<Event> survivors;
    for (const Survivor& survivor : found) survivors.push_back(survivor.event);
    return survivors;
}

void Trace::State::begin_after(const State& before, SymbolMover& mover) {
    if (before.events.size() == 0) return;
    for (Event& event : before.surviving()) {
        mover.move(event);
        append(event, no_task);
    }
    folded = before.folded;
    for (Folded::Tasks& tasks_of_one : folded.tasks) tasks_of_one.definition = mover.place(tasks_of_one.definition);
    if (before.folded.begin == no_event) folded.since = before.events.time(0);
    folded.events += before.events.size() - (before.folded.begin == no_event ? 0 : before.folded.begin + 1);
    folded.begin = events.size();
    append({Event::pack(EventKind::recording_begins, 0, 0),
            static_cast<std::uint64_t>(before.events.time(before.events.size() - 1)), folded.events},
           no_task);
    for (const Task& task : before.tasks.all())
        if (const TaskIndex here = tasks.find(task.id); here != no_task) tasks.take_sums(here, task);
    io.take_sums(before.io);
    lost = before.lost;
    // A snapshot that was going on tells nothing here; a loss that the next one is to make good is still one.
    for (std::size_t i = 0; i < before.loops.size(); ++i)
        if (before.now_[i].lost_when_last_complete != before.losses.size())
            now_[loop_of(before.loops[i].number)].lost_when_last_complete = no_event;
    add_ended(before.tasks.all(), mover);
}

void Trace::State::add_ended(TaskList tasks_before, SymbolMover& mover) {
    std::map<PlaceId, std::size_t> by_definition;
    for (std::size_t i = 0; i < folded.tasks.size(); ++i) by_definition[folded.tasks[i].definition] = i;
    for (const Task& task : tasks_before) {
        if (!is_done(task.state)) continue;
        const PlaceId definition = mover.place(task.definition);
        const auto [at, added] = by_definition.try_emplace(definition, folded.tasks.size());
        if (added) folded.tasks.emplace_back().definition = definition;
        Folded::Tasks& sum = folded.tasks[at->second];
        ++sum.count;
        sum.resumed += task.resumed;
        sum.running_ns = sum_of(sum.running_ns, task.running_ns);
        sum.ready_ns = sum_of(sum.ready_ns, task.ready_ns);
        sum.waiting_ns = sum_of(sum.waiting_ns, task.waiting_ns);
    }
}

}  // namespace awaitscope
