// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>
#include <string_view>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

// How times, shares, counts and names are written everywhere in the window. Only on axes and bars, where room is
// scarce, lengths of time are shorter: see ui/geometry/time_text.

/// A text of figures and units in English, "12.3 ms", "1,204": its decimal point and what parts thousands as the user's
/// language writes them. Not for names, which may have points of their own.
QString figures(std::string_view text);

/// A length of time to read at a glance: "850 ns", "41 µs", "12.3 ms", "2.000 s", "3 min 05 s".
QString formatDuration(Nanoseconds ns);

/// A length of time where room is scarce: "1 s", "12.3 ms".
/// The same of something that may have lasted longer: ">2.000 s".
QString formatAtLeast(Nanoseconds ns, bool longer);
QString formatShort(Nanoseconds ns);

/// A moment in seconds: "2.000 s", or "2.000 041 s" where its microseconds are not 0. What is less is cut off.
QString formatTime(Nanoseconds ns);

/// The same, exact to the nanosecond: "2.000041230 s".
QString formatExact(Nanoseconds ns);

/// A share of a whole: "0.0 %", "12.3 %", "100 %". "0.0 %" of nothing.
QString formatPercent(Nanoseconds part, Nanoseconds whole);

/// A count with thousands set apart: "1,204".
QString formatCount(std::uint64_t count);
/// The same for a text in which tr() has put the count in place of %n.
QString withThousands(QString told, std::uint64_t count);

/// Bytes: "512 B", "1.5 kB", "20 MB".
QString formatBytes(std::uint64_t bytes);

/// A number with so many decimals: "0.25".
QString formatNumber(double number, int decimals);

/// "1 time", "3 times".
QString formatTimes(std::uint64_t count);

QString toQString(std::string_view text);
/// A translated pattern with its gaps, %1 to %9, filled; what stands in a gap is no pattern.
QString fillGaps(const QString& pattern, const std::function<QString(std::size_t)>& gap);
/// A task's name, or "task 7" for one without; "none" for no_task. Without control characters.
QString taskName(const Trace& trace, TaskIndex task);
/// The bare name of a task's coroutine; empty when not known.
QString coroutineName(const Trace& trace, TaskIndex task);
/// "factorial.py:5"; empty for the empty place.
QString placeText(const Trace& trace, PlaceId place);

}  // namespace awaitscope::ui
