// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "ui/model/await_chain.hpp"
#include "ui/model/place_words.hpp"

namespace awaitscope::ui {

/// How long a task has been in a state.
struct TimeShare {
    QString label;  ///< "running", "ready, not run", "waiting: sleep"
    Nanoseconds time = 0;
    QString duration;  ///< "41 µs"
    QString percent;   ///< of its life up to the cursor
    TaskState state = TaskState::unborn;
    WaitKind on = WaitKind::none;
};

/// What the details panel shows of a task at the cursor.
struct SelectionSummary {
    bool exists = false;  ///< false: no task is selected, or it is not born yet; nothing else is filled but the name
    QString name;         ///< "Task B"
    QString subtitle;     ///< "factorial() · factorial.py:5"
    QString state;        ///< "waiting"
    QString waits_for;    ///< "sleep 1.000 s"
    QString error;        ///< what it failed with
    TaskState task_state = TaskState::unborn;
    PlaceId place = 0;  ///< the line it stands at
    AwaitChain chain;
    std::vector<TimeShare> times;  ///< running and ready always, then the kinds of waiting, the longest first
    QString created_by;            ///< "main"
    QString created;               ///< "at 0.000 s"
    TaskIndex parent = no_task;
    QString resumed;  ///< "3 times"
    QString age;
    QString ended;       ///< "at 2.000 s"; empty while it lives
    bool older = false;  ///< it is older than the recording: age and times count from when it was first heard of
};

SelectionSummary summarize(const Trace& trace, TaskIndex task, EventIndex cursor, const PlaceWords& places = {});

}  // namespace awaitscope::ui
