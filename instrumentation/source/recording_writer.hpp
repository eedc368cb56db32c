// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

/// Writes a recording while it happens, with bounded memory. recording_format.hpp draws the file. One thread.
class RecordingWriter {
  public:
    /// Makes the file, or writes over it. `symbols` are those of the events that will come; they must outlive the
    /// writer. Throws SourceError.
    RecordingWriter(const std::string& path, const Symbols& symbols);
    /// Writes what is pending; errors are lost: call finish() to hear of them.
    ~RecordingWriter();
    RecordingWriter(const RecordingWriter&) = delete;
    RecordingWriter& operator=(const RecordingWriter&) = delete;

    /// Call it before the first events, and whenever it may have changed.
    void set_info(const SourceInfo& info);

    /// Adds events as EventSource::read() gives them: times ascending and not below those added before.
    /// Throws SourceError where the file cannot be written: what was written until then stays good, and nothing more
    /// will be.
    void append(std::span<const Event> events);

    /// Brings what is pending into the file, so that a reader sees it and a crash of ours does not cost it. Throws as
    /// append() does.
    void flush();

    /// The end: writes the source's last words and closes. Throws as append() does.
    void finish(const std::string& note, std::uint64_t unknown_events);

    std::uint64_t event_count() const;  ///< added so far
    std::uint64_t bytes_written() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace awaitscope
