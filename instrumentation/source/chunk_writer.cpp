// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/chunk_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "instrumentation/source/source_error.hpp"

namespace awaitscope::recording {
namespace {

constexpr int compression_level = 1;
constexpr std::uint64_t block_bytes = 4096;

template <class T>
std::string_view bytes_of(const T& value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace

ChunkWriter::ChunkWriter(const std::string& path)
    : path_(path), is_stream_(path == standard_output), zstd_(ZSTD_createCCtx()) {
    ZSTD_CCtx_setParameter(zstd_, ZSTD_c_compressionLevel, compression_level);
    ZSTD_CCtx_setParameter(zstd_, ZSTD_c_checksumFlag, 1);
    if (is_stream_) {
        path_ = "standard output";
        file_ = ring::FileDescriptor{fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)};
    } else {
        file_ = ring::FileDescriptor{open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600)};
    }
    if (!file_) {
        const int error = errno;
        ZSTD_freeCCtx(zstd_);
        throw SourceError(fmt::format("cannot write {}: {}; name another file", path_, strerror(error)));
    }
    try {
        write_bytes(bytes_of(FileHeader{}));
    } catch (...) {
        ZSTD_freeCCtx(zstd_);
        throw;
    }
}

ChunkWriter::~ChunkWriter() {
    ZSTD_freeCCtx(zstd_);
}

void ChunkWriter::write(ChunkHeader header, const std::string& raw) {
    const std::size_t bound = ZSTD_compressBound(raw.size());
    stored_.resize(std::max(stored_.size(), sizeof header + bound));
    const std::size_t size = ZSTD_compress2(zstd_, stored_.data() + sizeof header, bound, raw.data(), raw.size());
    if (ZSTD_isError(size)) throw SourceError(fmt::format("cannot pack for {}: {}", path_, ZSTD_getErrorName(size)));
    header.stored_bytes = static_cast<std::uint32_t>(size);
    header.raw_bytes = static_cast<std::uint32_t>(raw.size());
    header.check = header.checksum();
    std::memcpy(stored_.data(), &header, sizeof header);
    write_bytes(std::string_view{stored_}.substr(0, sizeof header + size));
    if (header.kind == ChunkKind::events) events_ += header.events;
}

void ChunkWriter::write_end_mark(std::uint64_t end_chunk) {
    EndMark mark;
    mark.distance = offset_ + sizeof mark - end_chunk;
    write_bytes(bytes_of(mark));
}

void ChunkWriter::write_bytes(std::string_view bytes) {
    const std::uint64_t whole = offset_;
    while (!bytes.empty()) {
        const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const int error = errno;
            offset_ = whole;
            // The begun chunk goes, so that what is there is whole. A device does not shrink, and need not.
            [[maybe_unused]] const int ignored = ftruncate(file_.get(), static_cast<off_t>(whole));
            fail(error);
        }
        offset_ += static_cast<std::uint64_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void ChunkWriter::require_letting_go() {
    if (fallocate(file_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, block_bytes, block_bytes) == 0) return;
    throw SourceError(fmt::format(
        "cannot keep only the last part in {}: its file system does not free a file's beginning ({}); record into "
        "another one, or without a limit",
        path_, strerror(errno)));
}

void ChunkWriter::let_go_before(std::uint64_t first_chunk) {
    // The header first: whoever opens the file looks behind the hole.
    const std::string_view bytes = bytes_of(first_chunk);
    if (pwrite(file_.get(), bytes.data(), bytes.size(), offsetof(FileHeader, first_chunk)) !=
        static_cast<ssize_t>(bytes.size()))
        fail(errno);
    const std::uint64_t from = std::max(block_bytes, first_chunk_ / block_bytes * block_bytes);
    const std::uint64_t to = first_chunk / block_bytes * block_bytes;
    first_chunk_ = first_chunk;
    if (to > from && fallocate(file_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(from),
                               static_cast<off_t>(to - from)) != 0)
        fail(errno);
}

void ChunkWriter::finish() {
    if (first_chunk_ != sizeof(FileHeader)) move_to_front();
    const int failed = close(file_.release()) == 0 ? 0 : errno;
    if (failed != 0) fail(failed);
}

bool ChunkWriter::move_to_front() {
    // With its hole the recording is a good one as well, only its size looks larger than it is: where there is no room
    // for a copy it stays so.
    std::string copy_path = path_ + ".XXXXXX";
    ring::FileDescriptor copy{mkostemp(copy_path.data(), O_CLOEXEC)};
    if (!copy) return false;
    const FileHeader plain;
    const std::string_view header = bytes_of(plain);
    bool good = pwrite(copy.get(), header.data(), header.size(), 0) == static_cast<ssize_t>(header.size());
    std::string block(1 << 20, '\0');
    for (std::uint64_t at = first_chunk_, to = sizeof(FileHeader); good && at < offset_;) {
        const std::size_t size = std::min<std::uint64_t>(block.size(), offset_ - at);
        const ssize_t got = pread(file_.get(), block.data(), size, static_cast<off_t>(at));
        good =
            got > 0 && pwrite(copy.get(), block.data(), static_cast<std::size_t>(got), static_cast<off_t>(to)) == got;
        at += static_cast<std::uint64_t>(std::max<ssize_t>(got, 0));
        to += static_cast<std::uint64_t>(std::max<ssize_t>(got, 0));
    }
    good = good && rename(copy_path.c_str(), path_.c_str()) == 0;
    if (!good) {
        unlink(copy_path.c_str());
        return false;
    }
    file_ = std::move(copy);
    offset_ -= first_chunk_ - sizeof(FileHeader);
    first_chunk_ = sizeof(FileHeader);
    return true;
}

void ChunkWriter::fail(int error) {
    file_ = ring::FileDescriptor{};
    if (is_stream_ && error == EPIPE) throw ReaderGone();
    throw SourceError(
        fmt::format("cannot write {}: {}; the {} events before are in it", path_, strerror(error), events_));
}

}  // namespace awaitscope::recording
