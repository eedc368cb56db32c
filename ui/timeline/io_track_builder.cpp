// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FrameBuilder which draws connections.
#include <algorithm>
#include <bit>
#include <cmath>

#include "ui/geometry/guided_search.hpp"
#include "ui/model/format.hpp"
#include "ui/timeline/frame_pass.hpp"

namespace awaitscope::ui {
namespace {

constexpr double bytes_least = 16;  // nothing that tells bytes is narrower

/// A tick's height tells the order of magnitude: a quarter of the room for a byte, all of it from a megabyte on.
double tickHeight(std::uint64_t bytes, double room) {
    // Bits, not a logarithm: there are ten thousands of ticks in a dense frame.
    const double size = std::min(1.0, std::bit_width(bytes) / 20.0);
    return std::max(2.0, std::round(room * (0.3 + 0.7 * size)));
}

/// Bytes in each direction; nothing where no event moved any.
struct Traffic {
    std::optional<std::uint64_t> read, written;
};

Traffic trafficOf(const Event& event) {
    if (event.kind() == EventKind::io_read) return {event.a, std::nullopt};
    if (event.kind() == EventKind::io_write) return {std::nullopt, event.a};
    return {};
}

/// Of the events [first, last) of a track. What is drawn is an order of magnitude: of many some stand for all, and of
/// very many the outline tells, to within the few at both ends.
Traffic trafficOf(const IoTrack& track, std::size_t first, std::size_t last) {
    constexpr std::size_t stride_known = IoTrack::outline_stride;
    const std::size_t begin = first / stride_known, end = last / stride_known;
    if (end >= begin + 2 && end < track.moved.size()) {
        const auto some = [](std::uint64_t bytes) { return bytes > 0 ? std::optional(bytes) : std::nullopt; };
        const IoTrack::Moved &from = track.moved[begin], &to = track.moved[end];
        return {some(to.read - from.read), some(to.written - from.written)};
    }
    constexpr std::size_t looks = 6;
    // Odd: reads and writes often alternate.
    const std::size_t stride = (last - first) / looks | 1;
    Traffic traffic;
    for (std::size_t i = first; i < last; i += stride) {
        const IoSize size = track.sizes[i];
        if (!size.moved()) continue;
        std::optional<std::uint64_t>& sum = size.written() ? traffic.written : traffic.read;
        sum = sum.value_or(0) + size.bytes() * stride;
    }
    return traffic;
}

/// Bars from left to right; those of one height that touch become one.
class Bars {
  public:
    explicit Bars(std::vector<QRectF>& out) : out_(out), first_(out.size()) {}
    void add(const QRectF& bar) {
        if (out_.size() > first_ && out_.back().right() >= bar.left() && out_.back().height() == bar.height())
            out_.back().setRight(bar.right());
        else
            out_.push_back(bar);
    }

  private:
    std::vector<QRectF>& out_;
    std::size_t first_;
};

}  // namespace

void FrameBuilder::addConnection(Pass& pass, const IoTrack& track, const QRect& row) {
    TimelineFrame& frame = pass.frame;
    const bool roomy = frame.density == RowDensity::comfortable;
    const double line_y = std::floor(row.top() + row.height() / 2.0);
    const double room = std::max(2.0, row.height() / 2.0 - (roomy ? 6 : 2));
    const double ratio = frame.pixel_ratio;
    const double left = frame.zones.tracks.left(), right = frame.zones.tracks.right() + 1;
    if (track.events.empty()) return;
    const double begin = std::max(left, frame.scale.x(pass.axis.ofEvent(track.events.front())));
    const double end =
        std::min(right, track.closed == open_end ? frame.scale.x(pass.axis.all().end)
                                                 : frame.scale.x(pass.axis.ofEvent(track.events.back())));
    if (end > begin) frame.connection_lines.emplace_back(begin, line_y, end - begin, 1);

    const double width = std::max(1.0, std::round(2 * ratio) / ratio);
    // Traffic denser than ticks is drawn in cells on a grid of the screen, which stand still while others come and go.
    const int cell = std::max(1, static_cast<int>(std::lround(3 * pass.columns.perPixel())));
    Bars writes(frame.writes), reads(frame.reads);
    double label_end_read = left - 100, label_end_write = label_end_read;
    const std::size_t last = track.events.count_before(pass.columns.firstEvent(pass.columns.end()));
    std::size_t i = track.events.count_before(pass.columns.firstEvent(pass.columns.begin()));
    GuidedSearch outlined(track.outline.size(), [&](std::size_t at) { return track.outline[at]; });
    int column = pass.columns.begin() - 1;
    while (i < last) {
        column = pass.columns.columnOf(track.events[i], column);
        const int cell_end = std::min((column / cell + 1) * cell, pass.columns.end());
        const EventIndex behind = pass.columns.firstEvent(cell_end);
        // The outline tells where to look: at one place of the list, however long that is.
        const std::size_t mark = outlined.countBefore(behind, i / IoTrack::outline_stride, cell_end - column);
        const std::size_t known = mark > 0 ? std::max(i, (mark - 1) * IoTrack::outline_stride) : i;
        const std::size_t next = std::max(i + 1, std::min(last, track.events.count_before(behind, known)));
        const bool alone = next == i + 1;
        const double x = pass.x(alone ? column : cell_end - cell);
        const double tick = alone ? width : pass.x(cell_end) - x;
        const Traffic traffic = alone ? trafficOf(pass.trace.event(track.events[i])) : trafficOf(track, i, next);
        const auto label = [&](std::uint64_t bytes, double& label_end, double y) {
            if (!roomy || !alone || x < label_end) return;
            const double following = next < last ? pass.frame.scale.x(pass.axis.ofEvent(track.events[next])) : right;
            if (following - x < bytes_least) return;
            const QString text = formatBytes(bytes);
            const double needed = textWidth(text, false) + 4;
            if (following - x < needed + 4) return;
            frame.labels.push_back({QRectF(x + width + 2, y, needed, 13), text, false});
            label_end = x + width + needed + 2;
        };
        if (traffic.written) {
            const double height = tickHeight(*traffic.written, room);
            writes.add(QRectF(x, line_y - height, tick, height));
            label(*traffic.written, label_end_write, line_y - 15);
        }
        if (traffic.read) {
            reads.add(QRectF(x, line_y + 1, tick, tickHeight(*traffic.read, room)));
            label(*traffic.read, label_end_read, line_y + 3);
        }
        i = next;
    }
}

}  // namespace awaitscope::ui
