// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/column_map.hpp"

#include <algorithm>
#include <cmath>

namespace awaitscope::ui {

ColumnMap::ColumnMap(const Trace& trace, const Axis& axis, const TimeScale& scale, double per_pixel, int begin, int end)
    : per_pixel_(per_pixel), begin_(begin), end_(std::max(begin, end)) {
    first_.reserve(static_cast<std::size_t>(end_ - begin_) + 1);
    const EventIndex count = trace.event_count();
    for (int column = begin_; column <= end_; ++column) {
        // at() rounds to whole units: where a column is narrower than a unit the unit's event belongs to the column
        // that holds the unit's own pixel, as x() says.
        const double left = column / per_pixel;
        Position position = scale.at(left);
        if (scale.x(position) < left) ++position;
        EventIndex first = 0;
        if (axis.kind() == AxisKind::time) {
            const std::size_t known = first_.size();
            // Where a column holds very many events, a small part of them is no difference.
            const std::uint32_t before = known >= 2 ? first_[known - 1] - first_[known - 2] : 0;
            first = trace.first_at_or_after(position, known == 0 ? 0 : first_.back(), before / 32);
        } else if (position > 0) {
            first = std::min(count, static_cast<EventIndex>((position + Axis::event_cell - 1) / Axis::event_cell));
        }
        first_.push_back(static_cast<std::uint32_t>(first));
    }
    const double last = std::floor(scale.x(axis.all().end) * per_pixel);
    end_of_trace_ = static_cast<int>(std::clamp(last, begin_ - 1.0, static_cast<double>(end_)));
}

int ColumnMap::columnOf(EventIndex event, int from) const {
    // The first entry above the event, by doubling steps from the hint on.
    auto low = static_cast<std::size_t>(std::clamp(from + 1, begin_, end_) - begin_);
    if (low > 0 && first_[low - 1] > event) low = 0;
    if (low + 1 < first_.size() && first_[low] <= event && event < first_[low + 1])
        return begin_ + static_cast<int>(low);  // the next column: so it is where tracks are dense
    std::size_t step = 1;
    while (low + step < first_.size() && first_[low + step] <= event) {
        low += step;
        step *= 2;
    }
    const auto begin = first_.begin() + static_cast<std::ptrdiff_t>(low);
    const auto end = first_.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, first_.size()));
    return begin_ - 1 + static_cast<int>(std::upper_bound(begin, end, event) - first_.begin());
}

}  // namespace awaitscope::ui
