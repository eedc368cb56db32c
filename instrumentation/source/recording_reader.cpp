// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/recording_reader.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/recording_format.hpp"
#include "instrumentation/source/source_error.hpp"
#include "instrumentation/source/utf8.hpp"

namespace awaitscope {
namespace {

using recording::ByteReader;
using recording::ChunkHeader;
using recording::ChunkKind;

/// What a kind keeps in the slots that hold ids of Symbols.
struct SymbolSlots {
    const Field* text = nullptr;
    const Field* place = nullptr;
    bool known = false;
};

std::array<SymbolSlots, 256> symbol_slots() {
    std::array<SymbolSlots, 256> slots;
    for (const KindInfo& info : vocabulary())
        slots[static_cast<std::uint8_t>(info.kind)] = {text_field(info.kind), place_field(info.kind), true};
    return slots;
}

bool plausible(const ChunkHeader& header) {
    return header.magic == ChunkHeader::chunk_magic && header.check == header.checksum() &&
           header.raw_bytes <= recording::chunk_raw_bytes_max && header.events <= recording::chunk_events_max &&
           header.stored_bytes <= ZSTD_compressBound(recording::chunk_raw_bytes_max) && header.first_time >= 0 &&
           header.last_time >= header.first_time && static_cast<std::uint64_t>(header.last_time) <= recording::time_max;
}

}  // namespace

struct RecordingReader::State {
    /// Fills to the end; false when the file ends before, or cannot be read.
    bool read_bytes(void* to, std::size_t size);
    /// The next chunk's header and unpacked bytes; false, with how_it_ended set, at the end of what is good.
    bool next_chunk(ChunkHeader& header);
    bool take_info();
    bool take_end();
    bool take_events(const ChunkHeader& header, Symbols& symbols);
    bool take_symbols(const ChunkHeader& header, ByteReader& bytes, Symbols& symbols);
    /// false and the note.
    bool stop(std::string_view why);
    /// One chunk into `events`; false when there are no more.
    bool advance(Symbols& symbols);

    std::string path;
    ring::FileDescriptor file;
    SourceInfo info;
    std::uint64_t offset = 0;
    std::uint64_t total = 0;
    std::string stored, raw;
    std::vector<StringId> strings{0};  ///< the file's ids as the caller's
    std::vector<PlaceId> places{0};
    std::uint64_t symbol_bytes = 0;
    std::int64_t last_time = 0;
    std::vector<Event> events;  ///< of the chunk that is being handed out
    std::size_t handed_out = 0;
    std::uint64_t good_events = 0;
    std::uint64_t unknown = 0;
    bool over = false;
    std::string note;
    std::array<SymbolSlots, 256> slots = symbol_slots();
};

RecordingReader::RecordingReader(const std::string& path) : state_(std::make_unique<State>()) {
    State& state = *state_;
    state.path = path;
    state.file = ring::FileDescriptor{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
    struct stat status {};
    if (!state.file || fstat(state.file.get(), &status) != 0)
        throw SourceError(fmt::format("cannot open {}: {}", path, strerror(errno)));
    if (!S_ISREG(status.st_mode)) throw SourceError(fmt::format("{} is not a recording: it is not a file", path));
    state.total = static_cast<std::uint64_t>(status.st_size);
    std::array<char, recording::file_header_bytes> header{};
    const bool whole = state.read_bytes(header.data(), header.size());
    if (!whole || !std::equal(recording::magic.begin(), recording::magic.end(), header.begin()))
        throw SourceError(fmt::format("{} is not a recording of awaitscope", path));
    std::uint32_t version = 0;
    std::memcpy(&version, header.data() + recording::magic.size(), sizeof version);
    if (version != recording::version)
        throw SourceError(
            fmt::format("{} is a recording of version {}, and this program reads version {}: use the "
                        "awaitscope that wrote it, or a newer one",
                        path, version, recording::version));
    state.info.name = std::filesystem::path(path).filename().string();
    // What is known of the source stands first, so that info() tells it before the first event.
    ChunkHeader first;
    const std::uint64_t begin = state.offset;
    if (state.next_chunk(first) && first.kind == ChunkKind::info && state.take_info()) return;
    if (state.note.empty() && lseek(state.file.get(), static_cast<off_t>(begin), SEEK_SET) >= 0) state.offset = begin;
}

RecordingReader::~RecordingReader() = default;

SourceState RecordingReader::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    State& state = *state_;
    std::size_t room = limit;
    while (room > 0) {
        if (state.handed_out == state.events.size() && !state.advance(symbols)) return SourceState::ended;
        const std::size_t count = std::min(room, state.events.size() - state.handed_out);
        const auto from = state.events.begin() + static_cast<std::ptrdiff_t>(state.handed_out);
        out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(count));
        state.handed_out += count;
        room -= count;
    }
    return SourceState::more;
}

