// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/recording_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "instrumentation/source/chunk_stream.hpp"
#include "instrumentation/source/notes.hpp"
#include "instrumentation/source/pipe_chunks.hpp"

namespace awaitscope {

using recording::ChunkHeader;
using recording::ChunkKind;
using recording::LoadedChunk;

struct RecordingReader::State {
    /// Of a file.
    std::unique_ptr<recording::ChunkFeed> stream_from(const RecordingPart& part);
    /// The next chunk of events; false when there is none. What must be told before them goes to `out`.
    bool advance(std::vector<Event>& out);
    /// Whether its events come behind those of the chunk before.
    bool ascends();
    bool take_info(const LoadedChunk& said);
    bool take_state();
    bool take_events(std::vector<Event>& out);
    void tell_begin(std::vector<Event>& out);
    /// Events are missing up to the one of this number.
    void tell_lost(std::uint64_t up_to, std::int64_t time, std::vector<Event>& out);
    void note_damage(std::uint64_t offset);
    /// `why` the reading ends here; or what the recording says of its end.
    void end(const std::string& said);

    std::string name;                              ///< in messages
    std::optional<recording::RecordingFile> file;  ///< none: a pipe
    std::unique_ptr<recording::ChunkFeed> stream;
    SourceInfo info;
    Id only_task = 0;
    std::uint64_t reads_from = 0, reads_to = 0;  ///< offsets in the file: what will be read

    std::unique_ptr<LoadedChunk> pushed_back;  ///< of a pipe: the first chunk, looked at already
    std::unique_ptr<LoadedChunk> chunk;
    recording::SymbolTranslator translator;
    const Symbols* translated_for = nullptr;
    std::size_t handed_out = 0;

