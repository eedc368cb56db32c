// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/recording_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>

#include "instrumentation/source/recording_bytes.hpp"
#include "instrumentation/source/source_error.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope::recording {
std::uint64_t check_beginning(std::string_view bytes, const std::string& path) {
    FileHeader header;
    header.magic = {};
    std::memcpy(&header, bytes.data(), std::min(sizeof header, bytes.size()));
    // The version stands where it stood in the first; what follows may be shorter.
    if (bytes.size() < offsetof(FileHeader, first_chunk) || header.magic != magic)
        throw SourceError(fmt::format("{} is not a recording of awaitscope; `awaitscope record` makes them", path));
    if (header.version != version)
        throw SourceError(
            fmt::format("{} is a recording of version {}, and this program reads version {}: use the awaitscope that "
                        "wrote it",
                        path, header.version, version));
    if (bytes.size() < sizeof header)
        throw SourceError(fmt::format("{} is not a recording: it ends in its header; record it again", path));
    return std::max<std::uint64_t>(header.first_chunk, sizeof header);
}

bool plausible(const ChunkHeader& header) {
    return header.magic == ChunkHeader::chunk_magic && header.check == header.checksum() &&
           header.raw_bytes <= chunk_raw_bytes_max && header.events <= chunk_events_max &&
           header.stored_bytes <= ZSTD_compressBound(chunk_raw_bytes_max) && header.first_time >= 0 &&
           header.last_time >= header.first_time && static_cast<std::uint64_t>(header.last_time) <= time_max;
}

bool unpack_raw(const ChunkHeader& header, std::string_view stored, std::string& raw) {
    // A context takes 150 KiB to make: one for all chunks of a thread.
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(), ZSTD_freeDCtx};
    raw.resize(header.raw_bytes);
    const std::size_t size = ZSTD_decompressDCtx(context.get(), raw.data(), raw.size(), stored.data(), stored.size());
    return !ZSTD_isError(size) && size == raw.size();
}

