// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "instrumentation/event/event.hpp"
#include "instrumentation/source/symbols.hpp"

namespace awaitscope {

/// What is known of where events come from.
struct SourceInfo {
    std::string name;                     ///< "echo_server", a file's name
    std::string command;                  ///< the command line, where known
    int pid = 0;                          ///< 0 where there is none (a text, a trace of another program)
    bool live = false;                    ///< more may come
    bool virtual_clock = false;           ///< times are the virtual clock's: exact, and the same in every run
    std::int64_t epoch_unix_ns = 0;       ///< the wall clock at the recording's time 0; 0 where unknown
    std::int64_t epoch_monotonic_ns = 0;  ///< this machine's monotonic clock then; 0 where it is not this machine's
};

enum class SourceState {
    more,   ///< there was more than the limit: call again
    idle,   ///< nothing more now; a live source may have some later
    ended,  ///< nothing more will ever come
};

/// Events from anywhere: a live process, a recording, another program's trace, a test's text. What reads them cannot
/// tell which. One thread calls it.
///
/// The events it gives have their time in nanoseconds since the recording's epoch, ascending (equal times keep their
/// order), and the fields of type task_name, text, place and definition hold ids of `symbols`. Ids 1 and up; task ids
/// are as the process numbered them. An event of a kind this build does not know is left out and counted.
class EventSource {
  public:
    virtual ~EventSource() = default;

    /// Appends to `out` what has come, at most about `limit` events. Never blocks.
    virtual SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) = 0;

    /// The reader goes: appends all that has come by now, also what was held back because something earlier might still
    /// have come. Nothing, of what is only read through, such as a file. Never blocks. Nobody reads after it.
    virtual void finish(Symbols& /*symbols*/, std::vector<Event>& /*out*/) {}

    virtual const SourceInfo& info() const = 0;

    /// How it ended, for the user, in one sentence ("process 4711 was killed by signal 9; its last events are here",
    /// "the file ends in mid-chunk: 1,204 events are here"); empty while there is nothing to say.
    virtual std::string note() const { return {}; }

    /// How much of it has been read, from 0 to 1; nothing where nobody knows how much there will be.
    virtual std::optional<double> progress() const { return std::nullopt; }

    /// Events of kinds unknown to this build, left out so far.
    virtual std::uint64_t unknown_events() const { return 0; }
};

}  // namespace awaitscope
