// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <array>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/id_set.hpp"

namespace awaitscope::ui {

/// Which events are looked for; by default all.
struct EventFilter {
    KindSet kinds = ~KindSet();
    TaskIndex task = no_task;  ///< only this task's
    /// Only those in whose words it occurs, in any case: the name of the kind or of the task, what is printed or named,
    /// the coroutine, the line ("demo.cpp:12"), and words like "sleep" or "failed". Numbers are not words.
    QString text;
    friend bool operator==(const EventFilter&, const EventFilter&) = default;
};

/// Finds the events of a growing trace that pass a filter. Every word is compared with the text once, however many
/// events say it; an event is then a look at a few tables, and a chunk of events that can hold none of the words found
/// is passed over.
class EventMatcher {
  public:
    explicit EventMatcher(EventFilter filter);
    EventMatcher(const EventMatcher&) = delete;  // its tables point into it
    EventMatcher& operator=(const EventMatcher&) = delete;

    const EventFilter& filter() const { return filter_; }
    /// Compares the words that have come. Always call with the same, growing trace. Gives the tasks that were known
    /// before and are found only now, by a name they got since: all their events pass, those before that, too.
    std::vector<TaskIndex> learn(const Trace& trace);
    /// Appends those of the events [first, last) of one of these tasks. learn() must have given it.
    void findOf(TaskIndex task, const Trace& trace, EventIndex first, EventIndex last,
                std::vector<std::uint32_t>& out) const;
    /// Appends those of the events [first, last) that pass. Precondition: learn() was called when the last of them was
    /// there. Several threads may look at once, while none learns.
    void find(const Trace& trace, EventIndex first, EventIndex last, std::vector<std::uint32_t>& out) const;

  private:
    static constexpr std::size_t kinds_max = 256;  ///< that a byte may name
    enum SlotNumber : std::size_t { slot_a, slot_b, slot_c, slot_count };
    struct Chunk;

    void learnKinds();
    bool holds(std::string_view text) const;
    void foundTask(Id id);
    std::vector<TaskIndex> learnRenamed(const Trace& trace);
    bool ofTaskFound(const Trace& trace, Id id) const;
    void findIn(Chunk& chunk, const Trace& trace) const;

    EventFilter filter_;
    /// Of each kind, whether its events may pass, and whether they all hold the text: see event_matcher.cpp.
    std::array<std::uint8_t, kinds_max> by_kind_{};
    std::uint64_t allowed_bits_ = 0, named_bits_ = 0;  ///< EventBlock::bit_of() the kinds of each sort
    IdSet nothing_, strings_, places_, tasks_;
    std::array<IdSet, event_kind_count> words_;  ///< of each kind, the values whose words hold the text
    /// Of each slot and kind, the set of those of its values that hold the text.
    std::array<std::array<const IdSet*, kinds_max>, slot_count> sets_{};
    std::array<std::uint64_t, slot_count> slot_bits_{};  ///< EventBlock::bit_of() the kinds that have a set there
    /// By the low bits of a task's id, whether one with these bits is found: that is all there is to know while no id
    /// has more bits, as in all but the longest runs.
    std::vector<bool> task_sieve_;
    bool sieve_exact_ = true;
    EventIndex renames_seen_ = 0;  ///< events that were looked at for names that change
};

}  // namespace awaitscope::ui
