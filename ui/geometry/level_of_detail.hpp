// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/geometry/axis.hpp"
#include "ui/geometry/column_map.hpp"

namespace awaitscope::ui {

/// A stretch of a track in whole columns, [begin, end).
struct Piece {
    int begin = 0;
    int end = 0;
    TaskState state = TaskState::ready;
    std::uint32_t span = 0;   ///< the first of the task's spans it stands for
    std::uint32_t count = 1;  ///< spans it stands for; above 1 they are too small to be told apart
    friend bool operator==(const Piece&, const Piece&) = default;
};

/// What to draw of a task: wide spans as they are, and for columns in which several begin and end one piece that stands
/// for all of them, running before ready before waiting. A running piece is at least `running_least` columns wide, so
/// that it is seen however far one zooms out. Pieces ascend and do not overlap. Appends to `out`.
///
/// Takes a few looks a column and finds the next one by search, in the outline of the task's list of spans where many
/// lie in a column: the cost follows the screen, never the length of the task. Returns the number of looks.
std::size_t pieces(const Task& task, const ColumnMap& columns, int running_least, std::vector<Piece>& out);

/// Which of a task's spans lies at a position; nothing before its creation and after its end.
std::optional<std::size_t> spanAt(const Task& task, const Axis& axis, Position position);

/// Where a task's span begins and ends; a span that has not ended reaches to the end of the trace.
Extent spanExtent(const Task& task, std::size_t span, const Axis& axis);

}  // namespace awaitscope::ui
