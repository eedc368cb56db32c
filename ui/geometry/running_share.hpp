// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/axis.hpp"

namespace awaitscope::ui {

/// How much of its time, from 0 to 1 in the axis' units, a task spends running from its span `first` to its span
/// `last`. Judged by the milestones around these, and of a task too short to have any by the whole of it: so an
/// estimate where the task's habits change, and a few looks near each other, however many spans there are.
double runningShare(const Task& task, AxisKind axis, std::size_t first, std::size_t last);

}  // namespace awaitscope::ui
