// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/chunk_feed.hpp"

namespace awaitscope::recording {

/// The chunks of a recording as they come through a pipe. Holds one chunk's bytes at most. Never blocks, but at first.
class PipeChunks : public ChunkFeed {
  public:
    /// Waits for the recording's beginning. Throws SourceError when it is none of this version.
    PipeChunks(ring::FileDescriptor pipe, const std::string& name);

    std::unique_ptr<LoadedChunk> next() override;
    bool waits() const override { return !ended_; }
    bool ends_in_mid_chunk() const override { return !buffer_.empty() && !nonsense_; }
    std::optional<std::uint64_t> nonsense_from() const override { return nonsense_; }

    /// Waits until there is something to read, or the pipe has ended.
    void wait() const;

  private:
    /// What is there, at most up to `size` in the buffer; false where it cannot be that much now.
    bool fill(std::size_t size);
    /// A header that makes sense at the buffer's begin; what is none is passed over.
    bool find_header(ChunkHeader& header);
    void drop(std::size_t size);

    ring::FileDescriptor pipe_;
    std::string buffer_;
    std::uint64_t offset_ = 0;  ///< of the buffer's begin
    bool ended_ = false;
    std::optional<std::uint64_t> nonsense_;  ///< from here on nothing made sense
};

}  // namespace awaitscope::recording
