// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "instrumentation/source/recording_reader.hpp"
#include "instrumentation/source/recording_writer.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"
#include "tests/support/generated_events.hpp"

namespace awaitscope::test {

/// A trace of all kinds, with texts and places, as a source gives it. The same each time.
inline std::vector<Event> sample_events(Symbols& symbols, std::size_t count) {
    std::vector<Event> events;
    std::uint64_t time = 0, state = 12345;
    const auto random = [&] { return state = state * 6364136223846793005u + 1442695040888963407u, state >> 33; };
    for (std::size_t i = 0; i < count; ++i) {
        const KindInfo& info = vocabulary()[random() % vocabulary().size()];
        Event event;
        event.head = Event::pack(info.kind, static_cast<std::uint16_t>(random() % 3),
                                 random() % 50 == 0 ? id_max : random() % 40);
        event.time = time += random() % 2000;
        for (const Field& field : info.fields) {
            std::uint64_t value = random() % 8 == 0 ? ~std::uint64_t{0} : random() % 1000;
            if (field.type == FieldType::text || field.type == FieldType::task_name)
                value = symbols.add_string("text " + std::to_string(random() % 100));
            if (field.type == FieldType::place || field.type == FieldType::definition)
                value = symbols.add_place("src/a.cpp", "f" + std::to_string(random() % 9),
                                          static_cast<std::uint32_t>(random() % 99));
            set(event, field.slot, value);
        }
        events.push_back(event);
    }
    return events;
}

/// An event in words that do not depend on the numbers of symbols.
inline std::string described(const Event& event, const Symbols& symbols) {
    Event bare = event;
    const Place place = place_of(event, symbols);
    if (const Field* field = text_field(event.kind())) set(bare, field->slot, 0);
    if (const Field* field = place_field(event.kind())) set(bare, field->slot, 0);
    std::string words;
    for (std::uint64_t word : {bare.head, bare.time, bare.a, bare.bc(), std::uint64_t{place.line}})
        words += std::to_string(word) + ' ';
    return words + text_of(event, symbols) + ' ' + std::string{symbols.string(place.file)} + ' ' +
           std::string{symbols.string(place.function)};
}

inline std::vector<std::string> described(const std::vector<Event>& events, const Symbols& symbols) {
    std::vector<std::string> lines;
    for (const Event& event : events) lines.push_back(described(event, symbols));
    return lines;
}

struct ReadRecording {
    std::vector<std::string> events;
    std::string note;
    SourceInfo info;
    std::uint64_t unknown = 0;
    std::vector<Event> raw;  ///< with ids of symbols that are gone
};

/// Whether all is there, or told to be lost with the exact count; up to `all`'s end, or where the recording ends.
inline bool is_whole_or_counted(const ReadRecording& read, const std::vector<std::string>& all) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < read.events.size(); ++i) {
        if (next < all.size() && read.events[i] == all[next])
            ++next;
        else if (read.raw[i].kind() == EventKind::lost)
            next += read.raw[i].a;
        else
            return false;
    }
    return next <= all.size();
}

/// Throws SourceError when it is no recording at all.
inline ReadRecording read_recording(const std::string& path, std::size_t limit = 1 << 16) {
    RecordingReader reader{path};
    Symbols symbols;
    symbols.add_string("ids here differ from those in the file");
    symbols.add_place("so do", "places", 1);
    std::vector<Event> events;
    while (reader.read(symbols, events, limit) == SourceState::more) {
    }
    return {described(events, symbols), reader.note(), reader.info(), reader.unknown_events(), events};
}

inline std::string file_bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
inline void put_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// A recording of a few chunks, whole and ended.
struct SampleRecording {
    SampleRecording(const std::string& path, std::size_t count, std::size_t chunk) {
        RecordingWriter writer{path, symbols};
        writer.set_info({.name = "sample", .command = "./sample --fast", .pid = 4711, .epoch_unix_ns = 1234567890});
        all = sample_events(symbols, count);
        for (std::size_t i = 0; i < all.size(); i += chunk) {
            writer.append(std::span{all}.subspan(i, std::min(chunk, all.size() - i)));
            writer.flush();
        }
        writer.finish("process 4711 has exited", 2);
        bytes = file_bytes(path);
    }
    Symbols symbols;
    std::vector<Event> all;
    std::string bytes;
};

/// A recording of many small segments, and its events.
struct SegmentedRecording {
    SegmentedRecording() {
        GeneratedEvents source({.events = 60'000, .tasks = 30});
        {
            RecordingWriter writer{path, symbols, {.segment_events = 3000}};
            writer.set_info({.name = "segmented"});
            std::vector<Event> batch;
            for (auto state = SourceState::more; state == SourceState::more;) {
                batch.clear();
                state = source.read(symbols, batch, 500);
                writer.append(batch);
                writer.flush();
                all.insert(all.end(), batch.begin(), batch.end());
            }
            writer.finish("over", 0);
        }
    }
    std::string path = ring::session_folder() + "/a.awscope";
    Symbols symbols;
    std::vector<Event> all;
};

}  // namespace awaitscope::test
