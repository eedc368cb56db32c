// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/frame_builder.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "instrumentation/trace/sleep_timer.hpp"
#include "ui/model/format.hpp"
#include "ui/model/loop_words.hpp"
#include "ui/model/state_words.hpp"
#include "ui/timeline/frame_pass.hpp"

namespace awaitscope::ui {
namespace {

constexpr int legend_height = 32, overview_height = 32, ruler_height = 34;

QString textOf(const Trace& trace, StringId id) {
    const std::string_view text = trace.symbols().string(id);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace

TimelineZones layOut(QSize size, int names_width, bool legend, int rows_height, std::size_t loops) {
    const int width = size.width();
    if (names_width <= 0) names_width = std::clamp(width / 6, 130, 200);
    names_width = std::min(names_width, std::max(0, width - 40));
    const int tracks_width = width - names_width;
    TimelineZones zones;
    int y = 0;
    zones.legend = QRect(0, 0, width, legend ? legend_height : 0);
    y += zones.legend.height();
    zones.corner = QRect(0, y, names_width, overview_height);
    zones.overview = QRect(names_width, y, tracks_width, overview_height);
    y += overview_height;
    zones.ruler_corner = QRect(0, y, names_width, ruler_height);
    zones.ruler = QRect(names_width, y, tracks_width, ruler_height);
    y += ruler_height;
    // The loops' curves follow the rows, and stay in sight at the bottom when there are more rows than room.
    const int rest = std::max(0, size.height() - y);
    const int wanted = static_cast<int>(std::min<std::size_t>(loops, 3)) * loop_height;
    const int loops_height = std::min(wanted, rest / 2 / loop_height * loop_height);
    const int tracks_height = loops_height ? std::min(rest - loops_height, rows_height) : rest;
    zones.names = QRect(0, y, names_width, tracks_height);
    zones.tracks = QRect(names_width, y, tracks_width, tracks_height);
    y += tracks_height;
    zones.loop_names = QRect(0, y, names_width, loops_height);
    zones.loops = QRect(names_width, y, tracks_width, loops_height);
    return zones;
}

TrackMeasures trackMeasures(const TimelineFrame& frame, const QRect& row) {
    const double top = row.top();
    const double height = row.height();
    switch (frame.density) {
        case RowDensity::automatic:
        case RowDensity::comfortable: {
            // Where few tasks have much room, their bars take of it, too; where they have little, they leave the words
            // below them theirs.
            const double scale = height < 50 ? height / 50 : std::max(1.0, height / 58);
            const double centre = top + std::round(18 * scale), running = std::round(22 * scale);
            return {centre, running, std::round(6 * scale), std::round(18 * scale),
                    centre + running / 2 + 4 * std::min(1.0, scale)};
        }
        case RowDensity::compact:
            if (!frame.prints) return {top + height / 2, 16, 4, 12, 0};
            return {top + std::round(0.29 * height), std::round(0.41 * height), 4, std::round(0.33 * height),
                    top + std::round(0.53 * height)};
        case RowDensity::packed:
            break;
    }
    const double most = std::max(2.0, height - 2);
    return {top + height / 2, most, std::max(1.0, std::floor(most / 3)), std::max(1.0, std::floor(most * 0.6)), 0};
}

QString taskName(const Trace& trace, const Task& task) {
    const QString name = textOf(trace, task.name);
    return name.isEmpty() ? QStringLiteral("Task %1").arg(task.id) : name;
}

QString coroutineName(const Trace& trace, const Task& task, const PlaceWords& places) {
    const QString name = places.function(trace, task.definition);
    return name.isEmpty() || name.endsWith(u')') ? name : name + QStringLiteral("()");
}

Nanoseconds lateness(const Trace& trace, const Span& sleep) {
    constexpr Nanoseconds least = 1'000'000;  // less is the clock's grain, and the loop's own work
    const auto timer = sleep_timer(trace, sleep);
    if (!timer) return 0;
    const Nanoseconds late = std::min(sleep.end, trace.end()) - std::max(timer->when, sleep.begin);
    return late < least ? 0 : late;
}

QString waitText(const Trace& trace, TaskIndex task, const Span& span, bool ended) {
    const QString word = waitWord(span.on);
    switch (span.on) {
        case WaitKind::sleep: {
            if (!ended) return word;
            const Nanoseconds late = lateness(trace, span);
            const QString asked = word + ' ' + formatShort(span.end - span.begin - late);
            return late == 0 ? asked
                             : QCoreApplication::translate("Timeline", "%1, %2 late").arg(asked, formatShort(late));
        }
        case WaitKind::gather:
        case WaitKind::group: {
            const std::size_t children = trace.awaits(task, span.event).size();
            return children ? waitWord(span.on, children) : word;
        }
        case WaitKind::task: {
            const TaskIndex other = trace.find_task(span.object);
            return other == no_task ? word : word + ' ' + taskName(trace, trace.tasks()[other]);
        }
        default:
            return word;
    }
}

FrameBuilder::FrameBuilder(const TimelineStyle& style)
    : small_metrics_(style.small_font), mono_metrics_(style.mono_font) {}

void FrameBuilder::setStyle(const TimelineStyle& style) {
    small_metrics_ = QFontMetrics(style.small_font);
    mono_metrics_ = QFontMetrics(style.mono_font);
    widths_.clear();
}

void FrameBuilder::reset() {
    overview_ = {};
    stretch_ = {};
}

int FrameBuilder::textWidth(const QString& text, bool mono) {
    const QString key = mono ? text + QChar(1) : text;
    if (const auto found = widths_.constFind(key); found != widths_.constEnd()) return *found;
    if (widths_.size() > 4096) widths_.clear();
    const int width = (mono ? mono_metrics_ : small_metrics_).horizontalAdvance(text);
    widths_.insert(key, width);
    return width;
}

TimeScale FrameBuilder::scaleFor(const Axis& axis, const FrameRequest& request, const QRect& tracks) {
    const Extent range = request.range.length() > 0 ? request.range : fitted(axis.all(), axis.shortest());
    return TimeScale(range, tracks.left(), tracks.width());
}

ColumnMap FrameBuilder::columnsFor(const Trace& trace, const Axis& axis, const TimelineFrame& frame) {
    const double per_pixel = frame.density == RowDensity::packed ? frame.pixel_ratio / 2 : frame.pixel_ratio;
    const QRect& tracks = frame.zones.tracks;
    return ColumnMap(trace, axis, frame.scale, per_pixel, static_cast<int>(std::floor(tracks.left() * per_pixel)),
                     static_cast<int>(std::ceil((tracks.right() + 1) * per_pixel)));
}

const ColumnMap& FrameBuilder::columnsOf(const Trace& trace, const Axis& axis, const TimelineFrame& frame) {
    const Stretch::Key key{trace.event_count(), frame.scale.extent(), frame.axis,         frame.zones.tracks,
                           frame.zones.loops,   frame.pixel_ratio,    runningLeast(frame)};
    constexpr std::size_t rows_most = 4096;
    if (!stretch_.columns || stretch_.key != key || stretch_.pieces.size() > rows_most) {
        stretch_ = {};
        stretch_.key = key;
        stretch_.columns = columnsFor(trace, axis, frame);
    }
    return *stretch_.columns;
}

const std::vector<Piece>& FrameBuilder::piecesOf(const Pass& pass, TaskIndex task) {
    const auto [row, is_new] = stretch_.pieces.try_emplace(task);
    if (is_new) looked_at_ += pieces(pass.trace.tasks()[task], pass.columns, runningLeast(pass.frame), row->second);
    return row->second;
}

int FrameBuilder::runningLeast(const TimelineFrame& frame) {
    return frame.density == RowDensity::packed ? 1 : static_cast<int>(std::lround(3 * frame.pixel_ratio));
}

TimelineFrame FrameBuilder::build(const Trace& trace, const RowLayout& layout, const FrameRequest& request,
                                  TimelineFrame frame) {
    frame.clear();
    frame.size = request.size;
    frame.pixel_ratio = request.pixel_ratio;
    frame.axis = request.axis;
    frame.live = request.live;
    frame.density = layout.density();
    frame.prints = layout.prints();
    frame.zones = layOut(request.size, request.names_width, request.legend, layout.height(), trace.loops().size());
    looked_at_ = 0;
    const Axis axis(trace, request.axis);
    frame.scale = scaleFor(axis, request, frame.zones.tracks);
    if (trace.event_count() == 0) return frame;

    const ColumnMap& columns = columnsOf(trace, axis, frame);
    Pass pass{trace, axis, layout, request, columns, frame, {}};
    addRows(pass);
    addOutputs(pass);
    addArrows(pass);
    addRulerAndMarks(pass);
    addNoted(pass);
    addLoops(pass);
    addOverview(pass);
    addHits(pass);
    if (request.future_hidden) frame.hideFuture();
    return frame;
}

void FrameBuilder::addRows(Pass& pass) {
    const TimelineZones& zones = pass.frame.zones;
    const auto [first, last] = pass.layout.visible(pass.request.scroll, pass.request.scroll + zones.tracks.height());
    pass.frame.rows.reserve(last - first);
    for (std::size_t i = first; i < last; ++i) {
        const Row& row = pass.layout.rows()[i];
        if (row.kind == RowKind::task && pass.hides(pass.trace.tasks()[row.index].created_event)) continue;
        TimelineFrame::RowItem item;
        item.row = row;
        item.rect = QRect(0, zones.tracks.top() + row.y - pass.request.scroll, pass.frame.size.width(), row.height);
        item.hovered = pass.request.hovered_row == i;
        if (row.kind == RowKind::task) {
            const Task& task = pass.trace.tasks()[row.index];
            item.name = taskName(pass.trace, task);
            item.detail = coroutineName(pass.trace, task, pass.request.places);
            item.selected = row.index == pass.request.selected;
            item.dimmed = !pass.request.search.isEmpty() &&
                          !item.name.contains(pass.request.search, Qt::CaseInsensitive) &&
                          !item.detail.contains(pass.request.search, Qt::CaseInsensitive);
            addTaskTrack(pass, item);
        } else if (row.kind == RowKind::io) {
            const IoTrack& track = pass.trace.io_tracks()[row.index];
            item.name = QStringLiteral("fd %1").arg(track.fd);
            item.detail = textOf(pass.trace, track.peer);
            addConnection(pass, track, item.rect);
        } else if (row.kind == RowKind::io_group) {
            item.name = QStringLiteral("I/O");
            item.detail = row.descendants == 1
                              ? QCoreApplication::translate("Timeline", "1 connection")
                              : QCoreApplication::translate("Timeline", "%1 connections").arg(row.descendants);
        } else {
            item.name = row.kind == RowKind::process ? processText(pass.trace, row.index)
                                                     : loopText(pass.trace, static_cast<std::uint16_t>(row.index));
            item.detail = row.descendants == 1
                              ? QCoreApplication::translate("Timeline", "1 task")
                              : QCoreApplication::translate("Timeline", "%1 tasks").arg(formatCount(row.descendants));
        }
        pass.frame.rows.push_back(std::move(item));
    }
}

void FrameBuilder::addRulerAndMarks(Pass& pass) {
    TimelineFrame& frame = pass.frame;
    const TimeScale& scale = frame.scale;
    for (const Tick& tick : pass.axis.ticks(scale, frame.axis == AxisKind::time ? 92 : 136))
        frame.ticks.push_back({scale.x(tick.at), figures(tick.label), tick.jump});

    const auto visible = [&](double x) {
        return x >= frame.zones.tracks.left() - 1 && x <= frame.zones.tracks.right() + 1;
    };
    if (const EventIndex whole = pass.trace.whole_from(); whole != no_event) {
        const QString count = formatCount(pass.trace.event(whole).a);
        const double x = scale.x(pass.axis.ofEvent(whole));
        if (visible(x))
            frame.marks.push_back(
                {x,
                 QCoreApplication::translate("awaitscope::ui::TimelineView", "%1 earlier events are folded").arg(count),
                 false});
    }
    const IndexList& marks = pass.trace.marks();
    for (std::size_t i = marks.count_before(pass.columns.firstEvent(pass.columns.begin())); i < marks.size();) {
        const double x = scale.x(pass.axis.ofEvent(marks[i]));
        if (!visible(x)) break;
        frame.marks.push_back({x, textOf(pass.trace, pass.trace.event(marks[i]).b), false});
        // Of marks that lie closer than they can be told apart one stands for all.
        constexpr double apart = 4;
        const int next = std::min(pass.columns.end(), static_cast<int>((x + apart) * pass.columns.perPixel()));
        i = std::max(i + 1, marks.count_before(pass.columns.firstEvent(next)));
    }
    for (const auto& [event, note] : pass.request.user_marks) {
        if (event >= pass.trace.event_count()) continue;
        const double x = scale.x(pass.axis.ofCursor(event));
        if (visible(x)) frame.marks.push_back({x, note.isEmpty() ? formatTime(pass.trace.time_at(event)) : note, true});
    }
    std::ranges::sort(frame.marks, {}, &TimelineFrame::Mark::x);  // each has room up to the next
    const IndexList& losses = pass.trace.losses();
    for (std::size_t i = losses.count_before(pass.columns.firstEvent(pass.columns.begin())); i < losses.size(); ++i) {
        const EventIndex event = losses[i];
        const double begin = event > 0 ? scale.x(pass.axis.ofEvent(event - 1)) : scale.x(pass.axis.ofEvent(event));
        const double end = std::max(begin + 3, scale.x(pass.axis.ofEvent(event)));
        if (begin > frame.zones.tracks.right()) break;
        const std::uint64_t count = pass.trace.event(event).a;
        if (!frame.losses.empty() && begin <= frame.losses.back().end) {
            frame.losses.back().end = std::max(end, frame.losses.back().end);
            frame.losses.back().count += count;
        } else {
            frame.losses.push_back({begin, end, count});
        }
    }
    frame.has_cursor = pass.request.has_cursor;
    frame.cursor_x = scale.x(pass.axis.ofCursor(pass.request.cursor));
    frame.live_edge_x = scale.x(pass.axis.all().end);
    if (const auto& answer = pass.request.answer; answer && answer->last < pass.trace.event_count()) {
        const double begin = scale.x(pass.axis.ofCursor(answer->after)),
                     end = scale.x(pass.axis.ofCursor(answer->last));
        const QRect zone = frame.zones.ruler.united(frame.zones.tracks);
        frame.answer = QRectF(begin, zone.top(), std::max(3.0, end - begin), zone.height()).intersected(zone);
    }
}

void FrameBuilder::addLoops(Pass& pass) {
    const auto loops = pass.trace.loops();
    const QRect& zone = pass.frame.zones.loops;
    if (!stretch_.loops.empty()) {
        pass.frame.loops = stretch_.loops;
        return;
    }
    int y = zone.top();
    for (std::size_t i = 0; i < loops.size(); ++i) {
        if (y + loop_height > zone.bottom() + 1) continue;
        TimelineFrame::LoopCurve curve;
        curve.rect = QRect(0, y, pass.frame.size.width(), loop_height);
        curve.name = loops.size() > 1 ? fullLoopText(pass.trace, loops[i].number)
                                      : QCoreApplication::translate("Timeline", "Loop");
        std::uint32_t greatest = 0;
        const auto points = depthCurve(pass.trace, loops[i], pass.axis, pass.frame.scale, pass.columns, greatest);
        curve.greatest = formatCount(greatest);
        const double bottom = y + loop_height - 18, height = loop_height - 36;
        const double unit = height / std::max<std::uint32_t>(greatest, 2);
        curve.points.reserve(points.size());
        const double left = zone.left(), right = zone.right() + 1;
        for (const DepthPoint& point : points)
            curve.points.emplace_back(std::clamp(point.x, left, right), std::round(bottom - point.depth * unit));
        if (!points.empty()) {
            const QPointF last = curve.points.back();
            const double end = std::min(right, pass.frame.scale.x(pass.axis.all().end));
            if (end > last.x()) curve.points.emplace_back(end, last.y());
        }
        pass.frame.loops.push_back(std::move(curve));
        y += loop_height;
    }
    stretch_.loops = pass.frame.loops;
}

void TimelineFrame::clear() {
    TimelineFrame empty;
    const auto keep = [](auto& from, auto& to) {
        from.clear();
        to.swap(from);
    };
    // Those of which dense traces have ten thousands.
    keep(running, empty.running);
    keep(ready, empty.ready);
    keep(wait_slivers, empty.wait_slivers);
    for (std::size_t i = 0; i < share_levels; ++i) keep(running_dense[i], empty.running_dense[i]);
    for (std::size_t i = 0; i < wait_class_count; ++i) {
        keep(waiting[i], empty.waiting[i]);
        keep(wait_edges[i], empty.wait_edges[i]);
        keep(wait_thin[i], empty.wait_thin[i]);
    }
    *this = std::move(empty);
}

std::size_t TimelineFrame::rectangleCount() const {
    std::size_t count = running.size() + ready.size() + output_ticks.size() + reads.size() + writes.size() +
                        connection_lines.size() + wait_slivers.size();
    for (const auto& rects : running_dense) count += rects.size();
    for (std::size_t i = 0; i < wait_class_count; ++i)
        count += waiting[i].size() + wait_edges[i].size() + wait_thin[i].size();
    return count;
}

}  // namespace awaitscope::ui
