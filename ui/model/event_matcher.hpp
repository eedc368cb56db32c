// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <array>
#include <vector>

#include "instrumentation/trace/trace.hpp"

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
/// events say it; an event is then a look at a few tables.
class EventMatcher {
  public:
    explicit EventMatcher(EventFilter filter);

    const EventFilter& filter() const { return filter_; }
    /// Appends those of the events [first, last) that pass. Always call with the same, growing trace.
    void find(const Trace& trace, EventIndex first, EventIndex last, std::vector<std::uint32_t>& out);

  private:
    /// How an event of a kind may hold the text.
    struct KindWords {
        bool name = false;                           ///< in the kind's own name: all events of it pass
        std::uint8_t text_slot = 0, place_slot = 0;  ///< where a string or a place stands: a Slot and 1; 0: nowhere
        std::uint8_t word_slot = 0;                  ///< where an enumerated value stands, some of whose words hold it
        std::uint64_t words = 0;                     ///< these values
    };

    void learnKinds();
    void learn(const Trace& trace);  ///< strings, places and tasks that have come
    bool holds(std::string_view text) const;
    bool holdsText(const Trace& trace, const Event& event) const;
    bool ofTaskFound(const Trace& trace, Id id) const;

    EventFilter filter_;
    std::array<KindWords, event_kind_count> kinds_;
    KindSet looked_at_;  ///< kinds whose events may pass
    std::vector<bool> strings_, places_, tasks_;
    /// By the low bits of a task's id, whether one with these bits is found: that is all there is to know while no id
    /// has more bits, as in all but the longest runs.
    std::vector<bool> task_sieve_;
    bool sieve_exact_ = true;
    bool any_string_ = false, any_place_ = false, any_task_ = false;
};

}  // namespace awaitscope::ui
