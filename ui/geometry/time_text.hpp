// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// A length of time on an axis or a bar, as short as can be: three significant figures and the unit that fits ("1 s",
/// "12.5 µs", "2 min 5 s").
std::string durationText(Nanoseconds duration);

/// A ruler's label for a tick at `moment` where ticks are `step` apart: as many decimals as tell neighbours apart.
/// In the unit of the step from 1 ms up to seconds, then "1:30" and "1:02:30".
std::string tickText(Nanoseconds moment, Nanoseconds step);

/// Bytes for reading: "512 B", "1.5 kB", "20 MB".
std::string bytesText(std::uint64_t bytes);

/// A count for reading, thousands set apart: "1,204".
std::string countText(std::uint64_t count);

}  // namespace awaitscope::ui
