// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/loop_moment.hpp"

#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"
#include "ui/model/format.hpp"

namespace awaitscope::ui {
namespace {

/// What a task's ready span follows.
LoopMoment::Ready readyTask(const Trace& trace, TaskIndex task, EventIndex cursor) {
    LoopMoment::Ready ready{task, taskName(trace, task), "resume", WaitKind::none};
    const SpanList& spans = trace.tasks()[task].spans;
    const std::size_t count = spans.count_until(cursor);
    const Span now = spans[count - 1];
    if (count == 1) {
        if (!trace.tasks()[task].older) ready.why = "first step";
        return ready;
    }
    const Span before = spans[count - 2];
    ready.after = now.on == WaitKind::yield ? WaitKind::yield : before.on;
    if (ready.after != WaitKind::none)
        ready.why = "resume after " + toQString(to_string(ready.after)).replace('_', ' ');
    return ready;
}

}  // namespace

LoopMoment loopMoment(const Trace& trace, EventIndex cursor, std::size_t limit) {
    LoopMoment moment;
    moment.running = trace.running_at(cursor);
    const std::vector<TaskIndex> queue = trace.ready_queue_at(cursor);
    moment.ready_count = queue.size();
    for (TaskIndex task : std::span(queue).first(std::min(limit, queue.size())))
        moment.ready.push_back(readyTask(trace, task, cursor));
    const Nanoseconds now = trace.time_at(cursor);
    const std::vector<Trace::Timer> timers = trace.timers_at(cursor);
    moment.timer_count = timers.size();
    for (const Trace::Timer& timer : std::span(timers).first(std::min(limit, timers.size()))) {
        const QString left = timer.when > now ? "in " + formatDuration(timer.when - now) : QString("due");
        const QString name = timer.task == no_task ? QString("the loop") : taskName(trace, timer.task);
        moment.timers.push_back({timer.task, name, formatTime(timer.when), left, timer.when});
    }
    const std::vector<Trace::Watch> watches = trace.watches_at(cursor);
    moment.watch_count = watches.size();
    for (const Trace::Watch& watch : std::span(watches).first(std::min(limit, watches.size()))) {
        const IoTrack* track = trace.io_track_at(watch.fd, cursor);
        const bool open = track && trace.time_at(cursor) < track->closed;
        moment.watches.push_back({watch.fd, toQString(to_string(watch.what)),
                                  open ? toQString(trace.symbols().string(track->peer)) : QString()});
    }
    const EventIndex turn = cursor == no_event ? no_event : trace.previous_iteration(cursor + 1);
    if (turn != no_event) moment.iteration = trace.event(turn).a;
    return moment;
}

}  // namespace awaitscope::ui
