// SPDX-License-Identifier: MIT
#pragma once

#include <charconv>
#include <chrono>
#include <string>

#include "asyncio/time.hpp"

namespace asyncio::detail {

/// Seconds as Python prints a float: "60.0", "0.25".
inline std::string seconds_text(LoopClock::duration duration) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, std::chrono::duration<double>(duration).count()).ptr;
    std::string text(digits, end);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

}  // namespace asyncio::detail
