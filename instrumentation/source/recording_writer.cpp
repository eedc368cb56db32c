// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/recording_writer.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>
#include <vector>

#include "instrumentation/source/chunk_writer.hpp"
#include "instrumentation/source/event_columns.hpp"
#include "instrumentation/source/surviving_events.hpp"
#include "instrumentation/source/symbol_mover.hpp"

namespace awaitscope {
namespace {

using recording::ByteWriter;
using recording::ChunkHeader;
using recording::ChunkKind;

/// A segment whose index would be larger ends, however few its events are.
constexpr std::size_t index_bytes_max = 1 << 20;
/// With RecordingOptions::keep, a segment spans at most this part of it.
constexpr int segments_kept = 8;

std::string info_bytes(const SourceInfo& info) {
    ByteWriter bytes;
    bytes.text(std::string_view{info.name}.substr(0, recording::string_bytes_max));
    bytes.text(std::string_view{info.command}.substr(0, recording::string_bytes_max));
    bytes.varint(static_cast<std::uint64_t>(std::max(info.pid, 0)));
    bytes.varint(info.virtual_clock ? 1 : 0);
    bytes.varint(recording::zigzag(info.epoch_unix_ns));
    return bytes.bytes();
}

/// The tasks that some events are of. Most of what comes was there a moment ago: that much is told apart at once.
class TaskSet {
  public:
    void add(Id task) {
        Id& recent = recent_[task % recent_.size()];
        if (recent == task) return;
        recent = task;
        tasks_.push_back(task);
    }
    /// Writes and empties it.
    void finish(ByteWriter& to) {
        std::ranges::sort(tasks_);
        const auto twice = std::ranges::unique(tasks_);
        tasks_.erase(twice.begin(), twice.end());
        to.varint(tasks_.size());
        Id before = 0;
        for (Id task : tasks_) to.varint(task - std::exchange(before, task));
        tasks_.clear();
        recent_ = {};
    }

  private:
    std::array<Id, 4096> recent_{};  // no event is of task 0, as far as an index is concerned
    std::vector<Id> tasks_;
};

struct Segment {
    std::uint64_t offset = 0;  ///< of its info chunk
    std::uint64_t index = 0;   ///< offset of its index chunk
    std::int64_t first_time = 0;
    std::uint64_t first_event = 0;
};

struct IndexedChunk {
    std::uint64_t offset;
    std::string tasks;
};

}  // namespace

struct RecordingWriter::State {
    State(const std::string& path, const Symbols& its_symbols, const RecordingOptions& its_options)
        : symbols(&its_symbols), options(its_options), file(path) {
        if (options.keep) file.require_letting_go();
    }

    void write_chunk(ChunkKind kind, const ByteWriter& raw, ChunkHeader header = {});
    void begin_segment();
    void end_segment();
    void write_events();
    bool segment_is_full() const;
    void let_go_of_the_past();
    void write_end(const std::string& note, std::uint64_t unknown_events);

