// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <span>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// Another source, and its silence: when a live program has said nothing for a while, an event tells that it was
/// listened to until now, and again as long as that lasts. A loop that hangs says nothing: without this, what it hangs
/// in would look as if it had just begun.
class SilenceSource : public EventSource {
  public:
    using Duration = std::chrono::nanoseconds;

    explicit SilenceSource(std::unique_ptr<EventSource> source, Duration told_after = std::chrono::seconds(1))
        : owned_(std::move(source)), source_(*owned_), told_after_(told_after) {}
    /// `source` outlives it.
    explicit SilenceSource(EventSource& source, Duration told_after = std::chrono::seconds(1))
        : source_(source), told_after_(told_after) {}

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    void finish(Symbols& symbols, std::vector<Event>& out) override;
    const SourceInfo& info() const override { return source_.info(); }
    std::string note() const override { return source_.note(); }
    std::optional<double> progress() const override { return source_.progress(); }
    std::uint64_t unknown_events() const override { return source_.unknown_events(); }

  private:
    /// One that was stamped before a silence may come after it.
    void put_after_silence(std::span<Event> events);

    std::unique_ptr<EventSource> owned_;
    EventSource& source_;
    Duration told_after_;
    std::chrono::steady_clock::time_point said_ = std::chrono::steady_clock::now();
    std::uint64_t last_time_ = 0;  ///< of an event, nanoseconds
};

}  // namespace awaitscope
