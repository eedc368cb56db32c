// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineFrame that keeps a secret: what comes after the cursor.
#include <algorithm>

#include "ui/timeline/timeline_frame.hpp"

namespace awaitscope::ui {
namespace {

void cut(std::vector<QRectF>& rects, double x) {
    std::erase_if(rects, [x](const QRectF& rect) { return rect.left() >= x; });
    for (QRectF& rect : rects) rect.setRight(std::min(rect.right(), x));
}

template <class Things>
void dropFrom(Things& things, double x) {
    std::erase_if(things, [x](const auto& thing) { return thing.x > x; });
}

}  // namespace

void TimelineFrame::hideFuture() {
    // What begins with the cursor's own event is drawn at its pixel and behind it.
    const double x = cursor_x + 1;
    for (auto* rects : {&running, &ready, &wait_slivers, &overdue, &hits, &hit_ticks, &output_ticks, &reads, &writes,
                        &connection_lines})
        cut(*rects, x);
    for (auto& rects : running_dense) cut(rects, x);
    for (auto* kinds : {&waiting, &wait_edges, &wait_thin})
        for (auto& rects : *kinds) cut(rects, x);
    std::erase_if(labels, [x](const FrameLabel& label) { return label.rect.left() >= x; });
    for (FrameLabel& label : labels) {
        if (label.rect.right() <= x) continue;
        // What was printed is known; "sleep 1 s" tells when it will be over.
        if (!label.mono) label.text = label.text.section(u' ', 0, 0);
    }
    std::erase_if(arrows, [x](const Arrow& arrow) { return arrow.to.x() > x; });
    dropFrom(ticks, x);
    dropFrom(noted, x);
    std::erase_if(losses, [x](const Loss& loss) { return loss.begin >= x; });
    answer = answer.intersected(QRectF(answer.left(), answer.top(), std::max(0.0, x - answer.left()), answer.height()));
    for (LoopCurve& loop : loops) {
        std::erase_if(loop.points, [x](const QPointF& point) { return point.x() > x; });
        loop.greatest.clear();
    }
    const double overview_x = overview_cursor_x + 1;
    for (auto* rects : {&overview_running, &overview_losses, &overview_hits}) cut(*rects, overview_x);
    dropFrom(overview_noted, overview_x);
}

}  // namespace awaitscope::ui
