// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "instrumentation/analysis/detector.hpp"
#include "instrumentation/analysis/figures.hpp"

namespace awaitscope {

/// Walks once over a trace's events, as they come, and looks for findings. What it has walked over it does not look at
/// again, so that a live trace costs what is new in it. Not thread-safe; the trace may grow between calls.
class Analyzer {
  public:
    explicit Analyzer(const FindingOptions& options = {});
    ~Analyzer();

    /// Walks on, over at most `limit` events. True when it has come to the end of what there is now. Always of the same
    /// trace.
    bool advance(const Trace& trace, EventIndex limit = no_event);

    /// What has been found up to where the walk has come: the worst first, then by time. `now` is the time of the
    /// source's clock where that is later than the last event's: a loop that is blocked says nothing of it.
    std::vector<Finding> findings(const Trace& trace, std::optional<Nanoseconds> now = {});

    /// Gathers figures too, from the next event on: ask for them before the walk begins.
    void gather_figures() { figures_.emplace(); }
    /// Precondition: they are gathered.
    const Figures& figures() const { return *figures_; }

    const Scene& scene() const { return scene_; }
    EventIndex walked() const { return scene_.events(); }

  private:
    Scene scene_;
    std::vector<std::unique_ptr<Detector>> detectors_;
    std::optional<Figures> figures_;
    std::array<std::vector<Detector*>, event_kind_count> interested_;
};

}  // namespace awaitscope
