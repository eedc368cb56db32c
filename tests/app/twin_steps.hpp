// SPDX-License-Identifier: GPL-3.0-or-later
// What a run of one of two twins did, in words that both languages share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "instrumentation/trace/trace.hpp"
#include "ui/model/source_twin.hpp"

namespace awaitscope::test {

/// A place in words that both languages share: the twin's line, or "asyncio" for what the library does inside.
class Places {
  public:
    /// `cpp_file` below the project's root `source`, `python_file` as the interpreter is given it.
    Places(const std::string& source, const std::string& cpp_file, const std::string& python_file);

    std::string text(const Symbols& symbols, std::uint32_t id) const;
    /// A coroutine's name, where it is the program's.
    std::string coroutine(const Symbols& symbols, std::uint32_t id) const;

  private:
    std::string cpp_file_;  ///< below the root: how a build names it, the build decides
    std::string python_file_;
    ui::SourceTwin twin_;
};

/// One thing that was done, and by whom.
struct Step {
    std::string task;
    std::string what;
    friend bool operator==(const Step&, const Step&) = default;
};

/// The lives of all tasks, in the order of their events.
std::vector<Step> steps_of(const Trace& trace, const Places& places);

/// What becomes of the program's primitives and queues, in its order. That stands beside the steps of tasks: who takes
/// from a queue and wakes another tells the one before the other, or the other way round. Without `has_events` those of
/// events are left out: our queues have one inside, for join(), of which asyncio's tell nothing.
std::vector<Step> uses_of(const Trace& trace, bool has_events);

/// What the program did outside: connections, the bytes of all of them, jobs, children and how they ended, signals. In
/// each kind's own order, since between them chance decides.
std::vector<std::string> outside_of(const Trace& trace);

}  // namespace awaitscope::test
