// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView which puts the picture into words: tooltips, and the text for screen readers.
#include <cmath>

#include "ui/model/format.hpp"
#include "ui/model/state_words.hpp"
#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::ui {
namespace {

QString escaped(const QString& plain) {
    return plain.toHtmlEscaped();
}

/// Lines of a tooltip: a heading, then lines of two cells.
class Tip {
  public:
    explicit Tip(const QString& heading) : html_(QStringLiteral("<b>%1</b>").arg(escaped(heading))) {}
    void line(const QString& what, const QString& value) {
        if (!value.isEmpty())
            rows_ += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>").arg(escaped(what), escaped(value));
    }
    QString html() const { return html_ + QStringLiteral("<table>") + rows_ + QStringLiteral("</table>"); }

  private:
    QString html_;
    QString rows_;
};

QString spanTip(const Trace& trace, TaskIndex index, const Piece& piece, const PlaceWords& places) {
    const Task& task = trace.tasks()[index];
    const Span span = task.spans[piece.span];
    const QString name = taskName(trace, task);
    if (piece.count >= 4) {
        Tip tip(name);
        tip.line(TimelineView::tr("here"),
                 TimelineView::tr("%1 spans, too short to be told apart; zoom in").arg(formatCount(piece.count)));
        tip.line(TimelineView::tr("from"), formatTime(span.begin));
        return tip.html();
    }
    const bool ended = piece.span + 1 < task.spans.size() || task.done_event != no_event;
    const Nanoseconds end = ended ? span.end : trace.end();
    const bool waiting = span.state == TaskState::waiting;
    QString state =
        waiting ? TimelineView::tr("waiting: %1").arg(waitText(trace, index, span, ended)) : stateWord(span.state);
    Tip tip(QStringLiteral("%1 · %2").arg(name, state));
    const bool before = trace.began_before(index, span.event);
    tip.line(TimelineView::tr("from"),
             before ? TimelineView::tr("before %1").arg(formatTime(span.begin)) : formatTime(span.begin));
    tip.line(TimelineView::tr("to"), ended ? formatTime(end) : TimelineView::tr("still so at %1").arg(formatTime(end)));
    tip.line(TimelineView::tr("for"), formatAtLeast(end - span.begin, before));
    if (waiting) tip.line(TimelineView::tr("at"), places.text(trace, span.place));
    if (span.state == TaskState::ready) {
        const TaskIndex by = trace.find_task(span.object);
        tip.line(TimelineView::tr("by"),
                 by == no_task ? TimelineView::tr("the loop") : taskName(trace, trace.tasks()[by]));
    }
    tip.line(TimelineView::tr("event"), formatCount(span.event));
    return tip.html();
}

QString connectionTip(const Trace& trace, const IoTrack& track, EventIndex first, EventIndex last) {
    Tip tip(QStringLiteral("fd %1 · %2").arg(track.fd).arg(toQString(trace.symbols().string(track.peer))));
    std::uint64_t shown = 0;
    for (std::size_t i = track.events.count_before(first); i < track.events.size(); ++i) {
        if (track.events[i] >= last || ++shown > 6) break;
        const Event& event = trace.event(track.events[i]);
        const bool bytes = event.kind() == EventKind::io_read || event.kind() == EventKind::io_write;
        const QString what = event.kind() == EventKind::io_read           ? TimelineView::tr("read")
                             : event.kind() == EventKind::io_write        ? TimelineView::tr("written")
                             : event.kind() == EventKind::connection_made ? TimelineView::tr("connected")
                                                                          : TimelineView::tr("closed");
        const QString when = formatTime(static_cast<Nanoseconds>(event.time));
        tip.line(what, bytes ? TimelineView::tr("%1 bytes at %2").arg(formatCount(event.a), when) : when);
    }
    tip.line(
        TimelineView::tr("in all"),
        TimelineView::tr("%1 read, %2 written").arg(formatBytes(track.bytes_read), formatBytes(track.bytes_written)));
    return tip.html();
}

QString stateText(const Trace& trace, TaskIndex index, EventIndex cursor, const PlaceWords& places) {
    const TaskMoment now = trace.at(index, cursor);
    if (now.state == TaskState::waiting && now.span) {
        const QString place = places.text(trace, now.span->place);
        const QString what = waitText(trace, index, *now.span, false);
        return place.isEmpty() ? TimelineView::tr("waits: %1").arg(what)
                               : TimelineView::tr("waits: %1, at %2").arg(what, place);
    }
    if (now.state == TaskState::unborn) return TimelineView::tr("not created yet");
    return stateWord(now.state);
}

}  // namespace

