// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FrameBuilder which draws tasks: their spans, ends, outputs, and who woke them.
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/geometry/guided_search.hpp"
#include "ui/geometry/running_share.hpp"
#include "ui/timeline/frame_pass.hpp"

namespace awaitscope::ui {
namespace {

constexpr double label_least = 34;   // narrower spans have no room for a word
constexpr double pattern_least = 6;  // narrower ones none for a pattern
constexpr double slivers_apart = 12;
constexpr std::uint32_t dense_from = 4;
constexpr int dense_chunk = 8;  // pixels of dense steps that have one shade
constexpr int arrows_most = 200;

}  // namespace

void FrameBuilder::addTaskTrack(Pass& pass, const TimelineFrame::RowItem& item) {
    const Task& task = pass.trace.tasks()[item.row.index];
    const TrackMeasures measures = trackMeasures(pass.frame, item.rect);
    TimelineFrame& frame = pass.frame;
    const std::vector<Piece>& pieces = piecesOf(pass, item.row.index);
    // Waits too narrow for a pattern are not told apart: one ground lies under a row of them.
    QRectF slivers;
    const auto endSlivers = [&] {
        if (!slivers.isNull()) frame.wait_slivers.push_back(slivers);
        slivers = {};
    };
    const double pixel = 1 / pass.columns.perPixel();
    for (const Piece& piece : pieces) {
        const double left = piece.begin * pixel, width = (piece.end - piece.begin) * pixel;
        const auto bar = [&](double height) { return QRectF(left, measures.centre - height / 2, width, height); };
        if (piece.state == TaskState::waiting && width < pattern_least) {
            if (!slivers.isNull() && left - slivers.right() > slivers_apart) endSlivers();
            if (slivers.isNull())
                slivers = bar(measures.waiting);
            else
                slivers.setRight(left + width);
        } else if (piece.state == TaskState::running) {
            if (piece.count < dense_from)
                frame.running.push_back(bar(measures.running));
            else
                addDense(pass, task, piece, item.rect);
        } else if (piece.state == TaskState::ready) {
            frame.ready.push_back(bar(measures.ready));
        } else {
            addWaiting(pass, task, piece, item.rect);
        }
    }
    endSlivers();
    addEndMark(pass, task, item.rect, pieces.empty() ? pass.columns.begin() : pieces.back().end);
    if (measures.outputs > 0) pass.output_lines.push_back({item.row.index, measures.outputs});
}

void FrameBuilder::addDense(Pass& pass, const Task& task, const Piece& piece, const QRect& row) {
    const TrackMeasures measures = trackMeasures(pass.frame, row);
    const auto width = static_cast<int>(std::lround(dense_chunk * pass.columns.perPixel()));
    const IndexList& outline = task.spans.outline();
    constexpr std::size_t stride = SpanList::outline_stride;
    GuidedSearch outlined(outline.size(), [&](std::size_t i) { return outline[i]; });
    std::size_t mark = piece.span / stride;
    const auto levelOf = [&](int begin, int end) {
        const std::size_t first = mark * stride;
        mark = outlined.countBefore(pass.columns.firstEvent(end), mark, end - begin);
        if (mark > 0) --mark;
        const double share = runningShare(task, pass.frame.axis, first, mark * stride);
        return static_cast<std::size_t>(std::sqrt(share) * (TimelineFrame::share_levels - 1) + 0.5);
    };
    QRectF bar(0, measures.centre - measures.running / 2, 0, measures.running);
    std::size_t level = 0;
    for (int begin = piece.begin; begin < piece.end;) {
        // Chunks lie on a grid of the screen, so that they stand still while others come and go.
        const int end = std::min(piece.end, (begin / width + 1) * width);
        const std::size_t next = levelOf(begin, end);
        if (begin == piece.begin || next != level) {
            if (begin > piece.begin) pass.frame.running_dense[level].push_back(bar);
            bar.setLeft(pass.x(begin));
            level = next;
        }
        bar.setRight(pass.x(end));
        begin = end;
    }
    pass.frame.running_dense[level].push_back(bar);
}

void FrameBuilder::addWaiting(Pass& pass, const Task& task, const Piece& piece, const QRect& row) {
    const TrackMeasures measures = trackMeasures(pass.frame, row);
    const WaitClass wait = waitClass(task.spans.on_of(piece.span));
    const auto kind = static_cast<std::size_t>(wait);
    const QRectF rect(pass.x(piece.begin), measures.centre - measures.waiting / 2,
                      pass.x(piece.end) - pass.x(piece.begin), measures.waiting);
    TimelineFrame& frame = pass.frame;
    if (measures.waiting < 6) {
        frame.wait_thin[kind].push_back(rect);
        return;
    }
    frame.waiting[kind].push_back(rect);
    if (task.spans.on_of(piece.span) == WaitKind::sleep) addOverdue(pass, task.spans[piece.span], rect);
    const bool begins_here = pass.columns.columnOf(task.spans.event_of(piece.span)) >= pass.columns.begin();
    if (begins_here) frame.wait_edges[kind].push_back(QRectF(rect.left(), rect.top(), 3, rect.height()));
    if (frame.density == RowDensity::packed || rect.width() < label_least) return;
    const bool ended = piece.span + 1 < task.spans.size() || task.done_event != no_event;
    const TaskIndex index = pass.trace.find_task(task.id);
    QString text = waitText(pass.trace, index, task.spans[piece.span], ended);
    const double room = rect.width() - 14;
    // What was asked for says more than how late it came, the first word most; a part of a word says nothing.
    if (textWidth(text, false) > room) text = text.section(u',', 0, 0);
    if (textWidth(text, false) > room) text = text.section(u' ', 0, 0);
    if (textWidth(text, false) <= room) frame.labels.push_back({rect.adjusted(9, 0, -4, 0), text, false, wait});
}

/// The part of a sleep behind its timer: nobody asked for it.
void FrameBuilder::addOverdue(Pass& pass, const Span& sleep, const QRectF& rect) {
    const Nanoseconds late = lateness(pass.trace, sleep);
    if (late == 0) return;
    const Nanoseconds due = std::min(sleep.end, pass.trace.end()) - late;
    const double left = std::max(rect.left() + 3, pass.frame.scale.x(pass.axis.ofTime(due)));
    if (rect.right() - left >= 3) pass.frame.overdue.push_back(QRectF(QPointF(left, rect.top()), rect.bottomRight()));
}

void FrameBuilder::addEndMark(Pass& pass, const Task& task, const QRect& row, int after_column) {
    if (task.done_event == no_event || pass.frame.density == RowDensity::packed) return;
    if (pass.hides(task.done_event)) return;
    const int column = pass.columns.columnOf(task.done_event);
    if (column < pass.columns.begin() || column >= pass.columns.end()) return;
    const double size = pass.frame.density == RowDensity::comfortable ? 13 : 11;
    const double x = pass.x(std::max(column, after_column)) + 4 + size / 2;
    pass.frame.end_marks.push_back(
        {QPointF(x, trackMeasures(pass.frame, row).centre), task.end_state, size, pass.isKnown(task.done_event)});
}

void FrameBuilder::addOutputs(Pass& pass) {
    if (pass.output_lines.empty()) return;
    const IndexList& outputs = pass.trace.outputs();
    // What the tasks in sight have printed, as far as it can be told apart; a text ends where the next one begins.
    struct Said {
        double x;
        std::size_t line;
        EventIndex event;
    };
    std::vector<Said> said;
    std::vector<double> last_x(pass.output_lines.size(), -1e9);
    const std::size_t first = outputs.count_before(pass.columns.firstEvent(pass.columns.begin()));
    const std::size_t last = outputs.count_before(pass.columns.firstEvent(pass.columns.end()));
    if (last - first > static_cast<std::size_t>(pass.frame.zones.tracks.width())) return;
    for (std::size_t i = first; i < last && !pass.hides(outputs[i]); ++i) {
        const Event& event = pass.trace.event(outputs[i]);
        const TaskIndex task = pass.trace.find_task(event.task());
        const auto line = std::ranges::find(pass.output_lines, task, &Pass::OutputLine::task);
        if (task == no_task || line == pass.output_lines.end()) continue;
        const double x = std::floor(pass.frame.scale.x(pass.axis.ofEvent(outputs[i])));
        const auto number = static_cast<std::size_t>(line - pass.output_lines.begin());
        if (x < last_x[number] + 3) continue;
        last_x[number] = x;
        said.push_back({x, number, outputs[i]});
        pass.frame.output_ticks.emplace_back(x, line->y + 2, 2, 10);
    }
    constexpr double gap = 6;                 // between a mark and its text
    constexpr qsizetype letters_most = 1024;  // more fit on no screen
    std::vector<double> free_from(pass.output_lines.size(), pass.frame.zones.tracks.left());
    std::vector<double> covered_to(pass.output_lines.size(), std::numeric_limits<double>::lowest());
    for (auto one = said.begin(); one != said.end(); ++one) {
        if (one->x < covered_to[one->line]) continue;
        const auto next = std::find_if(one + 1, said.end(), [&](const Said& other) { return other.line == one->line; });
        // What was printed last may lie over what has yet to be printed.
        const bool latest = pass.isKnown(one->event) && next != said.end() && !pass.isKnown(next->event);
        const double end = latest || next == said.end() ? pass.frame.zones.tracks.right() : next->x;
        const std::string_view words = pass.trace.symbols().string(pass.trace.event(one->event).b);
        const QString text =
            QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size())).trimmed().left(letters_most);
        const double width = textWidth(text, true) + 1, room = end - one->x - gap - 4;
        // Behind its mark, or else before it; cut only where it fits neither side.
        double left = one->x + gap;
        if (width > room && one->x - gap - width > free_from[one->line])
            left = one->x - gap + 2 - width;
        else if (room < std::min(width, label_least))
            continue;
        const double y = pass.output_lines[one->line].y;
        pass.frame.labels.push_back({QRectF(left, y - 1, left > one->x ? room : width, 16), text, true,
                                     WaitClass::other, pass.isKnown(one->event)});
        free_from[one->line] = std::max(one->x, left + std::min(width, room)) + gap;
        if (latest) covered_to[one->line] = free_from[one->line];
    }
}

