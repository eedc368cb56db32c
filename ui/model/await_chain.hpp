// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/place_words.hpp"

namespace awaitscope::ui {

/// A chip in "who waits for whom": a task, or what it waits for where that is a thing of its own (a gather, a lock),
/// and the words after it.
struct ChainItem {
    QString name;              ///< "Task B", "gather of 3", "lock printer"
    QString relation;          ///< "waits for", "held by", "ready, 1st in the queue", "running", "waits: sleep 1.000 s"
    TaskIndex task = no_task;  ///< no_task for a thing
    TaskState state = TaskState::unborn;  ///< a task's, for its colour
    WaitKind on = WaitKind::none;         ///< a thing's kind, or what a task at the end waits for
};

struct AwaitChain {
    std::vector<ChainItem> items;
    bool cycle = false;  ///< it comes back to a task it has passed: the last item is that task again
};

/// Who waits for whom around a task: the tasks that wait for it before it (the first of them, and of those that wait
/// for that one, ...), itself, and whom it waits for behind it. Empty for a task that is not born.
AwaitChain awaitChain(const Trace& trace, TaskIndex task, EventIndex cursor, const PlaceWords& places = {});

}  // namespace awaitscope::ui
