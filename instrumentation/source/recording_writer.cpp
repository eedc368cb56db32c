// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/recording_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "instrumentation/ring/ring_writer.hpp"
#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/recording_format.hpp"
#include "instrumentation/source/source_error.hpp"

namespace awaitscope {
namespace {

using recording::ByteWriter;
using recording::ChunkHeader;
using recording::ChunkKind;

constexpr int compression_level = 3;

std::string info_bytes(const SourceInfo& info) {
    ByteWriter bytes;
    bytes.text(std::string_view{info.name}.substr(0, recording::string_bytes_max));
    bytes.text(std::string_view{info.command}.substr(0, recording::string_bytes_max));
    bytes.varint(static_cast<std::uint64_t>(std::max(info.pid, 0)));
    bytes.varint(info.virtual_clock ? 1 : 0);
    bytes.varint(recording::zigzag(info.epoch_unix_ns));
    return bytes.bytes();
}

/// The columns of a chunk.
void put_events(ByteWriter& to, std::span<const Event> events, std::int64_t first_time) {
    ByteWriter kinds, loops, times, tasks, as, bs, cs;
    std::vector<Event> last_of_kind(256);
    Event before;
    before.time = static_cast<std::uint64_t>(first_time);
    for (const Event& event : events) {
        Event& same = last_of_kind[static_cast<std::uint8_t>(event.kind())];
        kinds.byte(static_cast<std::uint8_t>(event.kind()));
        loops.difference(event.loop(), before.loop());
        times.varint(event.time - before.time);
        tasks.difference(event.task(), before.task());
        as.difference(event.a, same.a);
        bs.difference(event.b, same.b);
        cs.difference(event.c, same.c);
        before = event;
        same = event;
    }
    for (const ByteWriter* column : {&kinds, &loops, &times, &tasks, &as, &bs, &cs}) to.append(*column);
}

}  // namespace

struct RecordingWriter::State {
    State(const std::string& file_path, const Symbols& its_symbols) : path(file_path), symbols(its_symbols) {}

    void write_chunk(ChunkHeader header, const std::string& raw);
    void write_bytes(std::string_view bytes);
    void write_symbols_and_events();
    [[noreturn]] void fail(int error);

    std::string path;
    const Symbols& symbols;
    ring::FileDescriptor file;
    std::string info;  ///< as written last
    std::vector<Event> pending;
    std::string stored;                 ///< room for a packed chunk
    std::uint32_t strings_written = 1;  ///< id 0 is never written
    std::uint32_t places_written = 1;
    std::int64_t last_time = 0;
    std::uint64_t events_appended = 0;
    std::uint64_t events_written = 0;
    std::uint64_t bytes = 0;
};

RecordingWriter::RecordingWriter(const std::string& path, const Symbols& symbols)
    : state_(std::make_unique<State>(path, symbols)) {
    state_->file = ring::FileDescriptor{open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600)};
    if (!state_->file) throw SourceError(fmt::format("cannot write {}: {}", path, strerror(errno)));
    std::string header(recording::magic.begin(), recording::magic.end());
    const std::uint32_t numbers[2] = {recording::version, 0};
    header.append(reinterpret_cast<const char*>(numbers), sizeof numbers);
    state_->write_bytes(header);
}

RecordingWriter::~RecordingWriter() {
    try {
        flush();
    } catch (...) {  // nobody is left to hear of it
    }
}

void RecordingWriter::set_info(const SourceInfo& info) {
    std::string bytes = info_bytes(info);
    if (bytes == state_->info || !state_->file) return;
    flush();
    state_->write_chunk({.kind = ChunkKind::info}, bytes);
    state_->info = std::move(bytes);
}

void RecordingWriter::append(std::span<const Event> events) {
    auto& pending = state_->pending;
    while (!events.empty() && state_->file) {
        const std::size_t count = std::min<std::size_t>(events.size(), recording::chunk_events_max - pending.size());
        pending.insert(pending.end(), events.begin(), events.begin() + static_cast<std::ptrdiff_t>(count));
        state_->events_appended += count;
        events = events.subspan(count);
        if (pending.size() == recording::chunk_events_max) flush();
    }
}

