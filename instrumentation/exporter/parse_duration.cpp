// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/parse_duration.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace awaitscope {

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
    struct Unit {
        std::string_view name;
        double nanoseconds;
    };
    static constexpr Unit units[] = {{"", 1e9},  {"ns", 1},   {"us", 1e3},   {"µs", 1e3},  {"ms", 1e6},
                                     {"s", 1e9}, {"m", 60e9}, {"min", 60e9}, {"h", 3600e9}};
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc()) return std::nullopt;
    const std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
    const auto* const unit = std::ranges::find(units, name, &Unit::name);
    if (unit == std::end(units)) return std::nullopt;
    const double nanoseconds = std::round(number * unit->nanoseconds);
    if (!(nanoseconds >= 0) || nanoseconds >= 9.2e18) return std::nullopt;
    return std::chrono::nanoseconds(static_cast<std::int64_t>(nanoseconds));
}

}  // namespace awaitscope