void FrameBuilder::addArrows(Pass& pass) {
    // The step at the cursor: its task is running there, or has just been made ready.
    TaskIndex at_cursor = no_task;
    if (pass.request.has_cursor && pass.request.cursor != no_event && pass.request.cursor < pass.trace.event_count()) {
        const Event& event = pass.trace.event(pass.request.cursor);
        at_cursor = pass.trace.find_task(event.task());
        if (at_cursor != no_task) {
            const Task& task = pass.trace.tasks()[at_cursor];
            std::size_t span = task.spans.count_until(pass.request.cursor);
            if (span > 0 && span <= task.spans.size() && task.spans.state_of(span - 1) == TaskState::running) --span;
            if (span > 0 && task.spans.state_of(span - 1) == TaskState::ready)
                addArrow(pass, at_cursor, span - 1, true);
        }
    }
    std::vector<TaskIndex> tasks;
    if (pass.request.selected < pass.trace.tasks().size()) tasks.push_back(pass.request.selected);
    if (pass.request.hovered_row && *pass.request.hovered_row < pass.layout.rows().size()) {
        const Row& row = pass.layout.rows()[*pass.request.hovered_row];
        if (row.kind == RowKind::task && row.index != pass.request.selected) tasks.push_back(row.index);
    }
    for (const TaskIndex index : tasks) {
        const SpanList& spans = pass.trace.tasks()[index].spans;
        const EventIndex begin = pass.columns.firstEvent(pass.columns.begin());
        const EventIndex end = pass.columns.firstEvent(pass.columns.end());
        const std::size_t first = spans.count_before(begin);
        const std::size_t last = spans.count_before(end, first);
        if (last - first > 3 * arrows_most) continue;  // they would hide what they explain
        for (std::size_t i = first; i < last; ++i)
            if (spans.state_of(i) == TaskState::ready) addArrow(pass, index, i, false);
    }
}

