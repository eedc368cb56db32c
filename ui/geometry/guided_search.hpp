// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>

#include "instrumentation/trace/index_list.hpp"

namespace awaitscope::ui {

/// Finds, column after column of the screen, how many of ascending event numbers lie before the column's first event.
/// Events lie about as dense in one column as in the one before, so it looks where they should end: in a list of
/// millions that is one visit to far memory instead of twenty.
template <class At>
class GuidedSearch {
  public:
    /// `at(i)` is the i-th of `size` numbers.
    GuidedSearch(std::size_t size, At at) : size_(size), at_(at) {}

    /// How many lie before `event`, which is `columns` columns after the one where the number `from` lies. Those before
    /// `from` are known to lie before. With a `slack`, it may be so many less: sooner found, where no eye sees it.
    std::size_t countBefore(EventIndex event, std::size_t from, int columns, std::size_t slack = 0) {
        const auto guess = from + static_cast<std::size_t>(per_column_ * std::max(columns, 1));
        const std::size_t found = search(event, from, std::clamp(guess, from, size_), slack);
        per_column_ = static_cast<double>(found - from) / std::max(columns, 1);
        return found;
    }

    /// A slack that is a small part of the last column.
    std::size_t unseen() const { return static_cast<std::size_t>(per_column_ / 32); }

  private:
    /// Precondition: from <= guess <= size_.
    std::size_t search(EventIndex event, std::size_t from, std::size_t guess, std::size_t slack) const {
        std::size_t low = from, high = size_;  // those before low lie before, those from high on do not
        if (guess < size_ && at_(guess) < event) {
            low = guess + 1;
            for (std::size_t step = 1 + slack; low + step < size_; step *= 2) {
                if (at_(low + step) >= event) {
                    high = low + step;
                    break;
                }
                low += step + 1;
            }
        } else {
            high = guess;
            for (std::size_t step = 1 + slack; high >= from + step; step *= 2) {
                if (at_(high - step) < event) {
                    low = high - step + 1;
                    break;
                }
                high -= step;
            }
        }
        while (low + slack < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (at_(middle) < event)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    std::size_t size_;
    At at_;
    double per_column_ = 0;
};

}  // namespace awaitscope::ui