const SourceInfo& RecordingReader::info() const {
    return state_->info;
}
std::string RecordingReader::note() const {
    return state_->over ? state_->note : std::string{};
}
std::uint64_t RecordingReader::unknown_events() const {
    return state_->unknown;
}
std::uint64_t RecordingReader::bytes_read() const {
    return state_->offset;
}
std::uint64_t RecordingReader::bytes_total() const {
    return state_->total;
}

bool RecordingReader::State::read_bytes(void* to, std::size_t size) {
    auto* at = static_cast<char*>(to);
    while (size > 0) {
        const ssize_t got = ::read(file.get(), at, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

bool RecordingReader::State::stop(std::string_view why) {
    over = true;
    note = fmt::format("{} {}; the {} events before are here", path, why, good_events);
    return false;
}

bool RecordingReader::State::next_chunk(ChunkHeader& header) {
    if (over) return false;
    const std::uint64_t begin = offset;
    if (!read_bytes(&header, sizeof header))
        return stop(offset == begin ? "was not ended: its recorder was stopped hard, or is still at work"
                                    : "ends in mid-chunk");
    if (!plausible(header)) return stop(fmt::format("is damaged at byte {}", begin));
    stored.resize(header.stored_bytes);
    if (!read_bytes(stored.data(), stored.size())) return stop("ends in mid-chunk");
    raw.resize(header.raw_bytes);
    const std::size_t size = ZSTD_decompress(raw.data(), raw.size(), stored.data(), stored.size());
    if (ZSTD_isError(size) || size != raw.size()) return stop(fmt::format("is damaged at byte {}", begin));
    return true;
}

bool RecordingReader::State::take_info() {
    ByteReader bytes{raw};
    SourceInfo read;
    read.name = valid_utf8(bytes.text(recording::string_bytes_max));
    read.command = valid_utf8(bytes.text(recording::string_bytes_max));
    read.pid = static_cast<int>(std::min<std::uint64_t>(bytes.varint(), 1u << 30));
    read.virtual_clock = bytes.varint() == 1;
    read.epoch_unix_ns = recording::unzigzag(bytes.varint());
    if (bytes.failed()) return stop("is damaged: it does not say what was recorded");
    info = std::move(read);
    return true;
}

bool RecordingReader::State::take_end() {
    ByteReader bytes{raw};
    unknown += bytes.varint();
    note = valid_utf8(bytes.text(recording::string_bytes_max));
    if (bytes.failed()) return stop("is damaged at its end");
    over = true;
    return false;
}

bool RecordingReader::State::advance(Symbols& symbols) {
    events.clear();
    handed_out = 0;
    while (events.empty()) {
        ChunkHeader header;
        const std::uint64_t begin = offset;
        if (!next_chunk(header)) return false;
        switch (header.kind) {
            case ChunkKind::info:
                if (!take_info()) return false;
                break;
            case ChunkKind::end:
                return take_end();
            case ChunkKind::events:
                if (!take_events(header, symbols)) {
                    events.clear();
                    return stop(fmt::format("is damaged at byte {}", begin));
                }
                break;
            default:
                return stop(fmt::format("is damaged at byte {}", begin));
        }
    }
    return true;
}

bool RecordingReader::State::take_symbols(const ChunkHeader& header, ByteReader& bytes, Symbols& symbols) {
    // Each takes a byte at least: a count that is a lie ends here, before any memory is spent on it.
    if (strings.size() + header.strings > recording::symbols_max || header.strings > raw.size()) return false;
    if (places.size() + header.places > recording::symbols_max || header.places > raw.size()) return false;
    for (std::uint32_t i = 0; i < header.strings; ++i) {
        const std::string_view text = bytes.text(recording::string_bytes_max);
        symbol_bytes += text.size();
        if (bytes.failed() || symbol_bytes > recording::symbol_bytes_max) return false;
        strings.push_back(symbols.add_string(valid_utf8(text)));
    }
    for (std::uint32_t i = 0; i < header.places; ++i) {
        const std::uint64_t file = bytes.varint(), function = bytes.varint(), line = bytes.varint();
        if (bytes.failed() || file >= strings.size() || function >= strings.size() || line > 0xffffffffu) return false;
        places.push_back(symbols.add_place(symbols.string(strings[file]), symbols.string(strings[function]),
                                           static_cast<std::uint32_t>(line)));
    }
    return true;
}

bool RecordingReader::State::take_events(const ChunkHeader& header, Symbols& symbols) {
    ByteReader bytes{raw};
    if (header.first_time < last_time || !take_symbols(header, bytes, symbols)) return false;
    if (header.events == 0) return bytes.at_end();
    if (header.events > raw.size()) return false;
    const auto column = [&] { return ByteReader{bytes.text(recording::chunk_raw_bytes_max)}; };
    ByteReader kinds = column(), loops = column(), times = column(), tasks = column();
    ByteReader as = column(), bs = column(), cs = column();
    if (bytes.failed() || !bytes.at_end()) return false;

    std::array<Event, 256> last_of_kind{};
    Event before;
    before.time = static_cast<std::uint64_t>(header.first_time);
    std::uint64_t unknown_here = 0;
    events.reserve(header.events);
    for (std::uint32_t i = 0; i < header.events; ++i) {
        const std::uint8_t kind = kinds.byte();
        Event& same = last_of_kind[kind];
        Event event;
        const std::uint64_t loop = loops.difference(before.loop());
        const std::uint64_t task = tasks.difference(before.task());
        event.time = before.time + times.varint();
        event.a = as.difference(same.a);
        const std::uint64_t b = bs.difference(same.b), c = cs.difference(same.c);
        if (loop > 0xffff || task > id_max || b > 0xffffffffu || c > 0xffffffffu || event.time < before.time ||
            event.time > static_cast<std::uint64_t>(header.last_time))
            return false;
        event.head = Event::pack(static_cast<EventKind>(kind), static_cast<std::uint16_t>(loop), task);
        event.b = static_cast<std::uint32_t>(b);
        event.c = static_cast<std::uint32_t>(c);
        before = event;
        same = event;
        const SymbolSlots& slot = slots[kind];
        if (!slot.known) {
            ++unknown_here;
            continue;
        }
        if (slot.text) {
            const std::uint64_t id = get(event, slot.text->slot);
            if (id >= strings.size()) return false;
            set(event, slot.text->slot, strings[id]);
        }
        if (slot.place) {
            const std::uint64_t id = get(event, slot.place->slot);
            if (id >= places.size()) return false;
            set(event, slot.place->slot, places[id]);
        }
        events.push_back(event);
    }
    for (const ByteReader* one : {&kinds, &loops, &times, &tasks, &as, &bs, &cs})
        if (one->failed() || !one->at_end()) return false;
    last_time = header.last_time;
    good_events += events.size();
    unknown += unknown_here;
    return true;
}

}  // namespace awaitscope