    std::uint64_t next_event = 0;  ///< the number that the next one must have
    std::int64_t last_time = 0;
    std::uint64_t last_event_time = 0;
    std::optional<Event> begin;  ///< recording_begins, to be told behind the state
    std::uint64_t events_read = 0;
    std::uint64_t missing = 0;
    std::optional<std::uint64_t> damaged_at;
    std::uint64_t unknown = 0;
    bool over = false;
    std::string note;
};

RecordingReader::RecordingReader(const std::string& path, const RecordingPart& part)
    : state_(std::make_unique<State>()) {
    State& state = *state_;
    state.name = path;
    state.file.emplace(path);
    state.only_task = part.task;
    state.info.name = std::filesystem::path(path).filename().string();
    // What is known of the source stands first, so that info() tells it before the first event.
    recording::ChunkStream beginning(*state.file, state.file->first_chunk());
    if (const auto first = beginning.next(); first && first->good && first->header.kind == ChunkKind::info)
        state.take_info(*first);
    state.stream = state.stream_from(part);
}

RecordingReader::RecordingReader(ring::FileDescriptor pipe, const std::string& name)
    : state_(std::make_unique<State>()) {
    State& state = *state_;
    state.name = name;
    auto chunks = std::make_unique<recording::PipeChunks>(std::move(pipe), name);
    std::unique_ptr<LoadedChunk> first;
    while (!(first = chunks->next()) && chunks->waits()) chunks->wait();
    state.info.name = name;
    if (first) state.pushed_back = std::move(first);
    if (state.pushed_back && state.pushed_back->good && state.pushed_back->header.kind == ChunkKind::info)
        state.take_info(*state.pushed_back);
    state.info.live = true;
    state.stream = std::move(chunks);
}

RecordingReader::~RecordingReader() = default;

std::unique_ptr<recording::ChunkFeed> RecordingReader::State::stream_from(const RecordingPart& part) {
    std::uint64_t& offset = reads_from = file->first_chunk();
    reads_to = file->size();
    const bool to_its_end = part.to == std::numeric_limits<std::int64_t>::max();
    if (part.from <= 0 && part.task == 0 && to_its_end) return std::make_unique<recording::ChunkStream>(*file, offset);
    std::vector<recording::SegmentPlace> segments = file->segments();
    const auto later = std::ranges::upper_bound(segments, part.to, {}, &recording::SegmentPlace::first_time);
    if (later != segments.end()) reads_to = later->offset;
    const auto behind = std::ranges::upper_bound(segments, part.from, {}, &recording::SegmentPlace::first_time);
    if (behind != segments.begin()) segments.erase(segments.begin(), std::prev(behind));
    if (!segments.empty() && part.from > 0) offset = segments.front().offset;
    if (part.task == 0) return std::make_unique<recording::ChunkStream>(*file, offset);
    std::vector<std::uint64_t> wanted;
    for (const recording::SegmentPlace& segment : segments) {
        const auto chunks = file->chunks_of_task(segment, part.task);
        if (!chunks) return std::make_unique<recording::ChunkStream>(*file, offset);
        wanted.insert(wanted.end(), chunks->begin(), chunks->end());
    }
    std::ranges::sort(wanted);
    return std::make_unique<recording::ChunkStream>(*file, std::move(wanted));
}

SourceState RecordingReader::read(Symbols& symbols, std::vector<Event>& out, std::size_t limit) {
    State& state = *state_;
    const std::size_t begin = out.size();
    const auto is_others = [&](const Event& event) { return event.task() != state.only_task; };
    while (out.size() - begin < limit) {
        if (!state.chunk || state.handed_out == state.chunk->body.events.size()) {
            if (!state.over && state.advance(out)) continue;
            return state.over ? SourceState::ended : SourceState::idle;
        }
        const recording::ColumnBody& body = state.chunk->body;
        if (std::exchange(state.translated_for, &symbols) != &symbols) state.translator.begin(body);
        const std::size_t count = std::min(limit - (out.size() - begin), body.events.size() - state.handed_out);
        const auto from = body.events.begin() + static_cast<std::ptrdiff_t>(state.handed_out);
        const std::size_t at = out.size();
        out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(count));
        state.handed_out += count;
        if (state.only_task != 0)
            out.erase(std::remove_if(out.begin() + static_cast<std::ptrdiff_t>(at), out.end(), is_others), out.end());
        state.translator.translate(std::span{out}.subspan(at), body, symbols);
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
std::optional<double> RecordingReader::progress() const {
    if (!state_->file) return std::nullopt;
    if (state_->over) return 1;
    const std::uint64_t begin = state_->reads_from, end = state_->reads_to;
    const std::uint64_t at = state_->chunk ? state_->chunk->offset : begin;
    if (at <= begin || end <= begin) return 0;
    return std::min(1.0, static_cast<double>(at - begin) / static_cast<double>(end - begin));
}

bool RecordingReader::State::advance(std::vector<Event>& out) {
    for (;;) {
        handed_out = 0;
        chunk = pushed_back ? std::move(pushed_back) : stream->next();
        if (!chunk && stream->waits()) return false;
        if (!chunk) {
            tell_begin(out);
            const auto ended = only_task != 0 && file ? file->read_end() : std::nullopt;
            if (ended)
                end(ended->note);
            else if (const auto from = stream->nonsense_from())
                end(notes::note(notes::damaged_to_the_end, {name, std::to_string(*from), std::to_string(events_read)}));
            else
                end(notes::note(stream->ends_in_mid_chunk() ? notes::mid_chunk
                                : file                      ? notes::not_ended
                                                            : notes::cut_off,
                                {name, std::to_string(events_read)}));
            return false;
        }
        if (chunk->skipped) note_damage(chunk->offset);
        if (!chunk->good) {
            note_damage(chunk->offset);
            continue;
        }
        const ChunkHeader& header = chunk->header;
        switch (header.kind) {
            case ChunkKind::info:
                if (!take_info(*chunk)) note_damage(chunk->offset);
                break;
            case ChunkKind::state:
                if (take_state()) return true;
                break;
            case ChunkKind::events:
                if (take_events(out)) return true;
                note_damage(chunk->offset);
                break;
            case ChunkKind::end:
                if (auto parsed = recording::parse_end(chunk->raw, chunk->offset)) {
                    tell_begin(out);
                    tell_lost(header.first_event, header.last_time, out);
                    unknown += parsed->unknown_events;
                    end(parsed->note);
                    return false;
                }
                note_damage(chunk->offset);
                break;
            default:
                note_damage(chunk->offset);
                break;
        }
    }
}

bool RecordingReader::State::take_info(const LoadedChunk& said) {
    auto parsed = recording::parse_info(said.raw);
    if (!parsed) return false;
    info = std::move(*parsed);
    info.live = !file;
    return true;
}

bool RecordingReader::State::ascends() {
    const std::vector<Event>& events = chunk->body.events;
    if (!events.empty() && events.front().time < last_event_time) return false;
    if (!events.empty()) last_event_time = events.back().time;
    return true;
}

bool RecordingReader::State::take_state() {
    const ChunkHeader& header = chunk->header;
    if (only_task != 0) return false;
    if (header.last_time < last_time || !ascends()) return false;
    next_event = header.first_event;
    last_time = header.last_time;
    if (next_event > 0)
        begin = Event{.head = Event::pack(EventKind::recording_begins, 0, 0),
                      .time = static_cast<std::uint64_t>(last_time),
                      .a = next_event};
    translated_for = nullptr;
    return header.events > 0;
}

bool RecordingReader::State::take_events(std::vector<Event>& out) {
    const ChunkHeader& header = chunk->header;
    // Numbers or times that go back are no recorder's doing.
    if (header.first_event < next_event || header.first_time < last_time || !ascends()) return false;
    tell_begin(out);
    if (only_task == 0) tell_lost(header.first_event, header.first_time, out);
    next_event = header.first_event + header.events;
    last_time = header.last_time;
    events_read += chunk->body.events.size();
    unknown += chunk->body.unknown;
    translated_for = nullptr;
    return true;
}

void RecordingReader::State::tell_begin(std::vector<Event>& out) {
    if (begin) out.push_back(*begin);
    begin.reset();
}

void RecordingReader::State::tell_lost(std::uint64_t up_to, std::int64_t time, std::vector<Event>& out) {
    if (up_to <= next_event || only_task != 0) return;
    missing += up_to - next_event;
    out.push_back({.head = Event::pack(EventKind::lost, 0, 0),
                   .time = static_cast<std::uint64_t>(std::max(last_time, time)),
                   .a = up_to - next_event});
    next_event = up_to;
}

void RecordingReader::State::note_damage(std::uint64_t offset) {
    if (!damaged_at) damaged_at = offset;
}

void RecordingReader::State::end(const std::string& said) {
    over = true;
    info.live = false;
    chunk.reset();
    if (damaged_at) note = notes::note(notes::damaged, {name, std::to_string(*damaged_at), std::to_string(missing)});
    note += (note.empty() || said.empty() ? "" : ". ") + said;
}

}  // namespace awaitscope
