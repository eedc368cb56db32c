// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/pipe_chunks.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "instrumentation/source/recording_file.hpp"

namespace awaitscope::recording {

PipeChunks::PipeChunks(ring::FileDescriptor pipe, const std::string& name) : pipe_(std::move(pipe)) {
    while (!fill(sizeof(FileHeader)) && !ended_) wait();
    // A recording whose beginning was let go has nothing before its first chunk in a pipe: chunks follow the header.
    check_beginning(buffer_, name);
    drop(sizeof(FileHeader));
}

void PipeChunks::wait() const {
    pollfd one{pipe_.get(), POLLIN, 0};
    while (poll(&one, 1, -1) < 0 && errno == EINTR) {
    }
}

bool PipeChunks::fill(std::size_t size) {
    while (buffer_.size() < size && !ended_) {
        // The pipe is shared with others that may count on its blocking: it is asked before, not changed.
        pollfd one{pipe_.get(), POLLIN, 0};
        if (poll(&one, 1, 0) <= 0) return false;
        char bytes[1 << 16];
        const ssize_t got = read(pipe_.get(), bytes, std::min(sizeof bytes, size - buffer_.size()));
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0)
            ended_ = true;
        else
            buffer_.append(bytes, static_cast<std::size_t>(got));
    }
    return buffer_.size() >= size;
}

void PipeChunks::drop(std::size_t size) {
    offset_ += size;
    buffer_.erase(0, size);
}

bool PipeChunks::find_header(ChunkHeader& header) {
    while (fill(sizeof header)) {
        std::memcpy(&header, buffer_.data(), sizeof header);
        if (plausible(header)) return true;
        if (!nonsense_) nonsense_ = offset_;
        const std::uint32_t number = ChunkHeader::chunk_magic;
        char wanted[sizeof number];
        std::memcpy(wanted, &number, sizeof number);
        const std::size_t next = buffer_.find({wanted, sizeof wanted}, 1);
        drop(next == std::string::npos ? buffer_.size() - sizeof wanted + 1 : next);
    }
    return false;
}

std::unique_ptr<LoadedChunk> PipeChunks::next() {
    ChunkHeader header;
    while (find_header(header)) {
        if (!fill(sizeof header + header.stored_bytes)) return nullptr;
        auto chunk = std::make_unique<LoadedChunk>();
        chunk->offset = offset_;
        chunk->header = header;
        chunk->skipped = nonsense_.has_value();
        nonsense_.reset();
        if (wants(header.kind)) {
            chunk->unpack(std::string_view{buffer_}.substr(sizeof header, header.stored_bytes));
            drop(sizeof header + header.stored_bytes);
            return chunk;
        }
        drop(sizeof header + header.stored_bytes);
    }
    return nullptr;
}

}  // namespace awaitscope::recording
