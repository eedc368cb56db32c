// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <Qt>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/place_words.hpp"

namespace awaitscope::ui {

/// The columns of a table of tasks.
enum class TaskColumn { name, state, waits_for, at, loop, resumed, running, age };

/// Which tasks a table shows at a moment, and in which order.
struct TaskQuery {
    EventIndex cursor = no_event;
    TaskIndex count = 0;                  ///< tasks there are at the cursor
    std::optional<TaskColumn> sorted_by;  ///< nothing: in order of creation
    Qt::SortOrder order = Qt::AscendingOrder;
    /// In the name, the coroutine, the name of one of several loops, or at the beginning of the state's word, in any
    /// case; empty: all.
    QString text;
    bool ended_shown = true;
    PlaceWords places;  ///< how lines are told
    friend bool operator==(const TaskQuery&, const TaskQuery&) = default;
};

/// Places in the ready queue.
using QueuePlaces = std::unordered_map<TaskIndex, int>;
QueuePlaces queuePlaces(const Trace& trace, EventIndex cursor);

/// What stands in a cell.
QString taskCell(const Trace& trace, TaskIndex task, EventIndex cursor, TaskColumn column, const QueuePlaces& queue,
                 const PlaceWords& places);
/// How long a task had lived at the cursor.
Nanoseconds taskAge(const Trace& trace, TaskIndex task, EventIndex cursor);

bool taskPasses(const Trace& trace, TaskIndex task, const TaskQuery& query);

/// Lets one look at the trace: calls what it is given with it, at once.
using LookAtTrace = std::function<void(const std::function<void(const Trace&)>&)>;
/// The rows a query asks for; what the order does not decide stays in order of creation. Any thread: the trace is
/// looked at for short stretches. Nothing when `cancelled`, which is asked often, has said so.
std::optional<std::vector<TaskIndex>> taskRows(const LookAtTrace& look, const TaskQuery& query,
                                               const std::function<bool()>& cancelled);

}  // namespace awaitscope::ui
