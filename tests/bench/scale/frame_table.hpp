// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/scale/figures.hpp"

namespace awaitscope::bench {

/// Every frame that was drawn, for a spreadsheet or a plot: the percentiles hide which gesture was slow.
class FrameTable {
  public:
    void add(std::string_view shape, std::uint64_t events, const FrameFigures& figures);
    /// As comma-separated values where the name ends in .csv, else as a JSON array of runs. Throws std::runtime_error
    /// when the file cannot be written.
    void write(const std::string& file) const;

  private:
    struct Run {
        std::string shape;
        std::uint64_t events;
        std::vector<Frame> frames;
    };
    std::vector<Run> runs_;
};

}  // namespace awaitscope::bench
