// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/chunk_stream.hpp"

#include <utility>

namespace awaitscope::recording {

void LoadedChunk::unpack(std::string_view stored) {
    good = unpack_raw(header, stored, raw);
    const bool state = header.kind == ChunkKind::state;
    if (good && (state || header.kind == ChunkKind::events))
        good = read_columns(raw, header, state ? 0 : static_cast<std::uint64_t>(header.first_time), body);
}

ChunkStream::~ChunkStream() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

std::unique_ptr<LoadedChunk> ChunkStream::next() {
    if (std::exchange(first_, false) || file_.size() < ahead_file_bytes) return load();
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ahead_.empty(); });
    if (!ahead_.front()) return nullptr;
    auto chunk = std::move(ahead_.front());
    ahead_.pop_front();
    changed_.notify_all();
    return chunk;
}

void ChunkStream::work() {
    for (;;) {
        auto chunk = load();
        const bool over = !chunk;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stop_ || ahead_.size() < ahead_max; });
        if (stop_) return;
        ahead_.push_back(std::move(chunk));
        changed_.notify_all();
        if (over) return;
    }
}

bool ChunkStream::find_next(LoadedChunk& chunk) {
    if (only_) {
        if (next_only_ == only_->size()) return false;
        offset_ = (*only_)[next_only_++];
    }
    switch (file_.read_header(offset_, chunk.header)) {
        case RecordingFile::Found::header:
            return true;
        case RecordingFile::Found::nothing:
            ends_in_mid_chunk_ = !only_ && offset_ < file_.size();
            return false;
        case RecordingFile::Found::nonsense:
            break;
    }
    if (only_) return find_next(chunk);
    const auto next = file_.find_header(offset_ + 1);
    if (!next) {
        nonsense_from_ = offset_;
        return false;
    }
    chunk.skipped = true;
    offset_ = *next;
    return file_.read_header(offset_, chunk.header) == RecordingFile::Found::header;
}

std::unique_ptr<LoadedChunk> ChunkStream::load() {
    auto chunk = std::make_unique<LoadedChunk>();
    for (;;) {
        if (!find_next(*chunk)) return nullptr;
        const ChunkHeader& header = chunk->header;
        chunk->offset = offset_;
        if (behind(offset_, header) > file_.size()) {
            ends_in_mid_chunk_ = true;
            return nullptr;
        }
        offset_ = behind(offset_, header);
        if (!wants(header.kind)) continue;
        if (file_.read_stored(chunk->offset, header, stored_)) chunk->unpack(stored_);
        return chunk;
    }
}

}  // namespace awaitscope::recording
