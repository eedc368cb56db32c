// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of FrameBuilder which draw the overview, and what a search has found.
#include <algorithm>
#include <cmath>

#include "ui/geometry/busy_share.hpp"
#include "ui/timeline/frame_pass.hpp"

namespace awaitscope::ui {
namespace {

/// Calls with each column that holds hits, and those of them.
template <class Use>
void forEachHitColumn(std::span<const std::uint32_t> hits, const ColumnMap& columns, Use&& use) {
    auto hit = std::ranges::lower_bound(hits, columns.firstEvent(columns.begin()));
    while (hit != hits.end()) {
        const int column = columns.columnOf(*hit);
        if (column >= columns.end()) return;
        const auto next = std::lower_bound(hit, hits.end(), columns.firstEvent(column + 1));
        use(column, std::span(hit, next));
        hit = next;
    }
}

}  // namespace

void FrameBuilder::makeOverview(Pass& pass, const QRect& zone, const TimeScale& scale) {
    overview_ = {};
    overview_.events = pass.trace.event_count();
    overview_.zone = zone;
    overview_.axis = pass.frame.axis;
    overview_.extent = scale.extent();
    const ColumnMap& columns =
        overview_.columns.emplace(pass.trace, pass.axis, scale, 1, zone.left(), zone.right() + 1);
    const auto tasks = pass.trace.tasks();
    constexpr std::size_t lanes_most = 12;
    if (tasks.size() <= lanes_most) {
        const double lane = std::min(5.0, static_cast<double>(zone.height()) / static_cast<double>(tasks.size()));
        const double top = zone.top() + (zone.height() - lane * static_cast<double>(tasks.size())) / 2;
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            pieces_.clear();
            pieces(tasks[i], columns, 4, pieces_);
            for (const Piece& piece : pieces_)
                if (piece.state == TaskState::running)
                    overview_.running.emplace_back(piece.begin, top + static_cast<double>(i) * lane,
                                                   piece.end - piece.begin, std::max(1.0, lane - 1));
        }
    } else if (pass.frame.axis == AxisKind::steps) {
        // Whose events they are, as dots at the height of the task.
        const double lane = static_cast<double>(zone.height() - 2) / static_cast<double>(tasks.size() - 1);
        for (int column = columns.begin(); column < columns.end(); ++column) {
            const EventIndex first = columns.firstEvent(column), last = columns.firstEvent(column + 1);
            const EventIndex stride = std::max<EventIndex>(1, (last - first) / 2);
            for (EventIndex event = first; event < last; event += stride) {
                const TaskIndex task = pass.trace.find_task(pass.trace.event(event).task());
                if (task == no_task) continue;
                overview_.running.emplace_back(column, zone.top() + std::floor(task * lane), 1, 2);
            }
        }
    } else {
        // More tasks than lanes: how busy the loop was. Where anything happened at all, it is seen.
        constexpr double seen_least = 2;
        for (int column = columns.begin(); column < columns.end(); ++column) {
            const EventIndex first = columns.firstEvent(column), last = columns.firstEvent(column + 1);
            const double share = busyShare(pass.trace, scale.at(column), scale.at(column + 1), first, last);
            const double height = std::max(first < last ? seen_least : 0.0, std::round(share * zone.height()));
            if (height < 1) continue;
            overview_.running.emplace_back(column, zone.bottom() + 1 - height, 1, height);
        }
    }
}

void FrameBuilder::addOverviewHits(Pass& pass, const QRect& zone) {
    if (overview_.hits_version == pass.request.hits_version) return;
    overview_.hits_version = pass.request.hits_version;
    overview_.hits.clear();
    forEachHitColumn(pass.request.hits, *overview_.columns, [&](int column, auto) {
        if (!overview_.hits.empty() && overview_.hits.back().right() == column)
            overview_.hits.back().setRight(column + 1);
        else
            overview_.hits.emplace_back(column, zone.bottom() - 4, 1, 6);
    });
}

void FrameBuilder::addHits(Pass& pass) {
    TimelineFrame& frame = pass.frame;
    frame.search_note = pass.request.search_note;
    const QRect& tracks = frame.zones.tracks;
    constexpr std::size_t rows_most = 4;  // of one column
    constexpr double wide = 2;
    forEachHitColumn(pass.request.hits, pass.columns, [&](int column, std::span<const std::uint32_t> hits) {
        const double x = pass.x(column);
        if (!frame.hit_ticks.empty() && frame.hit_ticks.back().right() >= x)
            frame.hit_ticks.back().setRight(x + wide);
        else
            frame.hit_ticks.emplace_back(x, frame.zones.ruler.bottom() - 4, wide, 4);
        for (const std::uint32_t hit : hits.first(std::min(hits.size(), rows_most))) {
            const auto row = pass.layout.rowOfTask(pass.trace.find_task(pass.trace.event(hit).task()));
            if (!row) continue;
            const Row& at = pass.layout.rows()[*row];
            const QRectF rect(x, tracks.top() + at.y - pass.request.scroll, wide, at.height - 1);
            if (rect.bottom() >= tracks.top() && rect.top() <= tracks.bottom()) frame.hits.push_back(rect);
        }
    });
}

void FrameBuilder::addOverview(Pass& pass) {
    TimelineFrame& frame = pass.frame;
    const QRect zone = frame.zones.overview.adjusted(2, 4, -2, -4);
    const Extent all = fitted(pass.axis.all(), pass.axis.shortest());
    const TimeScale scale(all, zone.left(), zone.width());

    // It changes slowly: made anew when the trace has grown by a hundredth, not with every frame.
    const EventIndex count = pass.trace.event_count();
    if (overview_.zone != zone || overview_.axis != frame.axis || count < overview_.events ||
        count - overview_.events > overview_.events / 100)
        makeOverview(pass, zone, scale);
    // Between two makings the old picture is pressed together by what has come since.
    addOverviewHits(pass, zone);
    const TimeScale old(overview_.extent, zone.left(), zone.width());
    const double shrink = scale.pixelsPerUnit() / old.pixelsPerUnit();
    const double shift = scale.x(overview_.extent.begin) - zone.left() * shrink;
    const auto pressed = [&](const std::vector<QRectF>& rects, std::vector<QRectF>& out) {
        out.reserve(rects.size());
        for (const QRectF& rect : rects)
            out.emplace_back(rect.left() * shrink + shift, rect.top(), std::max(1.0, rect.width() * shrink),
                             rect.height());
    };
    pressed(overview_.running, frame.overview_running);
    pressed(overview_.hits, frame.overview_hits);
    const IndexList& losses = pass.trace.losses();
    double last_x = -10;
    for (const std::uint32_t loss : losses) {
        const double x = std::floor(scale.x(pass.axis.ofEvent(loss)));
        if (x < last_x + 2) continue;
        frame.overview_losses.emplace_back(x, zone.top(), 2, zone.height());
        last_x = x;
    }
    if (const EventIndex whole = pass.trace.whole_from(); whole != no_event)
        frame.overview_folded_x = std::max<double>(zone.left(), scale.x(pass.axis.ofEvent(whole)));
    const auto inside = [&](double x) { return std::clamp(x, zone.left() - 1.0, zone.right() + 2.0); };
    const double begin = inside(scale.x(frame.scale.extent().begin)), end = inside(scale.x(frame.scale.extent().end));
    frame.overview_window =
        QRectF(begin, frame.zones.overview.top() + 1, std::max(6.0, end - begin), frame.zones.overview.height() - 2);
    if (frame.has_cursor) frame.overview_cursor_x = scale.x(pass.axis.ofCursor(pass.request.cursor));
}

}  // namespace awaitscope::ui
