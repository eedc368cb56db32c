// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "instrumentation/trace/task_table.hpp"

namespace awaitscope {

/// Which tasks waited for a task at a moment. Of each task that was awaited, the suspensions that did; for one awaited
/// again and again, also, every so many, those of them that still lasted, so that a question costs a few times what
/// its answer holds.
class AwaitIndex {
  public:
    AwaitIndex(const EventStore& events, const TaskTable& tasks) : events_(events), tasks_(tasks) {}

    /// A task waits, since this event, for the one with this id. The task table has the wait already.
    void add(Id awaited, EventIndex suspension);
    std::vector<TaskIndex> waiters_at(Id awaited, EventIndex cursor) const;
    std::size_t memory_bytes() const;

  private:
    struct Note {
        std::uint32_t position;            ///< how many suspensions it stands for
        std::vector<std::uint32_t> lasts;  ///< those of them that lasted then
    };
    struct Awaited {
        IndexList suspensions;
        std::unique_ptr<std::vector<Note>> notes;  ///< most have none
    };
    static constexpr std::size_t note_spacing_min = 64;

    bool lasts(EventIndex suspension, EventIndex cursor) const;
    std::vector<std::uint32_t> lasting_at(const Awaited& awaited, EventIndex cursor) const;

    const EventStore& events_;
    const TaskTable& tasks_;
    std::vector<Awaited> awaited_;
    IdMap by_id_;
};

}  // namespace awaitscope