RecordingFile::RecordingFile(const std::string& path) : path_(path) {
    file_ = ring::FileDescriptor{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
    struct stat status {};
    if (!file_ || fstat(file_.get(), &status) != 0)
        throw SourceError(fmt::format("cannot open {}: {}", path, strerror(errno)));
    if (!S_ISREG(status.st_mode)) throw SourceError(fmt::format("{} is not a recording: it is not a file", path));
    size_ = static_cast<std::uint64_t>(status.st_size);
    std::string beginning(std::min<std::uint64_t>(sizeof(FileHeader), size_), '\0');
    if (!read_bytes(0, beginning.data(), beginning.size())) beginning.clear();
    first_chunk_ = check_beginning(beginning, path);
}

bool RecordingFile::read_bytes(std::uint64_t offset, void* to, std::size_t size) const {
    auto* at = static_cast<char*>(to);
    while (size > 0) {
        const ssize_t got = pread(file_.get(), at, size, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

RecordingFile::Found RecordingFile::read_header(std::uint64_t offset, ChunkHeader& header) const {
    if (offset >= size_) return Found::nothing;
    if (!read_bytes(offset, &header, sizeof header)) return Found::nothing;
    return plausible(header) ? Found::header : Found::nonsense;
}

std::optional<std::uint64_t> RecordingFile::find_header(std::uint64_t offset) const {
    constexpr std::size_t block_bytes = 1 << 16;
    const std::uint32_t number = ChunkHeader::chunk_magic;
    char wanted[sizeof number];
    std::memcpy(wanted, &number, sizeof number);
    std::string block;
    while (offset + sizeof(ChunkHeader) <= size_) {
        block.resize(std::min<std::uint64_t>(block_bytes, size_ - offset));
        if (!read_bytes(offset, block.data(), block.size())) return std::nullopt;
        const std::string_view view{block};
        for (std::size_t at = view.find({wanted, 4}); at != view.npos; at = view.find({wanted, 4}, at + 1)) {
            ChunkHeader header;
            if (read_header(offset + at, header) == Found::header) return offset + at;
        }
        offset += block.size() > 3 ? block.size() - 3 : block.size();
    }
    return std::nullopt;
}

bool RecordingFile::read_stored(std::uint64_t offset, const ChunkHeader& header, std::string& stored) const {
    if (behind(offset, header) > size_) return false;
    stored.resize(header.stored_bytes);
    return read_bytes(offset + sizeof header, stored.data(), stored.size());
}

bool RecordingFile::read_raw(std::uint64_t offset, const ChunkHeader& header, std::string& stored,
                             std::string& raw) const {
    return read_stored(offset, header, stored) && unpack_raw(header, stored, raw);
}

std::vector<SegmentPlace> RecordingFile::segments() const {
    if (auto end = read_end()) return std::move(end->segments);
    return find_segments();
}

std::optional<RecordingEnd> RecordingFile::read_end() const {
    EndMark mark;
    mark.magic = {};
    if (size_ < sizeof mark || !read_bytes(size_ - sizeof mark, &mark, sizeof mark)) return std::nullopt;
    if (mark.magic != EndMark::end_magic || mark.distance > size_) return std::nullopt;
    const std::uint64_t offset = size_ - mark.distance;
    ChunkHeader header;
    std::string stored, raw;
    if (read_header(offset, header) != Found::header || header.kind != ChunkKind::end ||
        !read_raw(offset, header, stored, raw))
        return std::nullopt;
    return parse_end(raw, offset);
}

std::vector<SegmentPlace> RecordingFile::find_segments() const {
    std::vector<SegmentPlace> found;
    ChunkKind before = ChunkKind::end;
    std::uint64_t info = 0;  // where the chunk before stands, if that is one
    for (std::uint64_t offset = first_chunk_;;) {
        ChunkHeader header;
        const Found what = read_header(offset, header);
        if (what == Found::nothing) return found;
        if (what == Found::nonsense) {
            const auto next = find_header(offset + 1);
            if (!next) return found;
            before = ChunkKind::end;
            offset = *next;
            continue;
        }
        if (header.kind == ChunkKind::info) info = offset;
        if (header.kind == ChunkKind::state && before != ChunkKind::state)
            found.push_back({before == ChunkKind::info ? info : offset, 0, header.first_time});
        if (header.kind == ChunkKind::index && !found.empty()) found.back().index = offset;
        before = header.kind;
        offset = behind(offset, header);
    }
}

std::optional<std::vector<std::uint64_t>> RecordingFile::chunks_of_task(const SegmentPlace& segment, Id task) const {
    ChunkHeader header;
    std::string stored, raw;
    if (segment.index == 0 || read_header(segment.index, header) != Found::header || header.kind != ChunkKind::index ||
        !read_raw(segment.index, header, stored, raw))
        return std::nullopt;
    std::vector<std::uint64_t> offsets;
    ByteReader bytes{raw};
    for (std::uint64_t chunks = bytes.varint(); chunks > 0 && !bytes.failed(); --chunks) {
        const std::uint64_t distance = bytes.varint();
        Id one = 0;
        bool has = false;
        for (std::uint64_t tasks = bytes.varint(); tasks > 0 && !bytes.failed(); --tasks) {
            one += bytes.varint();
            has |= one == task;
        }
        if (has && distance <= segment.index) offsets.push_back(segment.index - distance);
    }
    if (bytes.failed()) return std::nullopt;
    return offsets;
}

std::optional<SourceInfo> parse_info(std::string_view raw) {
    ByteReader bytes{raw};
    SourceInfo read;
    read.name = valid_utf8(bytes.text(string_bytes_max));
    read.command = valid_utf8(bytes.text(string_bytes_max));
    read.pid = static_cast<int>(std::min<std::uint64_t>(bytes.varint(), 1u << 30));
    read.virtual_clock = bytes.varint() == 1;
    read.epoch_unix_ns = unzigzag(bytes.varint());
    if (bytes.failed()) return std::nullopt;
    return read;
}

std::optional<RecordingEnd> parse_end(std::string_view raw, std::uint64_t end) {
    ByteReader bytes{raw};
    RecordingEnd found;
    found.unknown_events = bytes.varint();
    found.note = valid_utf8(bytes.text(string_bytes_max));
    SegmentPlace segment;
    for (std::uint64_t count = bytes.varint(); count > 0 && !bytes.failed(); --count) {
        const std::uint64_t start = bytes.varint(), index = bytes.varint(), time = bytes.varint();
        bytes.varint();  // events before it: chunks tell that themselves
        if (start > end || index > start || time > time_max - static_cast<std::uint64_t>(segment.first_time))
            return std::nullopt;
        segment = {end - start, end - index, segment.first_time + static_cast<std::int64_t>(time)};
        found.segments.push_back(segment);
    }
    if (bytes.failed()) return std::nullopt;
    return found;
}

}  // namespace awaitscope::recording
