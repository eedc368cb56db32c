// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "instrumentation/source/chunk_feed.hpp"
#include "instrumentation/source/recording_file.hpp"

namespace awaitscope::recording {

/// The chunks of a recording's file. From the second chunk on, a thread of its own unpacks ahead, a few chunks at most;
/// a small file is not worth one.
class ChunkStream : public ChunkFeed {
  public:
    /// From an offset to the end.
    ChunkStream(const RecordingFile& file, std::uint64_t offset) : file_(file), offset_(offset) {}
    /// The chunks at some offsets only.
    ChunkStream(const RecordingFile& file, std::vector<std::uint64_t> offsets)
        : file_(file), only_(std::move(offsets)) {}
    ~ChunkStream() override;
    ChunkStream(const ChunkStream&) = delete;
    ChunkStream& operator=(const ChunkStream&) = delete;

    std::unique_ptr<LoadedChunk> next() override;
    bool ends_in_mid_chunk() const override { return ends_in_mid_chunk_; }
    std::optional<std::uint64_t> nonsense_from() const override { return nonsense_from_; }

  private:
    static constexpr std::size_t ahead_max = 4;
    static constexpr std::uint64_t ahead_file_bytes = 128 << 10;

    std::unique_ptr<LoadedChunk> load();
    bool find_next(LoadedChunk& chunk);
    void work();

    const RecordingFile& file_;
    // The loading thread's own, once there is one.
    std::uint64_t offset_ = 0;
    std::optional<std::vector<std::uint64_t>> only_;
    std::size_t next_only_ = 0;
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
