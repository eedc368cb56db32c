// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// A time as a user types it: "1.5s", "200 ms", "2m", or a bare number of seconds. Nothing for what is none.
std::optional<Nanoseconds> readTime(const QString& text);
/// The same the other way, to the microsecond: "1.5s".
QString typedTime(Nanoseconds time);

}  // namespace awaitscope::ui
