// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/geometry/time_text.hpp"

namespace awaitscope::ui {

Nanoseconds niceStep(double least) {
    constexpr Nanoseconds second = 1'000'000'000;
    constexpr std::array long_steps = {10 * second,   15 * second,    30 * second,    60 * second,    120 * second,
                                       300 * second,  600 * second,   900 * second,   1800 * second,  3600 * second,
                                       7200 * second, 10800 * second, 21600 * second, 43200 * second, 86400 * second};
    if (!(least > 1)) return 1;
    if (least > 5e9) {
        for (const Nanoseconds step : long_steps)
            if (static_cast<double>(step) >= least) return step;
        return static_cast<Nanoseconds>(std::ceil(std::min(least, 9e18) / (86400.0 * second))) * 86400 * second;
    }
    double power = 1;
    while (power * 10 <= least) power *= 10;
    for (const double times : {1.0, 2.0, 5.0})
        if (times * power >= least) return static_cast<Nanoseconds>(times * power);
    return static_cast<Nanoseconds>(10 * power);
}

double niceTop(double greatest, bool whole) {
    for (double power = 1;; power *= 10)
        for (const double times : {1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
            const double top = times * power;
            if (top >= greatest && (!whole || (top >= 4 && std::fmod(top, 2) == 0))) return top;
        }
}

Position Axis::ofEvent(EventIndex event) const {
    if (kind_ == AxisKind::steps) return static_cast<Position>(event) * event_cell;
    return static_cast<Position>(trace_->event(event).time);
}

Position Axis::ofCursor(EventIndex cursor) const {
    if (trace_->event_count() == 0) return 0;
    if (cursor == no_event) return ofEvent(0);
    const Position at = ofEvent(std::min(cursor, trace_->event_count() - 1));
    return kind_ == AxisKind::steps ? at + event_cell / 2 : at;
}

Position Axis::ofTime(Nanoseconds time) const {
    if (kind_ == AxisKind::time) return time;
    const EventIndex count = trace_->event_count();
    if (count == 0) return 0;
    const EventIndex next = trace_->first_at_or_after(time);
    const auto timeOf = [&](EventIndex i) { return static_cast<Nanoseconds>(trace_->event(i).time); };
    // Outside of the recording a cell is a microsecond long, so that a range that reaches beyond survives the way
    // there and back.
    if (next == 0) return timeOf(0) == time ? 0 : std::max<Nanoseconds>(time - timeOf(0), -1'000'000'000);
    if (next == count) {
        const Nanoseconds beyond = std::min<Nanoseconds>(time - timeOf(count - 1), 1'000'000'000);
        return static_cast<Position>(count - 1) * event_cell + beyond;
    }
    if (timeOf(next) == time) return static_cast<Position>(next) * event_cell;
    const double share =
        static_cast<double>(time - timeOf(next - 1)) / static_cast<double>(timeOf(next) - timeOf(next - 1));
    return static_cast<Position>(next - 1) * event_cell + static_cast<Position>(std::lround(share * event_cell));
}

Nanoseconds Axis::timeAt(Position position) const {
    if (kind_ == AxisKind::time) return position;
    const EventIndex count = trace_->event_count();
    if (count == 0) return 0;
    if (position < 0) return static_cast<Nanoseconds>(trace_->event(0).time) + position;
    const auto cell = static_cast<EventIndex>(position / event_cell);
    if (cell >= count - 1)
        return static_cast<Nanoseconds>(trace_->event(count - 1).time) + position -
               static_cast<Position>(count - 1) * event_cell;
    const auto begin = static_cast<Nanoseconds>(trace_->event(cell).time);
    const auto end = static_cast<Nanoseconds>(trace_->event(cell + 1).time);
    const double share = static_cast<double>(position % event_cell) / event_cell;
    return begin + static_cast<Nanoseconds>(std::llround(share * static_cast<double>(end - begin)));
}

EventIndex Axis::eventAt(Position position) const {
    const EventIndex after = firstAfter(position);
    return after == 0 ? no_event : after - 1;
}

EventIndex Axis::firstAfter(Position position, EventIndex from) const {
    if (kind_ == AxisKind::time) return trace_->first_at_or_after(position + 1, from);
    if (position < 0) return 0;
    return std::min(static_cast<EventIndex>(position / event_cell) + 1, trace_->event_count());
}

Extent Axis::all() const {
    const EventIndex count = trace_->event_count();
    if (count == 0) return {0, 0};
    if (kind_ == AxisKind::steps) return {0, static_cast<Position>(count) * event_cell};
    return {trace_->begin(), trace_->end()};
}

std::vector<Tick> Axis::ticks(const TimeScale& scale, double spacing) const {
    return kind_ == AxisKind::time ? timeTicks(scale, spacing) : stepTicks(scale, spacing);
}

std::vector<Tick> Axis::timeTicks(const TimeScale& scale, double spacing) const {
    std::vector<Tick> ticks;
    const Nanoseconds step = niceStep(spacing / scale.pixelsPerUnit());
    const Extent seen = scale.extent();
    Position at = seen.begin / step * step;
    if (at < seen.begin) at += step;
    for (; at < seen.end; at += step) {
        // A recording begins at 0: nothing before it has a label.
        if (at >= 0) ticks.push_back({at, tickText(at, step), false});
    }
    return ticks;
}

std::vector<Tick> Axis::stepTicks(const TimeScale& scale, double spacing) const {
    std::vector<Tick> ticks;
    const EventIndex count = trace_->event_count();
    if (count == 0) return ticks;
    const Extent seen = scale.extent();
    const auto first =
        static_cast<EventIndex>(std::clamp<Position>(seen.begin / event_cell, 0, static_cast<Position>(count) - 1));
    const auto last =
        static_cast<EventIndex>(std::clamp<Position>(seen.end / event_cell, 0, static_cast<Position>(count) - 1));
    const auto timeOf = [&](EventIndex i) { return static_cast<Nanoseconds>(trace_->event(i).time); };
    const Nanoseconds total = timeOf(last) - timeOf(first);

    // Looked at once a pixel, never once an event.
    const auto stride = std::max<EventIndex>(1, static_cast<EventIndex>(1 / (scale.pixelsPerUnit() * event_cell)));
    struct Jump {
        EventIndex event;
        Nanoseconds length;
    };
    std::vector<Jump> jumps;
    const double mean = static_cast<double>(total) / static_cast<double>((last - first) / stride + 1);
    for (EventIndex i = first; i < last; i += stride) {
        const EventIndex next = std::min(i + stride, last);
        const Nanoseconds length = timeOf(next) - timeOf(i);
        if (length > 0 && static_cast<double>(length) >= 3 * mean && length * 200 >= total)
            jumps.push_back({next, length});
    }
    // The greatest leaps get the labels where there is no room for all.
    std::ranges::stable_sort(jumps, std::greater{}, &Jump::length);
    std::vector<double> taken;
    const auto fits = [&](double x) {
        return std::ranges::all_of(taken, [&](double other) { return std::abs(other - x) >= spacing; });
    };
    for (const Jump& jump : jumps) {
        const double x = scale.x(ofEvent(jump.event));
        if (x < scale.left() || !fits(x)) continue;
        taken.push_back(x);
        ticks.push_back(
            {ofEvent(jump.event), "+" + durationText(jump.length) + " → " + durationText(timeOf(jump.event)), true});
        if (taken.size() * spacing > scale.width()) break;
    }
    // Between the leaps, evenly: the number of every n-th event.
    const auto every = static_cast<EventIndex>(niceStep(spacing / (scale.pixelsPerUnit() * event_cell)));
    for (EventIndex i = (first + every - 1) / every * every; i <= last; i += every) {
        const double x = scale.x(ofEvent(i));
        if (x >= scale.left() && fits(x)) ticks.push_back({ofEvent(i), "#" + countText(i), false});
    }
    std::ranges::sort(ticks, {}, &Tick::at);
    return ticks;
}

}  // namespace awaitscope::ui
