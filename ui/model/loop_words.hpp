// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// "web 4711": the program and its pid.
QString processText(const Trace& trace, std::uint32_t pid);
/// A loop's own name, or "Loop 2", within its process.
QString loopText(const Trace& trace, std::uint16_t number);
/// With its process, where there are several: "web 4711: main".
QString fullLoopText(const Trace& trace, std::uint16_t number);

}  // namespace awaitscope::ui
