// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "instrumentation/source/launch.hpp"

namespace awaitscope {

/// A scenario's run: a child of this same program, instrumented, and its events from the first one on. The child is
/// ended when this goes. One thread at a time.
class ScenarioRun : public EventSource {
  public:
    /// Starts it, and waits for its first events. Throws SourceError when they do not come.
    ScenarioRun(const std::string& name, bool real_clock);
    ~ScenarioRun() override;

    /// Whether that is the command line of such a run, of this window or another: they are not the user's programs.
    static bool is_one(const std::string& command);

    /// The reading end of what it prints. What nobody reads stays in the pipe: scenarios print less than that holds.
    int output() const { return child_->output(); }

    /// Ends the child now.
    void end();

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    void finish(Symbols& symbols, std::vector<Event>& out) override { events_->finish(symbols, out); }
    const SourceInfo& info() const override { return events_->info(); }
    /// Empty when it ended as it should.
    std::string note() const override;
    std::uint64_t unknown_events() const override { return events_->unknown_events(); }

  private:
    std::unique_ptr<LaunchedProcess> child_;
    std::unique_ptr<LiveSource> events_;
};

}  // namespace awaitscope
