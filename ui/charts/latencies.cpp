// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/latencies.hpp"

namespace awaitscope::ui {
namespace {

constexpr std::size_t asked_every = 4096;  ///< looks at a task or a span

TaskState stateOf(LatencyKind kind) {
    switch (kind) {
        case LatencyKind::ready:
            return TaskState::ready;
        case LatencyKind::steps:
            return TaskState::running;
        case LatencyKind::waits:
            return TaskState::waiting;
        case LatencyKind::lives:
            break;
    }
    return TaskState::unborn;
}

/// Calls with the length of each of a task's spans of one state that ended in [first, last), while `go_on` says so.
template <class Take, class GoOn>
void eachEnded(const Trace& trace, const Task& task, EventIndex first, EventIndex last, TaskState state, Take take,
               GoOn go_on) {
    const SpanList& spans = task.spans;
    const std::size_t begun = first == 0 ? 0 : spans.count_until(first - 1);
    for (std::size_t i = begun > 0 ? begun - 1 : 0; i < spans.size() && go_on(); ++i) {
        const EventIndex end = i + 1 < spans.size() ? spans.event_of(i + 1) : task.done_event;
        if (end == no_event || end >= last) break;
        if (spans.state_of(i) == state && end >= first) take(trace.time_at(end) - trace.time_at(spans.event_of(i)));
    }
}

}  // namespace

std::vector<CoroutineLatency> latencies(const Trace& trace, EventIndex first, EventIndex last, LatencyKind kind,
                                        const std::function<bool()>& enough) {
    std::vector<CoroutineLatency> found;
    std::vector<std::uint32_t> numbers;  // by place, plus one
    const auto of = [&](PlaceId definition) -> Histogram& {
        if (definition >= numbers.size()) numbers.resize(definition + 1);
        if (numbers[definition] == 0) {
            found.push_back({definition, {}});
            numbers[definition] = static_cast<std::uint32_t>(found.size());
        }
        return found[numbers[definition] - 1].lengths;
    };
    if (first >= last) return found;
    const TaskIndex count = trace.task_count_at(last - 1);
    const TaskState state = stateOf(kind);
    std::size_t looks = 0;
    bool ended = false;
    const auto go_on = [&] {
        if (looks++ % asked_every == 0) ended = ended || enough();
        return !ended;
    };
    for (TaskIndex i = 0; i < count && go_on(); ++i) {
        const Task& task = trace.tasks()[i];
        if (task.done_event < first) continue;
        if (kind != LatencyKind::lives)
            eachEnded(
                trace, task, first, last, state, [&](Nanoseconds length) { of(task.definition).add(length); }, go_on);
        else if (task.done_event < last && !task.older)
            of(task.definition).add(task.done - task.created);
    }
    return found;
}

}  // namespace awaitscope::ui
