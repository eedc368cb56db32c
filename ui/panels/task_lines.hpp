// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// The line at which a task stands just after the cursor: that of the co_await it waits in, or, running and ready, of
/// the one it came from (it goes on there); its coroutine's before its first await. 0 when it is unborn or done.
PlaceId lineOf(const Trace& trace, TaskIndex task, EventIndex cursor);

/// The task the source panel is about: the selected one, else the one that runs, else the last one that ran. no_task
/// when there is none.
TaskIndex currentTask(const Trace& trace, TaskIndex selected, EventIndex cursor);

/// One line and who stands there.
struct TaskLine {
    PlaceId place = 0;
    std::vector<TaskIndex> tasks;
    bool waiting = true;  ///< all of them wait
    bool current = false;
    bool ended = false;   ///< the current task has ended there
    bool caller = false;  ///< nobody stands there: the current task is inside what is called there
};

/// Of so many tasks it is looked where they stand: a panel cannot show more.
inline constexpr std::size_t task_lines_most = 4000;

/// Where the living tasks stand at the cursor, one entry a line, the current task's first, also where it has ended; at
/// the end the lines at which its coroutines await each other, where nobody else stands. At most `limit` tasks are
/// looked at, the newest.
std::vector<TaskLine> taskLines(const Trace& trace, TaskIndex current, EventIndex cursor,
                                std::size_t limit = task_lines_most);

}  // namespace awaitscope::ui
