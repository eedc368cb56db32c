// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView which can be copied for a spreadsheet.
#include <algorithm>

#include "ui/model/format.hpp"
#include "ui/model/state_words.hpp"
#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::ui {
namespace {

constexpr qsizetype lines_most = 100'000;

QString seconds(Nanoseconds time) {
    return formatNumber(static_cast<double>(time) / 1e9, 9);
}

}  // namespace

QString TimelineView::table() const {
    QStringList lines;
    withTrace([&](const Trace& trace) {
        if (trace.event_count() == 0) return;
        const Axis axis(trace, axis_);
        const Extent& seen = frame_.scale.extent();
        const EventIndex last = axis.eventAt(seen.end);
        const Nanoseconds from = axis.timeAt(seen.begin);
        for (const TimelineFrame::RowItem& item : frame_.rows) {
            if (item.row.kind != RowKind::task || last == no_event) continue;
            const Task& task = trace.tasks()[item.row.index];
            const SpanList& spans = task.spans;
            EventIndex until = last;
            if (view_.futureHidden()) {
                if (view_.cursor() == no_event) continue;
                until = std::min(until, view_.cursor());
            }
            const std::size_t first = spans.count_until_time(from);
            for (std::size_t i = first > 0 ? first - 1 : 0; i < spans.count_until(until) && lines.size() < lines_most;
                 ++i) {
                const Span span = spans[i];
                const bool ended = i + 1 < spans.size() || task.done_event != no_event;
                const Nanoseconds end = ended && !view_.futureHidden() ? span.end : std::min(span.end, trace.end());
                if (end < from || span.state == TaskState::unborn) continue;
                const bool waits = span.state == TaskState::waiting;
                lines << QStringList{item.name,
                                     stateWord(span.state),
                                     waits ? waitText(trace, item.row.index, span, ended) : QString(),
                                     waits ? placeText(trace, span.place) : QString(),
                                     seconds(span.begin),
                                     seconds(end),
                                     seconds(end - span.begin)}
                             .join('\t');
            }
        }
    });
    if (lines.isEmpty()) return {};
    const QStringList head{tr("task"),    tr("state"), tr("waits for"), tr("at"),
                           tr("from, s"), tr("to, s"), tr("for, s")};
    return head.join('\t') + '\n' + lines.join('\n');
}

}  // namespace awaitscope::ui
