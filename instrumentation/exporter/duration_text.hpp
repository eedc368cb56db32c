// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// A length of time to read at a glance, rounded: "850 ns", "4.2 µs", "41 µs", "12.3 ms", "2.000 s", "3 min 05 s",
/// "2 h 07 min".
std::string duration_text(Nanoseconds ns);

/// A number of nanoseconds as seconds, exact, with all nine decimals: "2.000041230".
std::string exact_seconds(Nanoseconds ns);

/// The same without the zeros at the end: "2.00004123", "2".
std::string short_seconds(Nanoseconds ns);

/// A count with its thousands set apart: "1,204".
std::string grouped(std::uint64_t number);

}  // namespace awaitscope
