// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "instrumentation/source/id_map.hpp"
#include "instrumentation/trace/task_table.hpp"

namespace awaitscope {

/// An event that still matters after the last one, and its number; or what is known by one, made into an event.
struct Survivor {
    EventIndex index;
    bool as_it_was;
    Event event;
};

/// Locks, events, conditions, semaphores, barriers and queues: the events of each, with a note of its state every so
/// many of them, so that the state at a moment is read from a note and the few events behind it.
class Primitives {
  public:
    Primitives(const EventStore& events, const TaskTable& tasks) : events_(events), tasks_(tasks) {}

    /// Takes sync_*, queue_* and task_suspended; pays no heed to others.
    void apply(const Event& event, EventIndex index);

    std::vector<PrimitiveMoment> at(EventIndex cursor) const;
    std::optional<PrimitiveMoment> at(Id id, EventIndex cursor) const;
    StringId name_of(Id id) const;
    PlaceId line_of(Id id) const;
    /// The events of a primitive, ascending; nullptr when unknown.
    const IndexList* events_of(Id id) const;
    /// The most items that a queue held at any time from just before `first` to just before `last`.
    std::uint32_t greatest_size(Id id, EventIndex first, EventIndex last) const;
    /// The task that holds a lock; no_task when it is free, not a lock, or not known.
    TaskIndex owner_at(Id id, EventIndex cursor) const;
    /// The tasks that wait for locks this task holds.
    std::vector<TaskIndex> waiting_for_locks_of(TaskIndex owner, EventIndex cursor) const;
    /// Appends the events that the state after the last event rests on. A primitive that is in no state to tell of, and
    /// of which nothing was heard from the event `since` on, is left out.
    void surviving(EventIndex last, EventIndex since, std::vector<Survivor>& out) const;
    std::size_t memory_bytes() const;

  private:
    /// What its events tell up to one of them.
    struct Level {
        Id owner = 0;
        bool heard = false;  ///< of a lock: who has it, or that nobody has
        std::uint32_t size = 0;
        std::uint32_t maxsize = 0;
        std::int64_t taken = 0;  ///< of a semaphore: acquired and not released, since it was first seen
    };
    struct Note {
        std::uint32_t position;  ///< in Primitive::events: how many it stands for
        std::uint32_t greatest;  ///< size of a queue since the note before
        Level level;
        std::vector<std::uint32_t> waits;  ///< the events with which those began to wait that wait still
    };
    struct Primitive {
        Id id = 0;
        SyncKind kind = SyncKind::lock;
        bool contended = false;    ///< some task has waited for it
        std::int64_t permits = 0;  ///< of a semaphore that is contended: `taken` when its value was 0
        StringId name = 0;
        PlaceId line = 0;
        EventIndex created = 0;
        IndexList events;
        std::vector<Note> notes;
        std::uint32_t next_note = note_spacing_min;
        std::uint32_t greatest = 0;  ///< size of a queue since the last note
    };
    static constexpr std::uint32_t note_spacing_min = 64;

    Primitive& known(Id id, SyncKind kind, EventIndex index);
    void add(Primitive& primitive, EventIndex index);
    static void step(Level& level, SyncKind kind, const Event& event);
    PrimitiveMoment moment_of(const Primitive& primitive, EventIndex cursor) const;
    Level level_at(const Primitive& primitive, EventIndex cursor) const;
    Level level_after(const Primitive& primitive, std::size_t count) const;
    /// Whether the wait that began with an event lasts at the cursor; `or_soon`: or was announced, in a step that has
    /// not ended yet.
    bool still_waits(const Primitive& primitive, EventIndex wait, EventIndex cursor, bool or_soon) const;
    std::vector<std::uint32_t> waits_at(const Primitive& primitive, EventIndex cursor, bool or_soon) const;
    std::vector<TaskIndex> waiters_at(const Primitive& primitive, EventIndex cursor) const;

    const EventStore& events_;
    const TaskTable& tasks_;
    std::vector<Primitive> primitives_;
    IdMap by_id_;
    IntervalIndex held_;  ///< locks, from sync_acquired on, by id
};

}  // namespace awaitscope
