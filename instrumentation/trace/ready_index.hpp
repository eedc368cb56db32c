// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/trace/task_table.hpp"

namespace awaitscope {

/// Which tasks were ready or running at a moment. Now and then it notes those that are; a question looks at the note
/// before the cursor and at the events since. The spacing grows with the number noted, so the notes take no more than
/// four bytes an event, and a question costs a few times what its answer holds.
class ReadyIndex {
  public:
    ReadyIndex(const EventStore& events, const TaskTable& tasks) : events_(events), tasks_(tasks) {}

    /// The builder tells of every span that begins ready or running, and of the end of the last such of a task.
    void began(TaskIndex task);
    void ended(TaskIndex task);
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
    struct Checkpoint {
        EventIndex event;
        std::size_t first;  ///< where in `noted_` its tasks begin
    };
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};
    static constexpr EventIndex spacing_min = 1024;

    void note(EventIndex now);
    std::span<const TaskIndex> noted(std::size_t checkpoint) const;
    /// The number of checkpoints at or before the cursor.
    std::size_t checkpoints_until(EventIndex cursor) const;
    /// The task whose span at the cursor began with this very event and has this state, or no_task.
    TaskIndex task_of(EventIndex event, EventIndex cursor, TaskState state) const;

    const EventStore& events_;
    const TaskTable& tasks_;
    /// Those ready or running, in the order in which that began; no_task where one was that is no longer.
    std::vector<TaskIndex> now_;
    std::vector<std::uint32_t> place_of_;  ///< of each task, in now_
    CompactArray<Checkpoint> checkpoints_;
    CompactArray<TaskIndex> noted_;  ///< each note in the order in which the spans began
    EventIndex next_note_ = spacing_min;
};

}  // namespace awaitscope
