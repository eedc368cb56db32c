// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// What is wanted of a recording: all of it, or less.
struct RecordingPart {
    /// Reading may begin at the last segment that begins no later: with what then still mattered of earlier events.
    std::int64_t from = 0;
    Id task = 0;  ///< the events of one task only; 0: of all
    /// Whoever reads means to stop here: progress() counts to the segment that begins later.
    std::int64_t to = std::numeric_limits<std::int64_t>::max();
};

/// A recording as a source. It is read chunk by chunk, with bounded memory, and trusted in nothing: what is damaged is
/// left out, as lost events with their exact count, and a note says so.
class RecordingReader : public EventSource {
  public:
    /// Throws SourceError when the file cannot be read or is no recording of this version.
    explicit RecordingReader(const std::string& path, const RecordingPart& part = {});
    /// A recording that comes through a pipe, as it comes; `name` is what messages call it. Waits for what it says of
    /// its source. Throws SourceError as the other does.
    RecordingReader(ring::FileDescriptor pipe, const std::string& name);
    ~RecordingReader() override;

    SourceState read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) override;
    const SourceInfo& info() const override;
    std::string note() const override;
    std::optional<double> progress() const override;
    std::uint64_t unknown_events() const override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace awaitscope
