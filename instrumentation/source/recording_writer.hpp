// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "instrumentation/source/event_source.hpp"

namespace awaitscope {

struct RecordingOptions {
    /// Keep the last so much of the run (and up to an eighth more): what is older goes from the disk as time passes.
    std::optional<std::chrono::nanoseconds> keep;
    /// A segment begins after so many events; where much lives in the program, after eight times what lives. Parts of
    /// a recording are found by segments.
    std::uint64_t segment_events = 1 << 19;
};

/// Writes a recording while it happens, with memory bounded by what lives in the program. recording_format.hpp draws
/// the file. One thread.
class RecordingWriter {
  public:
    /// Makes the file, or writes over it; "-" is standard output. `symbols` are those of the events that will come;
    /// they must outlive the writer, or stay until take_symbols(). Throws SourceError.
    RecordingWriter(const std::string& path, const Symbols& symbols, const RecordingOptions& options = {});
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

    /// The events to come have ids of these symbols, to which it adds what it needs; the ones before may go. Throws as
    /// append() does.
    void take_symbols(Symbols& symbols);

    /// Brings what is pending into the file, so that a reader sees it and a crash of ours does not cost it. Throws as
    /// append() does.
    void flush();

    /// The end: writes the source's last words and closes. Throws as append() does.
    void finish(const std::string& note, std::uint64_t unknown_events);

    /// Its bytes go to standard output.
    bool is_stream() const;
    std::uint64_t event_count() const;    ///< added so far
    std::uint64_t bytes_written() const;  ///< that are in the file

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace awaitscope