void RecordingWriter::flush() {
    if (state_->file && !state_->pending.empty()) state_->write_symbols_and_events();
}

void RecordingWriter::finish(const std::string& note, std::uint64_t unknown_events) {
    flush();
    if (!state_->file) return;
    ByteWriter bytes;
    bytes.varint(unknown_events);
    bytes.text(std::string_view{note}.substr(0, recording::string_bytes_max));
    state_->write_chunk({.kind = ChunkKind::end}, bytes.bytes());
    const int failed = close(state_->file.release()) == 0 ? 0 : errno;
    if (failed != 0) state_->fail(failed);
}

std::uint64_t RecordingWriter::event_count() const {
    return state_->events_appended;
}
std::uint64_t RecordingWriter::bytes_written() const {
    return state_->bytes;
}

void RecordingWriter::State::write_symbols_and_events() {
    ByteWriter raw;
    // All symbols there are, not only those the events use: ids then need no translation. Places need strings, so these
    // are counted after them; a chunk's worth at a time.
    const std::uint32_t places_end = symbols.place_count();
    const std::uint32_t strings_end = symbols.string_count();
    ChunkHeader header;
    const auto flush_symbols = [&] {
        header.first_time = header.last_time = last_time;
        write_chunk(header, raw.bytes());
        header = {};
        raw.clear();
    };
    for (; strings_written < strings_end; ++strings_written, ++header.strings) {
        if (raw.bytes().size() + recording::string_bytes_max > recording::chunk_symbol_bytes_max) flush_symbols();
        const std::string_view text = symbols.string(strings_written);
        raw.text(text.substr(0, ring::utf8_cut(text, recording::string_bytes_max)));
    }
    for (; places_written < places_end; ++places_written, ++header.places) {
        if (raw.bytes().size() + 32 > recording::chunk_symbol_bytes_max) flush_symbols();
        const Place place = symbols.place(places_written);
        raw.varint(place.file);
        raw.varint(place.function);
        raw.varint(place.line);
    }
    header.events = static_cast<std::uint32_t>(pending.size());
    header.first_time = static_cast<std::int64_t>(pending.front().time);
    header.last_time = static_cast<std::int64_t>(pending.back().time);
    put_events(raw, pending, header.first_time);
    write_chunk(header, raw.bytes());
    last_time = header.last_time;
    events_written += pending.size();
    pending.clear();
}

void RecordingWriter::State::write_chunk(ChunkHeader header, const std::string& raw) {
    const std::size_t bound = ZSTD_compressBound(raw.size());
    stored.resize(sizeof header + bound);
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> zstd{ZSTD_createCCtx(), ZSTD_freeCCtx};
    ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_compressionLevel, compression_level);
    ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_checksumFlag, 1);
    const std::size_t size = ZSTD_compress2(zstd.get(), stored.data() + sizeof header, bound, raw.data(), raw.size());
    if (ZSTD_isError(size)) throw SourceError(fmt::format("cannot pack for {}: {}", path, ZSTD_getErrorName(size)));
    header.stored_bytes = static_cast<std::uint32_t>(size);
    header.raw_bytes = static_cast<std::uint32_t>(raw.size());
    header.check = header.checksum();
    std::memcpy(stored.data(), &header, sizeof header);
    write_bytes(std::string_view{stored}.substr(0, sizeof header + size));
}

void RecordingWriter::State::write_bytes(std::string_view bytes_left) {
    const std::uint64_t whole = bytes;
    while (!bytes_left.empty()) {
        const ssize_t written = write(file.get(), bytes_left.data(), bytes_left.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const int error = errno;
            bytes = whole;
            // The begun chunk goes, so that what is there is whole. A device does not shrink, and need not.
            [[maybe_unused]] const int ignored = ftruncate(file.get(), static_cast<off_t>(whole));
            fail(error);
        }
        bytes += static_cast<std::uint64_t>(written);
        bytes_left.remove_prefix(static_cast<std::size_t>(written));
    }
}

void RecordingWriter::State::fail(int error) {
    file = ring::FileDescriptor{};
    pending.clear();
    throw SourceError(
        fmt::format("cannot write {}: {}; the {} events before are in it", path, strerror(error), events_written));
}

}  // namespace awaitscope