    const Symbols* symbols;
    RecordingOptions options;
    recording::ChunkWriter file;
    std::string info = info_bytes({});  ///< as set last
    recording::ColumnWriter columns;
    TaskSet tasks;
    SurvivingEvents survivors;
    std::deque<Segment> segments;      ///< the last one is open
    std::vector<IndexedChunk> chunks;  ///< of the open one
    std::size_t index_bytes = 0;
    std::size_t state_events = 0;  ///< in the state chunks of the open one
    std::int64_t chunk_begin = 0;
    std::int64_t last_time = 0;  ///< of what is written
    std::uint64_t events_appended = 0;
    std::uint64_t events_written = 0;
};

RecordingWriter::RecordingWriter(const std::string& path, const Symbols& symbols, const RecordingOptions& options)
    : state_(std::make_unique<State>(path, symbols, options)) {}

RecordingWriter::~RecordingWriter() {
    try {
        flush();
    } catch (...) {  // nobody is left to hear of it
    }
}

void RecordingWriter::set_info(const SourceInfo& info) {
    std::string bytes = info_bytes(info);
    if (bytes == state_->info || !state_->file.is_open()) return;
    flush();
    state_->info = std::move(bytes);
    if (state_->segments.empty()) return state_->begin_segment();
    ByteWriter raw;
    raw.bytes(state_->info);
    state_->write_chunk(ChunkKind::info, raw);
}

void RecordingWriter::append(std::span<const Event> events) {
    State& state = *state_;
    if (state.segments.empty() && state.file.is_open() && !events.empty()) state.begin_segment();
    for (const Event& event : events) {
        if (state.columns.full()) flush();
        if (!state.file.is_open()) return;
        if (state.columns.events() == 0) {
            state.chunk_begin = static_cast<std::int64_t>(event.time);
            state.columns.set_base_time(event.time);
        }
        state.columns.add(event, *state.symbols);
        state.tasks.add(event.task());
        state.survivors.take(event);
        ++state.events_appended;
    }
}

void RecordingWriter::take_symbols(Symbols& symbols) {
    flush();
    const Symbols& before = *state_->symbols;
    state_->columns.forget_symbols();
    SymbolMover mover(before, symbols);
    state_->survivors.for_each([&](Event& event) { mover.move(event); });
    state_->symbols = &symbols;
}

void RecordingWriter::flush() {
    if (state_->file.is_open() && state_->columns.events() > 0) state_->write_events();
}

void RecordingWriter::finish(const std::string& note, std::uint64_t unknown_events) {
    flush();
    if (!state_->file.is_open()) return;
    if (state_->segments.empty()) state_->begin_segment();
    state_->end_segment();
    state_->write_end(note, unknown_events);
    state_->file.finish();
}

bool RecordingWriter::is_stream() const {
    return state_->file.is_stream();
}
std::uint64_t RecordingWriter::event_count() const {
    return state_->events_appended;
}
std::uint64_t RecordingWriter::bytes_written() const {
    return state_->file.bytes_kept();
}

void RecordingWriter::State::write_chunk(ChunkKind kind, const ByteWriter& raw, ChunkHeader header) {
    header.kind = kind;
    if (kind != ChunkKind::events) {
        header.first_time = header.last_time = last_time;
        header.first_event = events_written;
    }
    file.write(header, raw.bytes());
}

void RecordingWriter::State::begin_segment() {
    segments.push_back({file.offset(), 0, last_time, events_written});
    ByteWriter raw;
    raw.bytes(info);
    write_chunk(ChunkKind::info, raw);
    std::vector<Event> alive;
    // What is encoded already is later than this segment's begin: a segment begins between chunks.
    survivors.list(alive);
    state_events = alive.size();
    recording::ColumnWriter state_columns;
    std::size_t next = 0;
    do {
        for (; next < alive.size() && !state_columns.full(); ++next) state_columns.add(alive[next], *symbols);
        ByteWriter state;
        ChunkHeader header;
        state_columns.finish(state, header, 0);
        write_chunk(ChunkKind::state, state, header);
    } while (next < alive.size());
}

void RecordingWriter::State::end_segment() {
    ByteWriter raw;
    raw.varint(chunks.size());
    for (const IndexedChunk& chunk : chunks) {
        raw.varint(file.offset() - chunk.offset);
        raw.bytes(chunk.tasks);
    }
    segments.back().index = file.offset();
    write_chunk(ChunkKind::index, raw);
    chunks.clear();
    index_bytes = 0;
}

bool RecordingWriter::State::segment_is_full() const {
    const Segment& segment = segments.back();
    const std::uint64_t events = events_written - segment.first_event;
    if (events == 0) return false;
    if (events >= std::max<std::uint64_t>(options.segment_events, 8 * state_events) || index_bytes >= index_bytes_max)
        return true;
    return options.keep && last_time - segment.first_time >= options.keep->count() / segments_kept;
}

void RecordingWriter::State::write_events() {
    ChunkHeader header;
    header.first_time = chunk_begin;
    header.last_time = static_cast<std::int64_t>(columns.last_time());
    header.first_event = events_written;
    ByteWriter raw;
    columns.finish(raw, header, 0);
    const std::uint64_t offset = file.offset();
    write_chunk(ChunkKind::events, raw, header);
    ByteWriter its_tasks;
    tasks.finish(its_tasks);
    index_bytes += its_tasks.bytes().size() + 8;
    chunks.push_back({offset, its_tasks.bytes()});
    last_time = header.last_time;
    events_written += header.events;
    if (!segment_is_full()) return;
    end_segment();
    begin_segment();
    if (options.keep) let_go_of_the_past();
}

void RecordingWriter::State::let_go_of_the_past() {
    const std::int64_t from = last_time - options.keep->count();
    const std::size_t before = segments.size();
    while (segments.size() > 1 && segments[1].first_time <= from) segments.pop_front();
    if (segments.size() < before) file.let_go_before(segments.front().offset);
}

void RecordingWriter::State::write_end(const std::string& note, std::uint64_t unknown_events) {
    const std::uint64_t end = file.offset();
    ByteWriter raw;
    raw.varint(unknown_events);
    raw.text(std::string_view{note}.substr(0, recording::string_bytes_max));
    raw.varint(segments.size());
    Segment before;
    for (const Segment& segment : segments) {
        raw.varint(end - segment.offset);
        raw.varint(end - segment.index);
        raw.varint(static_cast<std::uint64_t>(segment.first_time - before.first_time));
        raw.varint(segment.first_event - before.first_event);
        before = segment;
    }
    write_chunk(ChunkKind::end, raw);
    file.write_end_mark(end);
}

}  // namespace awaitscope
