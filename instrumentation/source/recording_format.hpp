// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "instrumentation/event/event.hpp"

/// A recording's bytes. All numbers are little-endian.
///
///     "awscope\n"  version: u32  0: u32
///     chunk, chunk, ...
///
///     chunk:   ChunkHeader (48 bytes), then one zstd frame of `stored_bytes` with its checksum, which unpacks to
///              `raw_bytes`. A chunk is written whole; a reader takes those that are whole, so that a recorder that was
///              killed, or a disk that was full, costs the last chunk at most.
///
///     info     what EventSource::info() says: the first chunk, and again when it has changed
///     events   strings and places that are new, then columns, one after the other, so that like stands beside like
///     end      how the recording ended; nothing follows
///
///     events:  strings    bytes: varint, text                          ids go on from the chunk before, from 1
///              places     file: varint  function: varint  line: varint
///              columns    size in bytes: varint, then for each event
///                kind     u8
///                loop     zigzag difference from the event before
///                time     difference from the event before; the first's from first_time
///                task     zigzag difference from the event before
///                a, b, c  zigzag difference from the last event of its kind in the chunk
///
/// Every chunk can be unpacked by itself but for its ids.
namespace awaitscope::recording {

inline constexpr std::array<char, 8> magic = {'a', 'w', 's', 'c', 'o', 'p', 'e', '\n'};
inline constexpr std::uint32_t version = 1;
inline constexpr std::size_t file_header_bytes = 16;

/// Limits, kept by the writer and asked for by the reader: what is beyond is damage, whatever the checksum says.
inline constexpr std::uint32_t chunk_events_max = 1 << 16;
inline constexpr std::uint32_t chunk_raw_bytes_max = 8 << 20;
inline constexpr std::size_t chunk_symbol_bytes_max = 4 << 20;
inline constexpr std::size_t string_bytes_max = 64 << 10;
inline constexpr std::uint64_t symbol_bytes_max = 256 << 20;
inline constexpr std::uint64_t symbols_max = 1 << 24;
inline constexpr std::uint64_t time_max = std::uint64_t{1} << 62;

enum class ChunkKind : std::uint32_t { info = 1, events = 2, end = 3 };

struct ChunkHeader {
    std::uint32_t magic = chunk_magic;
    ChunkKind kind = ChunkKind::events;
    std::uint32_t stored_bytes = 0;
    std::uint32_t raw_bytes = 0;
    std::uint32_t events = 0;
    std::uint32_t strings = 0;
    std::uint32_t places = 0;
    std::uint32_t check = 0;  ///< checksum(), over the other fields
    std::int64_t first_time = 0;
    std::int64_t last_time = 0;

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
static_assert(sizeof(ChunkHeader) == 48);

constexpr std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// Bytes to be written.
class ByteWriter {
  public:
    void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
    void varint(std::uint64_t value) {
        char buffer[10];
        std::size_t size = 0;
        while (value >= 0x80) {
            buffer[size++] = static_cast<char>(value | 0x80);
            value >>= 7;
        }
        buffer[size++] = static_cast<char>(value);
        bytes_.append(buffer, size);
    }
    void difference(std::uint64_t value, std::uint64_t before) {
        varint(zigzag(static_cast<std::int64_t>(value - before)));
    }
    void text(std::string_view text) {
        varint(text.size());
        bytes_ += text;
    }
    void append(const ByteWriter& column) { text(column.bytes_); }
    void clear() { bytes_.clear(); }
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

/// Bytes to be read. What is not there, or too long for its number, reads as 0 and sets failed(), for good.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

    bool failed() const { return failed_; }
    bool at_end() const { return at_ == end_; }

    std::uint8_t byte() {
        if (at_ == end_) return fail();
        return static_cast<std::uint8_t>(*at_++);
    }
    std::uint64_t varint() {
        if (at_ != end_ && static_cast<unsigned char>(*at_) < 0x80) [[likely]]
            return static_cast<unsigned char>(*at_++);
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && at_ != end_; shift += 7) {
            const auto byte = static_cast<unsigned char>(*at_++);
            if (shift == 63 && byte > 1) break;
            value |= std::uint64_t{byte & 0x7fu} << shift;
            if (byte < 0x80) return value;
        }
        return fail();
    }
    std::uint64_t difference(std::uint64_t before) { return before + static_cast<std::uint64_t>(unzigzag(varint())); }
    std::string_view text(std::size_t bytes_max) {
        const std::uint64_t size = varint();
        if (size > bytes_max || size > static_cast<std::uint64_t>(end_ - at_)) {
            fail();
            return {};
        }
        const std::string_view found{at_, static_cast<std::size_t>(size)};
        at_ += size;
        return found;
    }

  private:
    std::uint8_t fail() {
        failed_ = true;
        at_ = end_;
        return 0;
    }
    const char* at_;
    const char* end_;
    bool failed_ = false;
};

}  // namespace awaitscope::recording
