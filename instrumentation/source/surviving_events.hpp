// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/source/id_map.hpp"

namespace awaitscope {

/// An event and its number among all: 0 is none.
struct NumberedEvent {
    std::uint64_t number = 0;
    Event event;
};

/// What is known of many things, each by its id: dense, and nothing moves but into a hole.
template <class Entry>
class EntryTable {
  public:
    Entry* find(Id id) {
        const std::uint32_t at = by_id_.find(id);
        return at == IdMap::none ? nullptr : &entries_[at];
    }
    /// Made where there is none. Precondition: the id is not 0.
    Entry& at(Id id) {
        if (Entry* found = find(id)) return *found;
        by_id_.put(id, static_cast<std::uint32_t>(entries_.size()));
        entries_.emplace_back();
        entries_.back().id = id;
        return entries_.back();
    }
    void erase(Id id) {
        const std::uint32_t at = by_id_.find(id);
        if (at == IdMap::none) return;
        by_id_.erase(id);
        if (at + 1 < entries_.size()) {
            entries_[at] = entries_.back();
            by_id_.put(entries_[at].id, at);
        }
        entries_.pop_back();
    }
    template <class Predicate>
    void erase_if(Predicate goes) {
        for (std::size_t i = entries_.size(); i > 0; --i)
            if (goes(entries_[i - 1])) erase(entries_[i - 1].id);
    }
    /// Lets go of those that nothing was heard of for longest, where there are more than `most`.
    void forget_beyond(std::size_t most) {
        if (entries_.size() <= most) return;
        std::vector<std::uint64_t> heard;
        for (const Entry& entry : entries_) heard.push_back(entry.heard());
        const auto middle = heard.begin() + static_cast<std::ptrdiff_t>(heard.size() / 2);
        std::ranges::nth_element(heard, middle);
        erase_if([from = *middle](const Entry& entry) { return entry.heard() < from; });
    }
    std::span<Entry> all() { return entries_; }
    std::span<const Entry> all() const { return entries_; }

  private:
    std::vector<Entry> entries_;
    IdMap by_id_;
};

/// Of all events so far, those that still say something of the present: how each living task came to be, and what it
/// does; who holds a lock, how full a queue is; timers, watches, connections, jobs and children that are open. A trace
/// of these alone has the state of a trace of all (its past and its sums it has not). Ids of symbols are taken and
/// given as they come. Bounded by what lives in the program, and never more than `things_max` of a kind: beyond, those
/// go that nothing was heard of for longest.
class SurvivingEvents {
  public:
    static constexpr std::size_t things_max = 1 << 20;

    void take(const Event& event);

    /// Appends them in their order; each once.
    void list(std::vector<Event>& out) const;

    /// Calls change(Event&) for every event that is kept, to renumber its symbols.
    template <class Change>
    void for_each(Change change) {
        const auto visit = [&](auto& entries) {
            for (auto& entry : entries.all())
                for (NumberedEvent& kept : entry.events)
                    if (kept.number != 0) change(kept.event);
        };
        visit(tasks_);
        visit(objects_);
        visit(loops_);
        visit(open_);
    }

  private:
    template <std::size_t N>
    struct Thing {
        Id id = 0;
        std::array<NumberedEvent, N> events;
        std::uint64_t heard() const { return std::ranges::max_element(events, {}, &NumberedEvent::number)->number; }
    };
    /// A task's events, by what they are. The step before the last is where the task stood when it was to run.
    enum TaskEvent : std::uint8_t { introduced, step_before, running, waiting, ready, sync_wait };
    struct TaskThing : Thing<6> {
        std::uint16_t loop = 0;
        std::uint64_t told = 0;  ///< the number of the snapshot_begin that told of it last
        NumberedEvent& operator[](TaskEvent which) { return events[which]; }
        /// Which of the three states is the latest; introduced: none.
        TaskEvent state() const;
    };
    enum ObjectEvent : std::uint8_t { created, taken, level };
    enum LoopEvent : std::uint8_t { started, stopped, turn };
    struct LoopThing : Thing<3> {
        std::uint64_t snapshot = 0;  ///< the number of its snapshot_begin while one goes on
        std::uint64_t losses_when_it_began = 0;
        std::uint64_t losses_when_last_complete = 0;
    };
    /// Things that are open from one event to another.
    enum class Open : std::uint8_t { timer, watch_read, watch_write, connection, job, child };
    static Id key_of(Open what, std::uint64_t id) {
        return (std::uint64_t{static_cast<std::uint8_t>(what)} + 1) << 56 | id;
    }

    void task_event(const Event& event);
    void suspend(TaskThing& task, const Event& event);
    void end_steps_unseen(const std::uint16_t* loop, const Event& event);
    void snapshot_ends(LoopThing& loop);
    void open(Open what, std::uint64_t id, const Event& event);
    void close(Open what, std::uint64_t id) { open_.erase(key_of(what, id)); }

    std::uint64_t number_ = 0;  ///< of the event that is taken
    std::uint64_t losses_ = 0;
    EntryTable<TaskThing> tasks_;
    EntryTable<Thing<3>> objects_;
    EntryTable<LoopThing> loops_;
    EntryTable<Thing<1>> open_;
    std::vector<Id> running_;  ///< tasks whose step is open
};

}  // namespace awaitscope
