// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "tests/bench/scale/figures.hpp"

namespace awaitscope::bench {

/// Lets the GUI thread do what came of a gesture, and keeps the longest time that it was gone for.
class Hand {
  public:
    Hand(std::vector<PanelGesture>& out, std::string_view panel) : out_(out), panel_(panel) {}

    /// Acts, and waits until nothing is busy and nothing more comes of it.
    void does(std::string_view gesture, const std::function<void()>& act, const std::function<bool()>& busy);

  private:
    std::vector<PanelGesture>& out_;
    std::string_view panel_;
};

}  // namespace awaitscope::bench
