// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/event_source.hpp"
#include "instrumentation/source/recording_format.hpp"

namespace awaitscope::recording {

/// A part of a recording that can be read without what stands before it.
struct SegmentPlace {
    std::uint64_t offset = 0;
    std::uint64_t index = 0;  ///< offset of its index chunk; 0: it has none
    std::int64_t first_time = 0;
};

/// What the end chunk tells.
struct RecordingEnd {
    std::string note;
    std::uint64_t unknown_events = 0;
    std::vector<SegmentPlace> segments;
};

/// A recording's file, of which nothing is believed. Any thread may read it.
class RecordingFile {
  public:
    /// Throws SourceError when the file cannot be read or is no recording of this version.
    explicit RecordingFile(const std::string& path);

    const std::string& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    std::uint64_t first_chunk() const { return first_chunk_; }

    enum class Found { header, nonsense, nothing };
    /// The header at an offset: it makes sense, or there is something else, or the file ends before.
    Found read_header(std::uint64_t offset, ChunkHeader& header) const;
    /// The next place at or after an offset that has a header which makes sense; nothing when there is none.
    std::optional<std::uint64_t> find_header(std::uint64_t offset) const;
    /// What stands behind a header, packed; false when it is not all there.
    bool read_stored(std::uint64_t offset, const ChunkHeader& header, std::string& stored) const;
    /// The same, unpacked; false when it is damaged, too. `stored` is room to work in.
    bool read_raw(std::uint64_t offset, const ChunkHeader& header, std::string& stored, std::string& raw) const;

    /// What the end tells, found from behind; nothing in a recording that was not ended.
    std::optional<RecordingEnd> read_end() const;
    /// Where the segments are: as the end tells, or, in a recording that was not ended, found from header to header.
    std::vector<SegmentPlace> segments() const;
    /// The offsets of a segment's chunks that have events of a task, ascending; nothing where no index can tell.
    std::optional<std::vector<std::uint64_t>> chunks_of_task(const SegmentPlace& segment, Id task) const;

  private:
    bool read_bytes(std::uint64_t offset, void* to, std::size_t size) const;
    std::vector<SegmentPlace> find_segments() const;

    std::string path_;
    ring::FileDescriptor file_;
    std::uint64_t size_ = 0;
    std::uint64_t first_chunk_ = 0;
};

/// The offset of a recording's first chunk. Throws SourceError, with `path` in it, when the bytes are not the beginning
/// of a recording of this version.
std::uint64_t check_beginning(std::string_view bytes, const std::string& path);
/// Whether a header makes sense: the limits are kept, and the checksum is right.
bool plausible(const ChunkHeader& header);
/// Unpacks what stands behind a header; false when it is damaged.
bool unpack_raw(const ChunkHeader& header, std::string_view stored, std::string& raw);

/// What an info chunk says, or nothing when it is damaged.
std::optional<SourceInfo> parse_info(std::string_view raw);
/// What an end chunk says; `end` is its offset.
std::optional<RecordingEnd> parse_end(std::string_view raw, std::uint64_t end);

inline constexpr std::uint64_t behind(std::uint64_t offset, const ChunkHeader& header) {
    return offset + sizeof header + header.stored_bytes;
}

}  // namespace awaitscope::recording
