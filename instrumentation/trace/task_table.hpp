// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include "instrumentation/source/id_map.hpp"
#include "instrumentation/trace/interval_index.hpp"
#include "instrumentation/trace/trace.hpp"

namespace awaitscope {

/// All tasks by number and by id, and the tree of who created whom. A parent's number is always below its child's, so
/// the tree has no cycles whatever the ids claim.
class TaskTable {
  public:
    explicit TaskTable(const EventStore& events) : events_(events) {}

    TaskIndex find(Id id) const;
    TaskList all() const { return TaskList(chunks_, size_); }
    std::size_t size() const { return size_; }
    const Task& operator[](TaskIndex task) const {
        return chunks_[task >> TaskList::chunk_bits][task & (TaskList::chunk_size - 1)];
    }

    /// Fetch into the cache what an event of a task will touch: first the way to its number, a little later the task
    /// itself, then the end of its spans. With many tasks, waiting for memory is most of the cost of an event.
    void prefetch_way(Id id) const { by_id_.prefetch(id); }
    void prefetch_task(TaskIndex task) const;
    void prefetch_spans(TaskIndex task) const;

    /// A task first heard of through this event. Precondition: its id is not 0 and not known.
    TaskIndex add(Id id, std::uint16_t loop, EventIndex event, bool older);
    void rename(TaskIndex task, StringId name) { task_at(task).name = name; }
    /// Takes name, definition and parent from task_created or task_alive, where they are not known yet.
    void describe(TaskIndex task, const Event& event, EventIndex index);
    /// Ends the current span and begins another with this event. Precondition: it has not ended, and the state is what
    /// SpanList reads off the event.
    void change(TaskIndex task, TaskState state, EventIndex event);
    /// The task has behind it what another had: its sums are that one's up to now.
    void take_sums(TaskIndex task, const Task& before);
    /// Precondition: it has not ended.
    void end(TaskIndex task, EventIndex event, TaskState state, StringId error);

    /// What it does at a moment: a binary search.
    TaskMoment at(TaskIndex task, EventIndex cursor) const;
    /// The same without the span, which costs half as much again: the state, and the event that brought it.
    struct Change {
        TaskState state = TaskState::unborn;
        EventIndex event = no_event;
        friend bool operator==(const Change&, const Change&) = default;
    };
    Change change_at(TaskIndex task, EventIndex cursor) const;
    /// The children of a task that live at a moment, in order of creation. Costs what they are, not what there were.
    std::vector<TaskIndex> living_children(TaskIndex parent, EventIndex cursor) const;
    std::uint64_t alive() const { return size_ - done_events_.size(); }
    std::uint64_t alive_at(EventIndex cursor) const;
    /// How many tasks were first heard of at or before this event.
    TaskIndex count_until(EventIndex cursor) const;
    std::size_t memory_bytes() const;

  private:
    Task& task_at(TaskIndex task) { return const_cast<Task&>(std::as_const(*this)[task]); }
    static void end_span(Task& task, Nanoseconds now);

    const EventStore& events_;
    TaskList::Chunks chunks_;  ///< each reserved to its full size when it begins
    std::size_t size_ = 0;
    struct Children {
        TaskIndex last = no_task;
        std::uint32_t count = 0;
    };
    /// With more, it is noted when each child lived.
    static constexpr std::uint32_t small_family = 64;

    void add_to_family(TaskIndex parent, TaskIndex child, EventIndex event);

    std::vector<Children> children_;  ///< by parent
    std::vector<IntervalIndex> families_;
    IdMap family_of_;  ///< by parent's number + 1
    IdMap by_id_;
    IndexList done_events_;
};

}  // namespace awaitscope
