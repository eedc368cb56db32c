// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/detector.hpp"

#include <algorithm>

namespace awaitscope {
namespace {

Nanoseconds time_of(const Trace& trace, EventIndex event) {
    return trace.time_at(event);
}

}  // namespace

void Sighting::add(const Trace& trace, EventIndex from, EventIndex to, Nanoseconds amount, TaskIndex task) {
    if (count++ == 0) {
        begin_event = from;
        begin = time_of(trace, from);
    }
    end_event = to;
    end = time_of(trace, to);
    if (amount > worst) {
        worst = amount;
        worst_event = from;
        worst_task = task;
    }
    if (events.size() < Finding::marks_max) events.push_back(from);
    if (task != no_task && tasks.size() < Finding::tasks_max && std::ranges::find(tasks, task) == tasks.end())
        tasks.push_back(task);
}

Finding Sighting::finding(FindingKind kind) const {
    Finding finding;
    finding.kind = kind;
    finding.severity = info_of(kind).severity;
    finding.begin_event = begin_event;
    finding.end_event = end_event;
    finding.begin = begin;
    finding.end = end;
    finding.event = worst_event;
    finding.count = count;
    finding.events = events;
    finding.tasks = tasks;
    return finding;
}

Sighting& Sightings::operator[](std::uint64_t key) {
    const auto found = std::ranges::find(entries_, key, &Entry::key);
    return found != entries_.end() ? found->sighting : entries_.emplace_back(Entry{key, {}}).sighting;
}

}  // namespace awaitscope
