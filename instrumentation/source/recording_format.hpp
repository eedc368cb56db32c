// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// A recording's bytes. resources/manual/recording-format.md tells them all; in short:
///
///     FileHeader, then segments, then the end
///
///     segment:  info     what EventSource::info() says
///               state    of all events before, those that still matter, at their own times; one chunk or more
///               events   ... any number of chunks, and an info where something became known
///               index    where the chunks of events of this segment are, and of which tasks
///     end       how the recording ended, and where the segments are; behind it an EndMark
///
/// A chunk is a ChunkHeader and a zstd frame with its checksum, written whole, and tells all by itself: its strings and
/// places are its own. So a recording that was cut short or damaged in places is good in all others, any part of it can
/// be read without the rest, and its beginning can be let go while it is written.
namespace awaitscope::recording {

inline constexpr std::array<char, 8> magic = {'a', 'w', 's', 'c', 'o', 'p', 'e', '\n'};
inline constexpr std::uint32_t version = 2;

struct FileHeader {
    std::array<char, 8> magic = recording::magic;
    std::uint32_t version = recording::version;
    std::uint32_t zero = 0;
    std::uint64_t first_chunk = sizeof(FileHeader);  ///< its offset; further on once the beginning was let go
};
static_assert(sizeof(FileHeader) == 24);

/// Limits, kept by the writer and asked for by the reader: what is beyond is damage, whatever the checksum says.
inline constexpr std::uint32_t chunk_events_max = 1 << 16;
inline constexpr std::uint32_t chunk_raw_bytes_max = 8 << 20;
inline constexpr std::size_t chunk_symbol_bytes_max = 4 << 20;
inline constexpr std::size_t string_bytes_max = 64 << 10;
inline constexpr std::uint64_t time_max = std::uint64_t{1} << 62;

enum class ChunkKind : std::uint32_t { info = 1, state = 2, events = 3, index = 4, end = 5 };

struct ChunkHeader {
    std::uint32_t magic = chunk_magic;
    ChunkKind kind = ChunkKind::events;
    std::uint32_t stored_bytes = 0;  ///< of the zstd frame
    std::uint32_t raw_bytes = 0;     ///< of what it unpacks to
    std::uint32_t events = 0;
    std::uint32_t strings = 0;
    std::uint32_t places = 0;
    std::uint32_t check = 0;  ///< checksum(), over the other fields
    /// Of an events chunk's events; of the others the moment they stand at.
    std::int64_t first_time = 0;
    std::int64_t last_time = 0;
    std::uint64_t first_event = 0;  ///< events in events chunks before this one, since recording began

    static constexpr std::uint32_t chunk_magic = 0x6b6e6863;  // "chnk"

    /// FNV-1a. The payload has a better one of its own.
    std::uint32_t checksum() const {
        ChunkHeader copy = *this;
        copy.check = 0;
        unsigned char bytes[sizeof copy];
        std::memcpy(bytes, &copy, sizeof copy);
        std::uint32_t hash = 2166136261u;
        for (unsigned char byte : bytes) hash = (hash ^ byte) * 16777619u;
        return hash;
    }
};
static_assert(sizeof(ChunkHeader) == 56);

/// The last bytes of a recording that was ended.
struct EndMark {
    std::uint64_t distance = 0;  ///< from the end chunk's header to the file's end
    std::array<char, 8> magic = end_magic;
    static constexpr std::array<char, 8> end_magic = {'a', 'w', 's', 'c', '-', 'e', 'n', 'd'};
};
static_assert(sizeof(EndMark) == 16);

}  // namespace awaitscope::recording
