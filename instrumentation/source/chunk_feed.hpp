// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "instrumentation/source/event_columns.hpp"
#include "instrumentation/source/recording_format.hpp"

namespace awaitscope::recording {

/// A chunk, unpacked.
struct LoadedChunk {
    std::uint64_t offset = 0;
    ChunkHeader header;
    bool good = false;     ///< else damaged, and the rest is empty
    bool skipped = false;  ///< bytes that make no sense stood before it
    std::string raw;
    ColumnBody body;  ///< of state and events

    /// Unpacks what stands behind `header`, and its columns; sets `good`.
    void unpack(std::string_view stored);
};

/// The chunks of a recording, one after the other; those that are good are found behind those that are not. Leaves out
/// indexes, and the state where the reading has gone on beyond it.
class ChunkFeed {
  public:
    virtual ~ChunkFeed() = default;

    /// The next chunk; nullptr at the end, or of what is whole; or, when waits(), where there is none yet.
    virtual std::unique_ptr<LoadedChunk> next() = 0;

    // Once next() gave nullptr:
    /// More may come: ask again later.
    virtual bool waits() const { return false; }
    /// There are bytes that are not a whole chunk.
    virtual bool ends_in_mid_chunk() const = 0;
    /// From here to the end nothing makes sense.
    virtual std::optional<std::uint64_t> nonsense_from() const = 0;

  protected:
    /// Whether a chunk is one that is given: as said above.
    bool wants(ChunkKind kind) {
        if (kind == ChunkKind::events) past_state_ = true;
        return kind != ChunkKind::index && !(kind == ChunkKind::state && past_state_);
    }

  private:
    bool past_state_ = false;
};

}  // namespace awaitscope::recording
