// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

#include "instrumentation/trace/compact_array.hpp"

namespace awaitscope {

/// Numbers in order of time, with the greatest of any stretch at hand: of each 64, and of each 4096, it is kept.
class PeakList {
  public:
    void push_back(std::uint32_t number) {
        add(blocks_, size(), number);
        add(great_blocks_, size() / block, number);
        numbers_.push_back(number);
    }
    std::size_t size() const { return numbers_.size(); }
    std::uint32_t operator[](std::size_t i) const { return numbers_[i]; }

    /// The greatest of the numbers [first, last), as far as there are; 0 of none.
    std::uint32_t greatest(std::size_t first, std::size_t last) const {
        std::uint32_t most = 0;
        const auto take = [&](const CompactArray<std::uint32_t>& from, std::size_t i) {
            most = std::max(most, from[i]);
        };
        last = std::min(last, size());
        while (first < last) {
            if (first % great_block == 0 && first + great_block <= last) {
                take(great_blocks_, first / great_block);
                first += great_block;
            } else if (first % block == 0 && first + block <= last) {
                take(blocks_, first / block);
                first += block;
            } else {
                take(numbers_, first++);
            }
        }
        return most;
    }
    std::size_t memory_bytes() const {
        return numbers_.memory_bytes() + blocks_.memory_bytes() + great_blocks_.memory_bytes();
    }

  private:
    static constexpr std::size_t block = 64, great_block = block * block;
    static void add(CompactArray<std::uint32_t>& to, std::size_t position, std::uint32_t number) {
        const std::size_t number_of_block = position / block;
        if (number_of_block == to.size()) to.push_back(0);
        to[number_of_block] = std::max(to[number_of_block], number);
    }

    CompactArray<std::uint32_t> numbers_, blocks_, great_blocks_;
};

}  // namespace awaitscope