QString TimelineView::tipAt(const QPoint& point) const {
    QString tip;
    if (!frame_.empty.isEmpty()) return tip;
    if (frame_.zones.corner.contains(point))
        return tr(
            "Time: as long as it took. Steps: each event as wide as the next, so that what happens in one instant "
            "can be told apart.");
    const bool in_tracks = frame_.zones.tracks.contains(point);
    for (const auto& loss : frame_.losses)
        if (in_tracks && point.x() >= loss.begin - 2 && point.x() <= loss.end + 2)
            return tr("%1 events were lost here: the program wrote faster than they were read.")
                .arg(formatCount(loss.count));
    if (frame_.zones.ruler.contains(point)) {
        withTrace([&](const Trace& trace) { tip = formatTime(Axis(trace, axis_).timeAt(frame_.scale.at(point.x()))); });
        return tip;
    }
    if (!in_tracks && !frame_.zones.names.contains(point)) return tip;
    withTrace([&](const Trace& trace) {
        const Target target = targetAt(trace, point);
        if (!target.row) return;
        const Row& row = layout_.rows()[*target.row];
        if (row.kind == RowKind::io && in_tracks) {
            const Axis axis(trace, axis_);
            const EventIndex before = axis.eventAt(frame_.scale.at(point.x() - 3));
            const EventIndex last = axis.eventAt(frame_.scale.at(point.x() + 4));
            if (last != no_event)
                tip = connectionTip(trace, trace.io_tracks()[row.index], before == no_event ? 0 : before + 1, last + 1);
        } else if (target.task != no_task && in_tracks && target.piece) {
            tip = spanTip(trace, target.task, *target.piece, view_.places());
        } else if (target.task != no_task && !in_tracks) {
            const Task& task = trace.tasks()[target.task];
            Tip lines(QStringLiteral("%1 · %2").arg(taskName(trace, task), coroutineName(trace, task, view_.places())));
            lines.line(tr("defined"), view_.places().text(trace, task.definition));
            lines.line(tr("created"), formatTime(task.created));
            lines.line(tr("ended"), task.done_event == no_event ? QString() : formatTime(task.done));
            lines.line(tr("steps"), formatCount(task.resumed));
            lines.line(tr("error"), toQString(trace.symbols().string(task.error)));
            tip = lines.html();
        }
    });
    return tip;
}

QString TimelineView::description() const {
    QString words;
    withTrace([&](const Trace& trace) {
        if (trace.event_count() == 0) return;
        words = tr("%1 tasks, %2 events, %3 to %4. ")
                    .arg(formatCount(trace.tasks().size()), formatCount(trace.event_count()), formatTime(trace.begin()),
                         formatTime(trace.end()));
        if (const EventIndex whole = trace.whole_from(); whole != no_event)
            words += tr("%1 earlier events are folded. ").arg(formatCount(trace.event(whole).a));
        const EventIndex cursor = view_.cursor();
        if (cursor == no_event || cursor >= trace.event_count()) {
            words += tr("The cursor is before the first event. ");
        } else {
            const TaskIndex running = trace.running_at(cursor, trace.event(cursor).loop());
            words += tr("Cursor at %1, after event %2: %3. ")
                         .arg(formatTime(trace.time_at(cursor)), formatCount(cursor),
                              running == no_task ? tr("no task runs")
                                                 : tr("%1 runs").arg(taskName(trace, trace.tasks()[running])));
        }
        const TaskIndex selected = view_.selectedTask();
        if (selected < trace.tasks().size()) {
            const Task& task = trace.tasks()[selected];
            words += tr("Selected: %1, %2, %3.")
                         .arg(taskName(trace, task), coroutineName(trace, task, view_.places()),
                              cursor == no_event ? tr("not created yet")
                                                 : stateText(trace, selected, cursor, view_.places()));
        } else {
            words += tr("No task is selected.");
        }
    });
    if (words.isEmpty()) return tr("The timeline is empty.");
    return measured_ ? words + ' ' + tr("Measured: %1.").arg(measuredText()) : words;
}

}  // namespace awaitscope::ui
