// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/level_of_detail.hpp"

#include <algorithm>

#include "ui/geometry/guided_search.hpp"

namespace awaitscope::ui {
namespace {

/// Puts pieces one after the other, and joins small ones of one sort that touch.
class PieceWriter {
  public:
    PieceWriter(std::vector<Piece>& out, const ColumnMap& columns) : out_(out), first_(out.size()), columns_(columns) {}

    /// The first column that is still free.
    int edge() const { return out_.size() > first_ ? out_.back().end : columns_.begin(); }

    void write(Piece piece, bool small) {
        piece.begin = std::max(piece.begin, edge());
        piece.end = std::min(piece.end, columns_.end());
        if (piece.end <= piece.begin) return;
        if (small && last_small_ && out_.back().end == piece.begin && out_.back().state == piece.state) {
            out_.back().end = piece.end;
            out_.back().count += piece.count;
        } else {
            out_.push_back(piece);
        }
        last_small_ = small;
    }

  private:
    std::vector<Piece>& out_;
    std::size_t first_;
    const ColumnMap& columns_;
    bool last_small_ = false;
};

/// The state that stands for the spans [first, last), all of which are narrower than a column.
TaskState shownOf(const SpanList& spans, std::size_t first, std::size_t last) {
    // Whatever a task waited for, it runs before it waits again: one of any three spans in a row is a running one.
    if (last - first >= 3) return TaskState::running;
    TaskState best = TaskState::waiting;
    for (std::size_t i = first; i < last; ++i) {
        const TaskState state = spans.state_of(i);
        if (state == TaskState::running) return state;
        if (state == TaskState::ready) best = state;
    }
    return best;
}

}  // namespace

std::size_t pieces(const Task& task, const ColumnMap& columns, int running_least, std::vector<Piece>& out) {
    const SpanList& spans = task.spans;
    std::size_t looked_at = 0;
    int near = columns.begin() - 1;
    const auto columnOf = [&](std::size_t i) {
        ++looked_at;
        if (i < spans.size()) return near = columns.columnOf(spans.event_of(i), near);
        return task.done_event == no_event ? columns.endOfTrace() : columns.columnOf(task.done_event, near);
    };
    // Whether a span ends in the column in which it begins: a look at the column, not a search for it.
    const auto endsIn = [&](std::size_t i, int column) {
        ++looked_at;
        if (i + 1 < spans.size()) return spans.event_of(i + 1) < columns.firstEvent(column + 1);
        return columnOf(i + 1) <= column;
    };
    const auto eventOf = [&](std::size_t i) { return spans.event_of(i); };
    GuidedSearch next_column(spans.size(), eventOf), free_columns(spans.size(), eventOf);
    const IndexList& outline = spans.outline();
    constexpr std::size_t stride = SpanList::outline_stride;
    GuidedSearch outlined(outline.size(), [&](std::size_t i) { return outline[i]; });
    PieceWriter writer(out, columns);
    std::size_t i = spans.count_before(columns.firstEvent(columns.begin()));
    if (i > 0) --i;

    while (i < spans.size()) {
        const int begin = columnOf(i);
        if (begin >= columns.end()) break;
        const auto number = static_cast<std::uint32_t>(i);
        const int edge = writer.edge();
        if (begin >= edge && i + 3 < spans.size() && spans.event_of(i + 3) < columns.firstEvent(begin + 1)) {
            // Three that end in one column, so one of them runs, see shownOf(): nothing else need be known of it, nor
            // of the columns that are covered with it. And so on to columns of which the outline tells as much: a long
            // task is drawn without a visit to its spans.
            int covered = begin, columns_before = begin;
            std::size_t mark = i / stride;
            do {
                columns_before = covered;
                covered = std::min(covered + running_least, columns.end());
                mark = outlined.countBefore(columns.firstEvent(covered), mark, covered - columns_before);
                looked_at += 2;
            } while (covered < columns.end() && mark + 1 < outline.size() &&
                     outline[mark + 1] < columns.firstEvent(covered + 1));
            const EventIndex free = columns.firstEvent(covered);
            const std::size_t known = mark > 0 ? std::max(i, (mark - 1) * stride) : i;
            const std::size_t next = spans.count_before(free, known);
            writer.write({begin, covered, TaskState::running, number, static_cast<std::uint32_t>(next - i)}, true);
            // Those of the next stretches are far from here: they are on their way before they are asked for.
            for (const std::size_t ahead : {4, 5}) spans.prefetch_event_of(next + ahead * (next - known));
            near = covered - 1;
            if (covered >= columns.end()) break;
            // The one before may reach into the free columns.
            i = next < spans.size() && spans.event_of(next) < columns.firstEvent(covered + 1) ? next : next - 1;
            continue;
        }
        const bool small = endsIn(i, begin);
        if (const int end = small ? begin : columnOf(i + 1); end > std::max(begin, edge)) {
            const TaskState state = spans.state_of(i);
            const int least = state == TaskState::running ? std::max(begin, edge) + running_least : end;
            writer.write({begin, std::max(end, least), state, number, 1}, false);
            ++i;
        } else if (begin < edge) {
            // Covered already: on to the span that reaches into the free columns.
            if (edge >= columns.end()) break;
            const EventIndex free = columns.firstEvent(edge);
            if (i + 1 < spans.size() && spans.event_of(i + 1) < free)
                i = free_columns.countBefore(free, i, edge - begin) - 1;
            else
                ++i;
        } else {
            // Some spans begin and end in this column, and the last one that begins here may reach further.
            const std::size_t next = next_column.countBefore(columns.firstEvent(begin + 1), i, 1);
            std::size_t last = std::max(next, i + 1);
            if (last - 1 > i && !endsIn(last - 1, begin)) --last;
            const TaskState state = shownOf(spans, i, last);
            if (last < next && state != TaskState::running && spans.state_of(last) == TaskState::running) {
                i = last;  // the column is the running one's, or a sliver would hide it
                continue;
            }
            const int width = state == TaskState::running ? running_least : 1;
            writer.write({begin, begin + width, state, number, static_cast<std::uint32_t>(last - i)}, true);
            i = last;
        }
    }
    return looked_at;
}

std::optional<std::size_t> spanAt(const Task& task, const Axis& axis, Position position) {
    const EventIndex event = axis.eventAt(position);
    if (event == no_event || event < task.created_event) return std::nullopt;
    if (task.done_event != no_event && event >= task.done_event) return std::nullopt;
    const std::size_t begun = task.spans.count_until(event);
    if (begun == 0) return std::nullopt;
    return begun - 1;
}

Extent spanExtent(const Task& task, std::size_t span, const Axis& axis) {
    const Position begin = axis.ofEvent(task.spans.event_of(span));
    if (span + 1 < task.spans.size()) return {begin, axis.ofEvent(task.spans.event_of(span + 1))};
    if (task.done_event != no_event) return {begin, axis.ofEvent(task.done_event)};
    return {begin, std::max(begin, axis.all().end)};
}

}  // namespace awaitscope::ui
