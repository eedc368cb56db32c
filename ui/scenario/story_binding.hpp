// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/source/symbols.hpp"
#include "instrumentation/trace/trace.hpp"
#include "ui/model/view_state.hpp"
#include "ui/scenario/story.hpp"

namespace awaitscope::ui {

/// The task that a story tells of at an event: the one that did it, where it happened to another or to none.
TaskIndex storyTask(const Trace& trace, EventIndex event);

/// Which event each step of a story stands at, and which show its answers, found as the trace grows. Looks at each
/// event once. The story outlives it.
class StoryBinding {
  public:
    explicit StoryBinding(const Story& story);

    /// Looks at what has come since the last call. Returns whether another step was found.
    bool update(const Trace& trace);
    /// The same for one event that is in no trace yet, the one after those looked at.
    bool see(const Symbols& symbols, const Event& event);

    /// A step's event; no_event while it has not come.
    EventIndex event(std::size_t step) const { return steps_[step].event; }
    std::size_t size() const { return steps_.size(); }
    /// What shows the answer to a step's question: what comes after the step's event, with the event that the story
    /// names, or else the next step's. After the last step's event that is all there is of a run that has `ended` with
    /// so many events. Nothing while it has not come, and where it never will.
    std::optional<EventStretch> answer(std::size_t step, std::optional<EventIndex> ended) const;
    /// The steps that no event has fitted yet, by number.
    std::vector<std::size_t> unresolved() const;
    /// The step to show when the cursor stands here: the last one whose event has happened; 0 before the first.
    std::size_t stepAt(EventIndex cursor) const;

  private:
    /// What is looked for, and how much of it was found.
    struct Wanted {
        const StoryAnchor* anchor = nullptr;  ///< null: nothing
        std::uint32_t count = 0;
        EventIndex event = no_event;
    };

    bool find(Wanted& wanted, const Symbols& symbols, const Event& event) const;
    std::string_view taskName(const Symbols& symbols, Id task) const;
    bool fieldFits(const Symbols& symbols, const Event& event, const Field& field, std::string_view wanted) const;
    bool fits(const Symbols& symbols, const Event& event, const StoryAnchor& anchor) const;

    const Story& story_;
    EventIndex seen_ = 0;
    std::vector<Wanted> steps_;
    std::vector<Wanted> answers_;  ///< where they end, by step
    std::unordered_map<Id, StringId> task_names_;
};

}  // namespace awaitscope::ui
