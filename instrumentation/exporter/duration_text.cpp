// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/exporter/duration_text.hpp"

#include <fmt/format.h>

namespace awaitscope {
namespace {

constexpr Nanoseconds us = 1'000;
constexpr Nanoseconds ms = 1'000'000;
constexpr Nanoseconds s = 1'000'000'000;

/// A way to write a length below `limit`: in units of `unit`, with so many decimals.
struct Form {
    Nanoseconds limit;
    Nanoseconds unit;
    int decimals;
    const char* name;
};
constexpr Form forms[] = {{us, 1, 0, "ns"},        {10 * us, us, 1, "µs"}, {ms, us, 0, "µs"},  {10 * ms, ms, 2, "ms"},
                          {100 * ms, ms, 1, "ms"}, {s, ms, 0, "ms"},       {60 * s, s, 3, "s"}};

}  // namespace

std::string duration_text(Nanoseconds ns) {
    if (ns == open_end) return "∞";
    if (ns < 0) return "-" + duration_text(-std::max(ns, -open_end));
    for (const Form& form : forms) {
        if (ns >= form.limit) continue;
        Nanoseconds step = form.unit;
        for (int i = 0; i < form.decimals; ++i) step /= 10;
        // Rounded first, so that 999.9 µs is 1.00 ms and not 1000 µs.
        const Nanoseconds rounded = (ns + step / 2) / step * step;
        if (rounded < form.limit)
            return fmt::format("{:.{}f} {}", static_cast<double>(rounded) / static_cast<double>(form.unit),
                               form.decimals, form.name);
    }
    const Nanoseconds seconds = ns / s + (ns % s >= s / 2);
    if (seconds < 3600) return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
    const Nanoseconds minutes = (seconds + 30) / 60;
    return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

std::string exact_seconds(Nanoseconds ns) {
    if (ns < 0) return "-" + exact_seconds(-std::max(ns, -open_end));
    return fmt::format("{}.{:09}", ns / s, ns % s);
}

std::string short_seconds(Nanoseconds ns) {
    std::string text = exact_seconds(ns);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
    return text;
}

}  // namespace awaitscope
