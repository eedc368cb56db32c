// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView which moves the range and the rows in sight.
#include <QScopedValueRollback>
#include <algorithm>
#include <cmath>

#include "ui/timeline/timeline_view.hpp"

namespace awaitscope::ui {

void TimelineView::takeRange() {
    if (own_change_) return;
    const TimeRange range = view_.range();
    range_ = {};
    if (range.length() > 0)
        withTrace([&](const Trace& trace) {
            const Axis axis(trace, axis_);
            // Just everything, as follow mode asks for: then with the air around it that fitting leaves.
            if (range.begin == trace.begin() && range.end >= trace.end() && range.end <= trace.end() + 1) return;
            range_ = {axis.ofTime(range.begin), axis.ofTime(range.end)};
            if (range_.length() < axis.shortest()) range_ = clamped(range_, range_, axis.shortest());
        });
    update();
}

void TimelineView::setExtent(Extent extent) {
    const std::optional<TimeRange> range = takeExtent(extent);
    if (!range) return;
    const QScopedValueRollback own(own_change_, true);
    view_.setRange(*range);
}

void TimelineView::slideTo(Extent extent) {
    const std::optional<TimeRange> range = takeExtent(extent);
    if (!range) return;
    const QScopedValueRollback own(own_change_, true);
    view_.slideRange(*range);
}

/// Shows an extent, and gives it as the view state has it; nothing when nothing has happened yet.
std::optional<TimeRange> TimelineView::takeExtent(Extent extent) {
    std::optional<TimeRange> range;
    withTrace([&](const Trace& trace) {
        const Axis axis(trace, axis_);
        range_ = clamped(extent, fitted(axis.all(), axis.shortest()), axis.shortest());
        if (trace.event_count() > 0) range = TimeRange{axis.timeAt(range_.begin), axis.timeAt(range_.end)};
    });
    update();
    return range;
}

void TimelineView::fit() {
    Extent all;
    withTrace([&](const Trace& trace) {
        const Axis axis(trace, axis_);
        all = fitted(axis.all(), axis.shortest());
    });
    setExtent(all);
}

void TimelineView::zoom(double factor) {
    const QRect& tracks = frame_.zones.tracks;
    const bool inside = underMouse() && pointer_.x() >= tracks.left() && pointer_.x() <= tracks.right();
    zoomAround(factor, inside ? pointer_.x() : tracks.left() + tracks.width() / 2.0);
}

void TimelineView::zoomAround(double factor, double x) {
    Extent next;
    if (!withTrace([&](const Trace& trace) {
            const Axis axis(trace, axis_);
            next = zoomed(frame_.scale, factor, x, fitted(axis.all(), axis.shortest()), axis.shortest());
        }))
        return;
    setExtent(next);
}

void TimelineView::pan(double share) {
    const auto by = static_cast<Position>(std::llround(static_cast<double>(frame_.scale.extent().length()) * share));
    setExtent({frame_.scale.extent().begin + by, frame_.scale.extent().end + by});
}

void TimelineView::zoomToSpan(TaskIndex task, std::size_t span) {
    Extent extent;
    withTrace([&](const Trace& trace) {
        if (task < trace.tasks().size() && span < trace.tasks()[task].spans.size())
            extent = spanExtent(trace.tasks()[task], span, Axis(trace, axis_));
    });
    if (extent.length() <= 0) return;
    const Position air = std::max<Position>(1, extent.length() / 8);
    setExtent({extent.begin - air, extent.end + air});
}

void TimelineView::zoomToTask(TaskIndex task) {
    Extent extent;
    withTrace([&](const Trace& trace) {
        if (task >= trace.tasks().size()) return;
        const Axis axis(trace, axis_);
        const Task& life = trace.tasks()[task];
        extent = {axis.ofEvent(life.created_event),
                  life.done_event == no_event ? axis.all().end : axis.ofEvent(life.done_event)};
    });
    if (extent.length() <= 0) return;
    const Position air = std::max<Position>(1, extent.length() / 20);
    setExtent({extent.begin - air, extent.end + air});
}

void TimelineView::showCursor() {
    if (range_.length() <= 0) return;
    std::optional<Extent> next;
    withTrace([&](const Trace& trace) {
        const Position at = Axis(trace, axis_).ofCursor(view_.cursor());
        const Position edge = range_.length() / 12;
        if (at < range_.begin || at > range_.end)  // far: into the middle; the neighbourhood is what one wants to see
            next = Extent{at - range_.length() / 2, at - range_.length() / 2 + range_.length()};
        else if (at > range_.end - edge)
            next = Extent{range_.begin + (at - range_.end + edge), at + edge};
        else if (at < range_.begin + edge)
            next = Extent{at - edge, range_.end - (range_.begin + edge - at)};
        if (!next) return;
        const Axis axis(trace, axis_);
        next = clamped(*next, fitted(axis.all(), axis.shortest()), axis.shortest());
        if (*next == range_) next.reset();
    });
    if (next) slideTo(*next);
}

std::vector<std::pair<TaskIndex, int>> TimelineView::tasksInSight() const {
    std::vector<std::pair<TaskIndex, int>> tasks;
    for (const auto& item : frame_.rows)
        if (item.row.kind == RowKind::task)
            tasks.emplace_back(item.row.index, item.rect.top() - frame_.zones.tracks.top());
    return tasks;
}

void TimelineView::placeTask(TaskIndex task, int below_top) {
    to_place_.emplace(task, below_top);
    update();
}

void TimelineView::showTask(TaskIndex task) {
    withTrace([&](const Trace& trace) { updateLayout(trace); });
    const auto row = layout_.rowOfTask(task);
    if (!row || !scroll_->isVisibleTo(this)) return;
    const Row& shown = layout_.rows()[*row];
    const int page = scroll_->pageStep();
    constexpr int margin = 12;  // its neighbours are seen as well
    if (shown.y - margin < scroll_->value())
        scroll_->setValue(shown.y - margin);
    else if (shown.y + shown.height + margin > scroll_->value() + page)
        scroll_->setValue(shown.y + shown.height + margin - page);
}

void TimelineView::cursorMoved() {
    // Following moves the range along; a drag along the ruler must not make the ground slip.
    if (!view_.following() && drag_ == Drag::none) {
        showCursor();
        TaskIndex task = no_task;
        withTrace([&](const Trace& trace) {
            if (view_.cursor() < trace.event_count()) task = trace.find_task(trace.event(view_.cursor()).task());
        });
        if (task != no_task) showTask(task);
    }
    measureToCursor();
    update();
}

}  // namespace awaitscope::ui
