// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/time_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdlib>

namespace awaitscope::ui {
namespace {

constexpr Nanoseconds microsecond = 1'000, millisecond = 1'000'000, second = 1'000'000'000;
constexpr Nanoseconds minute = 60 * second, hour = 60 * minute;

/// Three significant figures, zeros after the point left out.
std::string three(double value) {
    const double size = std::abs(value);
    std::string text = fmt::format("{:.{}f}", value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

struct Unit {
    Nanoseconds size;
    const char* name;
};
constexpr std::array units = {Unit{1, "ns"}, Unit{microsecond, "µs"}, Unit{millisecond, "ms"}, Unit{second, "s"}};

/// The largest unit of which the rounded value has at least one: 999,999 ns are 1 ms, not 1000 µs.
const Unit& unitFor(Nanoseconds size) {
    const Unit* best = &units.front();
    for (const Unit& unit : units)
        if (static_cast<double>(size) >= 0.9995 * static_cast<double>(unit.size)) best = &unit;
    return *best;
}

int decimalsFor(Nanoseconds step, Nanoseconds unit) {
    int decimals = 0;
    while (step % unit != 0 && unit > 1) {
        unit /= 10;
        ++decimals;
    }
    return decimals;
}

std::string clockText(Nanoseconds moment, int decimals) {
    const char* sign = moment < 0 ? "-" : "";
    moment = std::abs(moment);
    Nanoseconds scale = second;
    for (int i = 0; i < decimals; ++i) scale /= 10;
    const auto hours = moment / hour, minutes = moment / minute % 60, seconds = moment / second % 60;
    std::string text = hours ? fmt::format("{}{}:{:02}:{:02}", sign, hours, minutes, seconds)
                             : fmt::format("{}{}:{:02}", sign, minutes, seconds);
    if (decimals > 0) text += fmt::format(".{:0{}}", moment % second / scale, decimals);
    return text;
}

}  // namespace

std::string durationText(Nanoseconds duration) {
    if (duration < 0) return "-" + durationText(-duration);
    if (duration == 0) return "0 s";
    if (duration >= hour) {
        const auto minutes = (duration + minute / 2) / minute;
        return minutes % 60 ? fmt::format("{} h {} min", minutes / 60, minutes % 60)
                            : fmt::format("{} h", minutes / 60);
    }
    if (duration >= minute) {
        const auto seconds = (duration + second / 2) / second;
        return seconds % 60 ? fmt::format("{} min {} s", seconds / 60, seconds % 60)
                            : fmt::format("{} min", seconds / 60);
    }
    const Unit& unit = unitFor(duration);
    return three(static_cast<double>(duration) / static_cast<double>(unit.size)) + ' ' + unit.name;
}

std::string tickText(Nanoseconds moment, Nanoseconds step) {
    if (std::abs(moment) >= minute || step >= minute)
        return clockText(moment, step >= second ? 0 : decimalsFor(step, second));
    if (step >= second) return fmt::format("{} s", moment / second);
    if (step >= 100 * millisecond || (std::abs(moment) >= second && step >= millisecond))
        return fmt::format("{:.{}f} s", static_cast<double>(moment) / second, decimalsFor(step, second));
    if (std::abs(moment) >= second) {
        // Seconds with four decimals and more are hard to read: milliseconds first.
        const int decimals = decimalsFor(step, millisecond);
        return fmt::format("{:.{}f} ms", static_cast<double>(moment) / millisecond, decimals);
    }
    const Unit& unit = std::abs(moment) >= millisecond || step >= 100 * microsecond ? units[2]
                       : std::abs(moment) >= microsecond || step >= 100             ? units[1]
                                                                                    : units[0];
    if (moment == 0) return fmt::format("0 {}", unit.name);
    return fmt::format("{:.{}f} {}", static_cast<double>(moment) / static_cast<double>(unit.size),
                       decimalsFor(step, unit.size), unit.name);
}

std::string bytesText(std::uint64_t bytes) {
    constexpr std::array names = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < names.size()) {
        value /= 1000;
        ++unit;
    }
    return three(value) + ' ' + names[unit];
}

std::string countText(std::uint64_t count) {
    std::string text = fmt::format("{}", count);
    for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3)
        text.insert(static_cast<std::size_t>(i), ",");
    return text;
}

}  // namespace awaitscope::ui