void FrameBuilder::addArrow(Pass& pass, TaskIndex task, std::size_t ready_span, bool at_cursor) {
    const auto to_row = pass.layout.rowOfTask(task);
    if (!to_row) return;
    const SpanList& spans = pass.trace.tasks()[task].spans;
    const Span ready = spans[ready_span];
    const int tracks_top = pass.frame.zones.tracks.top() - pass.request.scroll;
    const auto rectOf = [&](std::size_t row) {
        const Row& r = pass.layout.rows()[row];
        return QRect(0, tracks_top + r.y, pass.frame.size.width(), r.height);
    };
    const QRect to_rect = rectOf(*to_row);
    const TrackMeasures to = trackMeasures(pass.frame, to_rect);
    const TaskIndex by = pass.trace.find_task(ready.object);
    const double x = pass.frame.scale.x(pass.axis.ofEvent(ready.event));
    const double run_x =
        ready_span + 1 < spans.size() ? pass.frame.scale.x(pass.axis.ofEvent(spans.event_of(ready_span + 1))) : x;
    TimelineFrame::Arrow arrow;
    arrow.at_cursor = at_cursor;
    const auto from_row = by == no_task ? std::nullopt : pass.layout.rowOfTask(by);
    if (!from_row || *from_row == *to_row) {
        if (run_x - x < 7 && !at_cursor) return;  // no room to see where it points
        arrow.by_loop = true;
        arrow.from = QPointF(x, to.centre - 17);
        arrow.to = QPointF(std::min(run_x, x + 7), to.centre - to.ready / 2 - 1);
    } else {
        const TrackMeasures from = trackMeasures(pass.frame, rectOf(*from_row));
        const bool down = *to_row > *from_row;
        arrow.from = QPointF(x, from.centre + (down ? 1 : -1) * from.running / 2);
        arrow.to = QPointF(run_x, to.centre - (down ? 1 : -1) * (run_x > x ? to.running / 2 : to.ready / 2));
    }
    pass.frame.arrows.push_back(arrow);
}

}  // namespace awaitscope::ui
