// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/analysis/analyzer.hpp"

#include <algorithm>

#include "instrumentation/trace/own_code.hpp"

namespace awaitscope {

Analyzer::Analyzer(const FindingOptions& options) : scene_(options) {
    for (const auto make : {make_blocked_loop, make_deadlock, make_possible_deadlock, make_lock_order,
                            make_exit_holding_lock, make_lock_convoy, make_starvation, make_task_leak, make_warnings,
                            make_swallowed_cancel, make_cancel_storm, make_missed_task_done, make_queue_levels,
                            make_busy_yield, make_late_timer, make_executor_saturation, make_slow_io}) {
        Detector& detector = *detectors_.emplace_back(make(options));
        for (const EventKind kind : detector.wants()) interested_[static_cast<std::size_t>(kind)].push_back(&detector);
    }
}

Analyzer::~Analyzer() = default;

namespace {

/// A task that runs nothing but a library's coroutine stands at a line of that: who made it says more.
PlaceId place_to_show(const Trace& trace, const Finding& finding) {
    if (finding.place == 0 || finding.tasks.empty() || is_own_code(trace.symbols(), finding.place))
        return finding.place;
    const Task& task = trace.tasks()[finding.tasks.front()];
    if (task.parent == no_task || task.older) return finding.place;
    const PlaceId maker = trace.place_at(task.parent, task.created_event);
    return is_own_code(trace.symbols(), maker) ? maker : finding.place;
}

/// Whether it begins with what a task was doing already when it was first heard of; not where that may have begun in
/// what was lost.
bool begun_before(const Trace& trace, const Finding& finding) {
    if (finding.begin_event >= trace.event_count() || trace.losses().count_until(finding.begin_event) > 0) return false;
    const Event event = trace.event(finding.begin_event);
    const EventKind kind = event.kind();
    const bool is_state = kind == EventKind::task_suspended || kind == EventKind::task_running ||
                          kind == EventKind::task_ready || kind == EventKind::task_alive;
    const TaskIndex task = is_state ? trace.find_task(event.task()) : no_task;
    return task != no_task && trace.began_before(task, finding.begin_event);
}

}  // namespace

bool Analyzer::advance(const Trace& trace, EventIndex limit) {
    const EventIndex count = trace.event_count();
    const EventIndex begin = scene_.events();
    const EventIndex end = begin + std::min(limit, count - begin);
    for (EventIndex i = begin; i < end; ++i) {
        const Event event = trace.event(i);
        const Seen seen = scene_.apply(trace, event, i);
        if (figures_) figures_->see(trace, scene_, seen);
        const auto kind = static_cast<std::size_t>(event.kind());
        if (kind >= interested_.size()) continue;
        for (Detector* detector : interested_[kind]) detector->see(trace, scene_, seen);
    }
    return end == count;
}

std::vector<Finding> Analyzer::findings(const Trace& trace, std::optional<Nanoseconds> now) {
    const EventIndex walked = scene_.events();
    const EventIndex last = walked == 0 ? no_event : walked - 1;
    const Moment moment{trace, scene_, std::max(scene_.time(), now.value_or(0)), last};
    std::vector<Finding> found;
    for (const auto& detector : detectors_) detector->report(moment, found);
    const IndexList& losses = trace.losses();
    for (Finding& finding : found) {
        finding.place = place_to_show(trace, finding);
        const EventIndex until = finding.end_event == no_event ? last : finding.end_event;
        finding.begun_before = begun_before(trace, finding);
        finding.uncertain |= losses.count_until(until) > losses.count_before(finding.begin_event);
    }
    std::ranges::stable_sort(found, [](const Finding& a, const Finding& b) {
        return a.severity != b.severity ? a.severity > b.severity : a.begin_event < b.begin_event;
    });
    return found;
}

}  // namespace awaitscope
