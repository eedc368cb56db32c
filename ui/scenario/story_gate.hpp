// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <set>

#include "instrumentation/source/event_source.hpp"
#include "ui/scenario/story.hpp"
#include "ui/scenario/story_binding.hpp"

namespace awaitscope::ui {

/// Which of a story's questions hold back what comes after them, until they are answered or skipped. What is held back
/// is in no trace, so that no view can show it. The window lets go of questions, the thread that reads the run asks.
class StoryGate {
  public:
    /// All questions hold, but for those of the steps in `answered`.
    StoryGate(Story story, const std::set<std::size_t>& answered);

    const Story& story() const { return story_; }
    bool holds(std::size_t step) const;
    bool holdsAny() const;
    void release(std::size_t step);
    void releaseAll();

    /// How many of the first `count` events may be seen: up to the first of the holding questions' events, and with it.
    EventIndex horizon(const StoryBinding& binding, EventIndex count) const;

  private:
    const Story story_;
    mutable std::mutex mutex_;  ///< guards held_
    std::set<std::size_t> held_;
};

/// A scenario's run, told no further than its story's questions allow. It reads the source to its end all the same, so
/// that the program never waits. One thread calls it.
class GatedSource : public EventSource {
  public:
    GatedSource(std::unique_ptr<EventSource> source, std::shared_ptr<const StoryGate> gate);

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    void finish(Symbols& symbols, std::vector<Event>& out) override;
    const SourceInfo& info() const override { return info_; }
    std::string note() const override;
    std::uint64_t unknown_events() const override { return source_->unknown_events(); }

  private:
    void learn();
    /// As far as the questions allow.
    void tell(Symbols& symbols, std::vector<Event>& out);

    std::unique_ptr<EventSource> source_;
    std::shared_ptr<const StoryGate> gate_;
    StoryBinding binding_;
    SourceInfo info_;
    std::vector<Event> events_;  ///< all that has come; the first told_ of them were told
    EventIndex seen_ = 0;        ///< so many the binding has seen
    EventIndex told_ = 0;
    bool source_ended_ = false;
};

}  // namespace awaitscope::ui
