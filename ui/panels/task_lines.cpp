// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/task_lines.hpp"

#include <algorithm>

namespace awaitscope::ui {

PlaceId lineOf(const Trace& trace, TaskIndex task, EventIndex cursor) {
    const TaskState state = trace.at(task, cursor).state;
    return state == TaskState::unborn || is_done(state) ? 0 : trace.place_at(task, cursor);
}

TaskIndex currentTask(const Trace& trace, TaskIndex selected, EventIndex cursor) {
    if (selected != no_task && selected < trace.tasks().size()) return selected;
    if (cursor == no_event || trace.event_count() == 0) return no_task;
    if (const TaskIndex running = trace.running_at(cursor); running != no_task) return running;
    const EventIndex step =
        trace.event(cursor).kind() == EventKind::task_running ? cursor : trace.previous_step(cursor);
    return step == no_event ? no_task : trace.find_task(trace.event(step).task());
}

std::vector<TaskLine> taskLines(const Trace& trace, TaskIndex current, EventIndex cursor, std::size_t limit) {
    std::vector<TaskLine> lines;
    if (cursor == no_event) return lines;
    const auto at = [&](PlaceId place) {
        return std::ranges::find_if(lines, [&](const TaskLine& other) {
            if (other.current && other.ended) return false;
            const Place a = trace.symbols().place(other.place), b = trace.symbols().place(place);
            return a.file == b.file && a.line == b.line;
        });
    };
    const auto add = [&](TaskIndex task) {
        const PlaceId place = lineOf(trace, task, cursor);
        if (!place) return;
        const bool waiting = trace.at(task, cursor).state == TaskState::waiting;
        auto line = at(place);
        if (line == lines.end()) line = lines.insert(lines.end(), TaskLine{.place = place});
        line->tasks.push_back(task);
        line->waiting = line->waiting && waiting;
        line->current = line->current || task == current;
    };
    const bool ended = current != no_task && is_done(trace.at(current, cursor).state);
    if (const PlaceId place = ended ? trace.place_at(current, cursor) : 0)
        lines.push_back({.place = place, .tasks = {current}, .waiting = false, .current = true, .ended = true});
    else if (current != no_task)
        add(current);
    const std::size_t count = trace.tasks().size();
    const std::size_t first = count > limit ? count - limit : 0;
    for (std::size_t task = first; task < count; ++task)
        if (task != current) add(static_cast<TaskIndex>(task));
    for (TaskLine& line : lines) std::ranges::sort(line.tasks);
    if (current != no_task)
        for (const PlaceId place : trace.callers_at(current, cursor))
            if (at(place) == lines.end())
                lines.push_back({.place = place, .tasks = {current}, .waiting = false, .caller = true});
    return lines;
}

}  // namespace awaitscope::ui
