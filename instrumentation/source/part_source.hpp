// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/source/surviving_events.hpp"

namespace awaitscope {

/// What is wanted of a source: all of it, or less. Times are nanoseconds since the epoch, both inclusive.
struct SourcePart {
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> to;
    Id task = 0;  ///< the events of one task only; 0: of all
    bool is_all() const { return !from && !to && task == 0; }
    friend bool operator==(const SourcePart&, const SourcePart&) = default;
};

/// A part of another source. It begins with those of the earlier events that still matter, at their own times, and a
/// recording_begins: so the state of the program is known from the first moment on.
class PartSource : public EventSource {
  public:
    PartSource(std::unique_ptr<EventSource> source, const SourcePart& part)
        : source_(std::move(source)), part_(part), begun_(!part.from) {}

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    void finish(Symbols& symbols, std::vector<Event>& out) override;
    const SourceInfo& info() const override { return source_->info(); }
    std::string note() const override { return source_->note(); }
    std::optional<double> progress() const override { return source_->progress(); }
    std::uint64_t unknown_events() const override { return source_->unknown_events(); }

  private:
    void begin(std::vector<Event>& out);
    /// What is wanted of what has come. `last`: nothing comes after it.
    void take(std::vector<Event>& out, bool last);

    std::unique_ptr<EventSource> source_;
    SourcePart part_;
    bool begun_;
    bool over_ = false;
    std::uint64_t skipped_ = 0;
    SurvivingEvents survivors_;
    std::vector<Event> batch_;
};

}  // namespace awaitscope
