// SPDX-License-Identifier: GPL-3.0-or-later
// A recording: any bytes, or chunks whose checksums are right and whose contents are not.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "instrumentation/event/vocabulary.hpp"
#include "instrumentation/ring/session_folder.hpp"
#include "instrumentation/source/recording_format.hpp"
#include "instrumentation/source/recording_reader.hpp"
#include "instrumentation/source/source_error.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace awaitscope;
using namespace awaitscope::fuzz;

namespace {

/// One zstd frame that holds the bytes as they are: compressing would cost more than what is tested.
std::string stored(std::string_view raw) {
    const auto size = static_cast<std::uint32_t>(raw.size());
    const std::uint32_t block = size << 3 | 1;  // the last one, raw
    std::string frame = "\x28\xb5\x2f\xfd\xa0";
    frame.append(reinterpret_cast<const char*>(&size), 4);
    frame.append(reinterpret_cast<const char*>(&block), 3);
    return frame.append(raw);
}

void append_chunk(std::string& file, Input& input) {
    recording::ChunkHeader header;
    header.kind = static_cast<recording::ChunkKind>(input.number<std::uint8_t>());
    header.events = input.number<std::uint8_t>();
    header.strings = input.number<std::uint8_t>();
    header.places = input.number<std::uint8_t>();
    header.first_time = input.number<std::int16_t>();
    header.last_time = input.number<std::int32_t>();
    header.first_event = input.number<std::uint8_t>();
    const std::string_view raw = input.text(input.number<std::uint16_t>() % 4096);
    const std::string payload = stored(raw);
    header.raw_bytes = static_cast<std::uint32_t>(raw.size());
    header.stored_bytes = static_cast<std::uint32_t>(payload.size());
    header.check = header.checksum();
    file.append(reinterpret_cast<const char*>(&header), sizeof header);
    file += payload;
}

std::string made_file(Input& input) {
    const recording::FileHeader header;
    std::string file(reinterpret_cast<const char*>(&header), sizeof header);
    while (!input.empty()) {
        if (input.number<std::uint8_t>() < 240)
            append_chunk(file, input);
        else
            file += input.text(input.number<std::uint8_t>());
    }
    recording::EndMark mark;
    mark.distance = input.number<std::uint16_t>();
    return file.append(reinterpret_cast<const char*>(&mark), sizeof mark);
}

void read_all(RecordingReader& source) {
    Symbols symbols;
    std::vector<Event> events;
    while (source.read(symbols, events, 100) != SourceState::ended) {
    }
    expect_ascending(events);
    for (const Event& event : events) {
        expect(find_kind(event.kind()) != nullptr, "known kinds only");
        if (const Field* text = text_field(event.kind()))
            expect(get(event, text->slot) < symbols.string_count(), "texts are there");
        if (const Field* place = place_field(event.kind()))
            expect(get(event, place->slot) < symbols.place_count(), "places are there");
    }
}

void read_file(const std::string& bytes, const RecordingPart& part) {
    static const int memory = memfd_create("recording", MFD_CLOEXEC);
    static const std::string path = "/proc/self/fd/" + std::to_string(memory);
    expect(ftruncate(memory, 0) == 0, "an empty file");
    expect(pwrite(memory, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()), "the file is written");
    RecordingReader source(path, part);
    read_all(source);
}

/// Precondition: the bytes fit into a pipe.
void read_pipe(const std::string& bytes) {
    int ends[2];
    expect(pipe2(ends, O_CLOEXEC) == 0, "a pipe");
    ring::FileDescriptor read_end{ends[0]}, write_end{ends[1]};
    expect(write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "the pipe is filled");
    write_end = {};
    RecordingReader source(std::move(read_end), "the pipe");
    read_all(source);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    constexpr std::size_t pipe_bytes = 1 << 16;
    Input input(bytes, size);
    const auto how = input.number<std::uint8_t>();
    const std::string file = how % 4 == 0 ? std::string(input.rest()) : made_file(input);
    const RecordingPart part{.from = how & 16 ? how * 10 : 0, .task = how & 32 ? how % 8u : 0};
    try {
        if (how & 64 && file.size() <= pipe_bytes)
            read_pipe(file);
        else
            read_file(file, part);
    } catch (const SourceError& refused) {
        expect(std::string_view(refused.what()).find('\n') == std::string_view::npos, "an error is one line");
    }
    return 0;
}
