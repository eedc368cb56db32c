// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "instrumentation/trace/trace.hpp"

namespace awaitscope::ui {

/// What the loop holds at the cursor, in words.
struct LoopMoment {
    struct Ready {
        TaskIndex task = no_task;
        QString name;
        QString why;  ///< "first step", "resume after sleep", "resume after yield"
        WaitKind after = WaitKind::none;
    };
    struct Timer {
        TaskIndex task = no_task;
        QString name;  ///< the task's, or "the loop"
        QString when;  ///< "2.000 s"
        QString left;  ///< "in 41 µs"; "due"
        Nanoseconds due = 0;
    };
    struct Watch {
        int fd = -1;
        QString what;  ///< "read", "write"
        QString peer;  ///< the other side's address, where known
    };
    TaskIndex running = no_task;
    std::vector<Ready> ready;     ///< next to run first
    std::vector<Timer> timers;    ///< soonest first
    std::vector<Watch> watches;   ///< by descriptor
    std::size_t ready_count = 0;  ///< all of them, also those beyond the limit
    std::size_t timer_count = 0;
    std::size_t watch_count = 0;
    std::uint64_t iteration = 0;  ///< the number of the turn; 0 before the first
    bool stopped = false;         ///< it runs no more
    bool waiting = false;         ///< all that was ready has run, and nothing has come since
    QString phase;                ///< "Turn 4: A runs, 3 handles were ready"
};

/// At most `limit` of each kind: a panel shows no more, and says how many there are.
LoopMoment loopMoment(const Trace& trace, EventIndex cursor, std::size_t limit = 200);

}  // namespace awaitscope::ui
