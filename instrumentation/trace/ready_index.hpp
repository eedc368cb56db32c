// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/trace/task_table.hpp"

namespace awaitscope {

/// Which tasks were ready or running at a moment. Now and then it notes those that are, and bits of each event tell
/// whether it changed what a task does, and began a step; a question looks at the note before the cursor and at the
/// changes since, newest first, so of each task at one. What runs is looked for among the steps since the last that
/// began alone. The spacing grows with the number noted: the notes take no more than four bytes an event, and a
/// question costs a few times what its answer holds.
class ReadyIndex {
  public:
    ReadyIndex(const EventStore& events, const TaskTable& tasks) : events_(events), tasks_(tasks) {}

    /// The builder tells of every span that begins, and of a task's end as what is not ready.
    void changed(TaskIndex task, TaskState state, EventIndex event);
    /// The builder tells that an event has been dealt with.
    void passed(EventIndex event) {
        if (event >= next_note_) note(event);
    }

    /// Tasks in the ready queue, next to run first.
    std::vector<TaskIndex> ready_at(EventIndex cursor) const;
    /// The task whose step a loop runs (0: any loop): the innermost, where an eager task began inside another's step.
    TaskIndex running_at(EventIndex cursor, std::uint16_t loop) const;
    std::size_t memory_bytes() const;

  private:
    /// What was the case just after an event.
    struct Note {
        EventIndex event = no_event;
        std::size_t first = 0;  ///< where in `noted_` its tasks begin: those that run, the innermost last, ...
        std::uint32_t running =
            0;  ///< ... so many, and then those that are ready, in the order in which they became so
    };
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};
    static constexpr EventIndex spacing_min = 1024;

    void note(EventIndex now);
    /// The last note at or before the cursor; of nothing and before everything, where there is none.
    Note note_before(EventIndex cursor) const;
    std::span<const TaskIndex> noted(const Note& note) const;
    /// Calls `use(task, event)` with each task's last change among the events from `from` to the cursor, newest first.
    /// `seen` receives the tasks.
    template <class Use>
    void for_last_changes(EventIndex from, EventIndex cursor, std::vector<bool>& seen, Use&& use) const;
    bool is_still(TaskIndex task, TaskState state, EventIndex cursor) const {
        return tasks_.change_at(task, cursor).state == state;
    }

    const EventStore& events_;
    const TaskTable& tasks_;
    /// Those that are ready, in the order in which that began; no_task where one was that is no longer.
    std::vector<TaskIndex> now_;
    std::vector<std::uint32_t> place_of_;  ///< of each task, in now_
    std::vector<TaskIndex> running_;
    CompactArray<std::uint64_t> changes_;      ///< a bit an event
    CompactArray<std::uint64_t> begun_;        ///< likewise: a step began
    CompactArray<std::uint64_t> begun_alone_;  ///< likewise: while no other was on
    CompactArray<Note> notes_;
    CompactArray<TaskIndex> noted_;
    EventIndex next_note_ = spacing_min;
};

}  // namespace awaitscope
