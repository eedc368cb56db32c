// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/loop_moment.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "instrumentation/event/vocabulary.hpp"
#include "ui/model/format.hpp"
#include "ui/model/state_words.hpp"

namespace awaitscope::ui {
namespace {

/// The context of this file's words.
struct LoopMomentWords {
    Q_DECLARE_TR_FUNCTIONS(awaitscope::ui::LoopMoment)
};

/// What a task's ready span follows.
LoopMoment::Ready readyTask(const Trace& trace, TaskIndex task, EventIndex cursor) {
    LoopMoment::Ready ready{task, taskName(trace, task), LoopMomentWords::tr("resume"), WaitKind::none};
    const SpanList& spans = trace.tasks()[task].spans;
    const std::size_t count = spans.count_until(cursor);
    const Span now = spans[count - 1];
    if (count == 1) {
        if (!trace.tasks()[task].older) ready.why = LoopMomentWords::tr("first step");
        return ready;
    }
    const Span before = spans[count - 2];
    ready.after = now.on == WaitKind::yield ? WaitKind::yield : before.on;
    if (ready.after != WaitKind::none) ready.why = LoopMomentWords::tr("resume after %1").arg(waitWord(ready.after));
    return ready;
}

/// More events than this between what the loop does itself and the cursor are not looked through.
constexpr EventIndex looked_back_most = 4096;

/// What the loop itself did last: begin a turn, ask the selector, find a timer due, start, stop.
Event lastOfLoop(const Trace& trace, EventIndex cursor) {
    if (cursor == no_event || trace.event_count() == 0) return {};
    cursor = std::min(cursor, trace.event_count() - 1);
    for (EventIndex back = 0; back <= std::min(cursor, looked_back_most); ++back) {
        const Event event = trace.event(cursor - back);
        switch (event.kind()) {
            case EventKind::loop_started:
            case EventKind::loop_stopped:
            case EventKind::iteration:
            case EventKind::poll:
            case EventKind::timer_fired:
            case EventKind::io_ready:
                return event;
            default:
                break;
        }
    }
    return {};
}

/// The loop has just begun a turn, or got something from outside that it has yet to deal with.
bool hasWork(const Trace& trace, EventIndex cursor) {
    const Event event = trace.event(std::min(cursor, trace.event_count() - 1));
    return event.kind() == EventKind::timer_fired || event.kind() == EventKind::io_ready ||
           (event.kind() == EventKind::poll && event.c > 0) || (event.kind() == EventKind::iteration && event.b > 0);
}

QString phaseOf(const Trace& trace, const LoopMoment& moment, const Event& last, std::uint64_t were_ready) {
    if (moment.stopped) return LoopMomentWords::tr("The loop has stopped.");
    QString now;
    if (moment.running != no_task)
        now = LoopMomentWords::tr("%1 runs").arg(taskName(trace, moment.running));
    else if (last.kind() == EventKind::timer_fired)
        now = LoopMomentWords::tr("timers that are due are moved to the ready queue");
    else if (last.kind() == EventKind::io_ready)
        now = LoopMomentWords::tr("descriptors that are ready are served");
    else if (last.kind() == EventKind::poll)
        now = last.c == 0 ? LoopMomentWords::tr("the selector has waited %1")
                                .arg(formatDuration(static_cast<Nanoseconds>(last.a)))
                          : LoopMomentWords::tr("the selector has waited %1 and found %n ready", nullptr,
                                                static_cast<int>(last.c))
                                .arg(formatDuration(static_cast<Nanoseconds>(last.a)));
    else if (moment.iteration == 0)
        return last.kind() == EventKind::loop_started ? LoopMomentWords::tr("The loop has started.") : QString();
    else if (moment.waiting)
        now = LoopMomentWords::tr("all that was ready has run");
    else
        now = moment.ready_count == 0 ? LoopMomentWords::tr("it begins") : LoopMomentWords::tr("between two steps");
    if (moment.iteration == 0) return now;
    const QString turn = LoopMomentWords::tr("Turn %1: %2").arg(formatCount(moment.iteration), now);
    return moment.running == no_task ? turn
                                     : turn + withThousands(LoopMomentWords::tr(" (of %n that were ready)", nullptr,
                                                                                static_cast<int>(were_ready)),
                                                            were_ready);
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
        const QString left = timer.when > now ? LoopMomentWords::tr("in %1").arg(formatDuration(timer.when - now))
                                              : LoopMomentWords::tr("due");
        const QString name = timer.task == no_task ? LoopMomentWords::tr("the loop") : taskName(trace, timer.task);
        moment.timers.push_back({timer.task, name, formatTime(timer.when), left, timer.when});
    }
    const std::vector<Trace::Watch> watches = trace.watches_at(cursor);
    moment.watch_count = watches.size();
    for (const Trace::Watch& watch : std::span(watches).first(std::min(limit, watches.size()))) {
        const IoTrack* track = trace.io_track_at(watch.loop, watch.fd, cursor);
        const bool open = track && trace.time_at(cursor) < track->closed;
        moment.watches.push_back(
            {watch.fd, watch.what == IoDirection::read ? LoopMomentWords::tr("read") : LoopMomentWords::tr("write"),
             open ? toQString(trace.symbols().string(track->peer)) : QString()});
    }
    const EventIndex turn = cursor == no_event ? no_event : trace.previous_iteration(cursor + 1);
    if (turn != no_event) moment.iteration = trace.event(turn).a;
    const Event last = lastOfLoop(trace, cursor);
    moment.stopped = last.kind() == EventKind::loop_stopped;
    moment.waiting = moment.iteration > 0 && !moment.stopped && moment.running == no_task && moment.ready_count == 0 &&
                     !hasWork(trace, cursor);
    moment.phase = phaseOf(trace, moment, last, turn == no_event ? 0 : trace.event(turn).b);
    return moment;
}

}  // namespace awaitscope::ui
