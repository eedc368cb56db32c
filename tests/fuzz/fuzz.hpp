// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

#include "instrumentation/event/event.hpp"

/// What each target defines, and libFuzzer or replay.cpp calls: takes any bytes at all. A crash, a hang, memory beyond
/// the bound that `./dev fuzz` sets, or a promise that does not hold is a bug.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace awaitscope::fuzz {

/// Ends the process, as a crash does, when something that is promised does not hold.
inline void expect(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

/// The bytes of one execution, taken from the front as numbers and texts; zeros once they are used up.
class Input {
  public:
    Input(const std::uint8_t* bytes, std::size_t size) : left_(bytes, size) {}

    bool empty() const { return left_.empty(); }
    template <class Number>
    Number number() {
        Number value{};
        const std::size_t size = std::min(sizeof value, left_.size());
        if (size > 0) std::memcpy(&value, left_.data(), size);
        left_ = left_.subspan(size);
        return value;
    }
    /// At most `size` bytes.
    std::string_view text(std::size_t size) {
        const auto taken = left_.first(std::min(size, left_.size()));
        left_ = left_.subspan(taken.size());
        return {reinterpret_cast<const char*>(taken.data()), taken.size()};
    }
    std::string_view rest() { return text(left_.size()); }

  private:
    std::span<const std::uint8_t> left_;
};

/// A source promises times that do not go back.
inline void expect_ascending(std::span<const Event> events) {
    for (std::size_t i = 1; i < events.size(); ++i) expect(events[i - 1].time <= events[i].time, "times ascend");
}

}  // namespace awaitscope::fuzz
