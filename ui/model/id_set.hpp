// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace awaitscope::ui {

/// Which of the numbers from 0 on are in a set that is learned in their order: a bit each, asked without a branch.
class IdSet {
  public:
    void push_back(bool in) {
        if (size_ % 64 == 0) bits_.back() = 0;
        bits_.back() |= std::uint64_t{in} << size_ % 64;
        any_ |= in;
        if (++size_ % 64 == 0) bits_.push_back(0);
    }
    /// Precondition: number < size().
    void insert(std::uint64_t number) {
        bits_[number / 64] |= std::uint64_t{1} << number % 64;
        any_ = true;
    }
    /// Numbers that are not known yet are not in it.
    bool has(std::uint64_t number) const {
        const std::uint64_t at = std::min(number, size_);
        return (bits_[at / 64] >> at % 64 & 1) != 0;
    }
    bool any() const { return any_; }
    /// Whether one of the numbers [least, most] may be in it: a look at few, or else yes.
    bool may_have(std::uint64_t least, std::uint64_t most) const {
        if (!any_ || least >= size_) return false;
        constexpr std::uint64_t looks = 512;
        const std::uint64_t first = least / 64, last = std::min(most, size_ - 1) / 64;
        if (last - first > looks) return true;
        for (std::uint64_t word = first; word <= last; ++word)
            if (bits_[word] != 0) return true;
        return false;
    }
    std::uint64_t size() const { return size_; }

  private:
    std::vector<std::uint64_t> bits_{0};  ///< of the numbers known, and at least one more that is 0
    std::uint64_t size_ = 0;
    bool any_ = false;
};

}  // namespace awaitscope::ui
