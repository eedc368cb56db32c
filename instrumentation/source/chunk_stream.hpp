// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "instrumentation/source/event_columns.hpp"
#include "instrumentation/source/recording_file.hpp"

namespace awaitscope::recording {

/// A chunk, unpacked.
struct LoadedChunk {
    std::uint64_t offset = 0;
    ChunkHeader header;
    bool good = false;     ///< else damaged, and the rest is empty
    bool skipped = false;  ///< bytes that make no sense stood before it
    std::string raw;
    ColumnBody body;  ///< of state and events
};

/// The chunks of a recording, one after the other; those that are good are found behind those that are not. Leaves out
/// indexes, and the state where the reading has gone on beyond it. From the second chunk on, a thread of its own
/// unpacks ahead, a few chunks at most.
class ChunkStream {
  public:
    /// From an offset to the end.
    ChunkStream(const RecordingFile& file, std::uint64_t offset) : file_(file), offset_(offset) {}
    /// The chunks at some offsets only.
    ChunkStream(const RecordingFile& file, std::vector<std::uint64_t> offsets)
        : file_(file), only_(std::move(offsets)) {}
    ~ChunkStream();
    ChunkStream(const ChunkStream&) = delete;
    ChunkStream& operator=(const ChunkStream&) = delete;

    /// The next chunk; nullptr at the end of the file, or of what is whole in it.
    std::unique_ptr<LoadedChunk> next();

    /// Once next() gave nullptr: there are bytes that are not a whole chunk.
    bool ends_in_mid_chunk() const { return ends_in_mid_chunk_; }
    /// Once next() gave nullptr: from here to the end nothing makes sense.
    std::optional<std::uint64_t> nonsense_from() const { return nonsense_from_; }

  private:
    static constexpr std::size_t ahead_max = 4;

    std::unique_ptr<LoadedChunk> load();
    bool find_next(LoadedChunk& chunk);
    void work();

    const RecordingFile& file_;
    // The loading thread's own, once there is one.
    std::uint64_t offset_ = 0;
    std::optional<std::vector<std::uint64_t>> only_;
    std::size_t next_only_ = 0;
    bool past_state_ = false;
    bool ends_in_mid_chunk_ = false;
    std::optional<std::uint64_t> nonsense_from_;
    std::string stored_;

    bool first_ = true;
    std::mutex mutex_;  ///< guards what stands below
    std::condition_variable changed_;
    std::deque<std::unique_ptr<LoadedChunk>> ahead_;  ///< a nullptr is the end
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace awaitscope::recording
