// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// Where a text such as "1.5s", "+20 ms", "event 1200", "turn 12" or "task Task-3" leads.
struct GoToTarget {
    EventIndex event = no_event;  ///< the cursor to be; no_event: before the first event
    TaskIndex task = no_task;     ///< to be selected; no_task: leave the selection
    QString words;                ///< what is there, or why nothing is: one line for the user
    bool found = false;
};

/// Reads what a user typed into Go to. A time is the trace's; with + or - before it, it is counted from the cursor.
/// "event N" (or "#N") counts as the bar on top does, from 1; "turn N" is the loop's N-th; "task NAME" (a beginning of
/// the name is enough) is the task's first step.
GoToTarget readGoTo(const QString& text, const Trace& trace, EventIndex cursor);

}  // namespace awaitscope::ui
