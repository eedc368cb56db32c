// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/aligned_views.hpp"

#include <QScopedValueRollback>
#include <optional>

namespace awaitscope::ui {

AlignedViews::AlignedViews(Side first, Side second, QObject* parent) : QObject(parent), first_(first), second_(second) {
    for (const Side* side : {&first_, &second_}) {
        connect(&side->view, &ViewState::rangeChanged, this, [this, side] { followRange(*side); });
        connect(&side->view, &ViewState::cursorChanged, this, [this, side] { followCursor(*side); });
    }
}

void AlignedViews::followRange(const Side& moved) {
    if (moving_ || !ranges_together_) return;
    const QScopedValueRollback guard(moving_, true);
    const Nanoseconds shift = shiftFrom(moved);
    const TimeRange range{moved.view.range().begin + shift, moved.view.range().end + shift};
    // Only what differs: setting a range ends follow mode.
    if (other(moved).view.range() != range) other(moved).view.setRange(range);
}

void AlignedViews::followCursor(const Side& moved) {
    if (moving_) return;
    const QScopedValueRollback guard(moving_, true);
    const EventIndex cursor = moved.view.cursor();
    EventIndex to = no_event;
    if (cursor != no_event) {
        // A reader at a time: never two at once in a thread.
        const Nanoseconds time = moved.session.trace()->time_at(cursor) + shiftFrom(moved);
        const EventIndex after = other(moved).session.trace()->first_at_or_after(time + 1);
        to = after == 0 ? no_event : after - 1;
    }
    other(moved).view.setCursor(to);
}

void AlignedViews::setOffset(Nanoseconds offset) {
    offset_ = offset;
    followRange(first_);
}

void AlignedViews::alignBegins() {
    const auto begin = [](const Side& side) {
        const auto trace = side.session.trace();
        return trace->event_count() > 0 ? std::optional(trace->begin()) : std::nullopt;
    };
    const std::optional<Nanoseconds> first = begin(first_), second = begin(second_);
    if (first && second && *second - *first != offset_) setOffset(*second - *first);
}

void AlignedViews::setRangesTogether(bool together) {
    ranges_together_ = together;
}

void AlignedViews::setRange(TimeRange range) {
    first_.view.setRange(range);
    followRange(first_);
}

}  // namespace awaitscope::ui
