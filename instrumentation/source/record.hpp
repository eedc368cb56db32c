// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "instrumentation/source/event_source.hpp"
#include "instrumentation/source/recording_writer.hpp"

namespace awaitscope {

struct RecordProgress {
    std::uint64_t events = 0;
    std::uint64_t lost = 0;   ///< events that were overwritten before they were read
    std::uint64_t bytes = 0;  ///< in the file
    std::chrono::steady_clock::duration elapsed{};
};

/// Reads the source to its end, or until `stop` says so (it is asked a few hundred times a second), into the recording,
/// which is flushed every half second and finished at the end; what has come by the stop is in it. `symbols` are the
/// writer's, and of a live source others take their place when they have become more than `symbol_bytes_max`: a run
/// that goes on for days says ever new things. Throws SourceError where the file cannot be written.
RecordProgress record(EventSource& source, Symbols& symbols, RecordingWriter& writer,
                      const std::function<bool(const RecordProgress&)>& stop,
                      std::size_t symbol_bytes_max = std::size_t{64} << 20);

}  // namespace awaitscope
