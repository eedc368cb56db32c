// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/recording_format.hpp"

struct ZSTD_CCtx_s;

namespace awaitscope::recording {

/// In place of a file's name.
inline constexpr const char* standard_output = "-";

/// A recording's file while it is written: whole chunks at its end, and its beginning let go. Every failure closes it
/// and throws SourceError, which says how many events are in it; a chunk that was begun is taken back.
class ChunkWriter {
  public:
    /// Makes the file, or writes over it; "-" is standard output.
    explicit ChunkWriter(const std::string& path);
    ~ChunkWriter();
    ChunkWriter(const ChunkWriter&) = delete;
    ChunkWriter& operator=(const ChunkWriter&) = delete;

    bool is_stream() const { return is_stream_; }
    bool is_open() const { return static_cast<bool>(file_); }
    /// Where the next chunk will stand.
    std::uint64_t offset() const { return offset_; }
    /// Bytes of the disk's.
    std::uint64_t bytes_kept() const { return offset_ - first_chunk_ + sizeof(FileHeader); }

    void write(ChunkHeader header, const std::string& raw);
    void write_end_mark(std::uint64_t end_chunk);

    /// Throws SourceError where the file system cannot let go of a file's beginning.
    void require_letting_go();
    /// Frees what stands before a chunk, which is the first from now on.
    void let_go_before(std::uint64_t first_chunk);

    /// Closes the file; where its beginning was let go, moves the rest to the front first, if there is room for that.
    void finish();

  private:
    void write_bytes(std::string_view bytes);
    bool move_to_front();
    [[noreturn]] void fail(int error);

    std::string path_;
    bool is_stream_;
    ring::FileDescriptor file_;
    ZSTD_CCtx_s* zstd_;
    std::string stored_;  ///< room for a packed chunk
    std::uint64_t offset_ = 0;
    std::uint64_t first_chunk_ = sizeof(FileHeader);
    std::uint64_t events_ = 0;  ///< in the file
};

}  // namespace awaitscope::recording
