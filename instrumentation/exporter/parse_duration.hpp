// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace awaitscope {

/// A length of time as people type it: "10s", "500ms", "2m", "1.5h", "20us", "7ns", or a bare number of seconds.
/// Nothing where the text is no such thing, is negative, or is beyond what 64 bits of nanoseconds hold.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

}  // namespace awaitscope
