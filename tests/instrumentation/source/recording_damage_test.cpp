// SPDX-License-Identifier: GPL-3.0-or-later
#include <zstd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <random>

#include "instrumentation/source/recording_bytes.hpp"
#include "instrumentation/source/recording_format.hpp"
#include "tests/instrumentation/source/recording_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;
using recording::ByteWriter;
using recording::ChunkHeader;
using recording::ChunkKind;

namespace {

std::string file_path() {
    return ring::session_folder() + "/a.awscope";
}

std::string file_header() {
    const recording::FileHeader header;
    return std::string(reinterpret_cast<const char*>(&header), sizeof header);
}

/// A chunk whose checksums are right, whatever it says.
std::string chunk(ChunkHeader header, const std::string& raw) {
    std::string stored(ZSTD_compressBound(raw.size()), '\0');
    stored.resize(ZSTD_compress(stored.data(), stored.size(), raw.data(), raw.size(), 3));
    header.stored_bytes = static_cast<std::uint32_t>(stored.size());
    if (header.raw_bytes == 0) header.raw_bytes = static_cast<std::uint32_t>(raw.size());
    header.check = header.checksum();
    std::string bytes(sizeof header, '\0');
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes + stored;
}

/// The seven columns, each the same bytes for each of `count` events.
std::string columns(std::uint32_t count, std::vector<std::string> values) {
    ByteWriter raw;
    for (const std::string& value : values) {
        std::string column;
        for (std::uint32_t i = 0; i < count; ++i) column += value;
        raw.text(column);
    }
    return raw.bytes();
}

std::vector<std::string> plain_values() {
    const std::string zero(1, '\0');
    return {std::string(1, static_cast<char>(EventKind::loop_stopped)), zero, zero, zero, zero, zero, zero};
}

std::string note_of(const std::string& chunks) {
    put_file(file_path(), file_header() + chunks);
    const auto read = read_recording(file_path());
    CHECK(read.events.empty());
    return read.note;
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a recording cut at any byte is refused, or gives its whole chunks") {
    const SampleRecording sample{file_path(), 24, 8};
    const auto all = described(sample.all, sample.symbols);
    std::size_t most = 0;
    for (std::size_t length = 0; length < sample.bytes.size(); ++length) {
        put_file(file_path(), sample.bytes.substr(0, length));
        if (length < sizeof(recording::FileHeader)) {
            REQUIRE(error_of([] { RecordingReader{file_path()}; }).find("is not a recording") != std::string::npos);
            continue;
        }
        const auto read = read_recording(file_path());
        REQUIRE(is_whole_or_counted(read, all));
        REQUIRE(read.events.size() % 8 == 0);
        REQUIRE(read.events.size() >= most);
        const bool has_its_end = length >= sample.bytes.size() - sizeof(recording::EndMark);
        REQUIRE((has_its_end ? read.note == "process 4711 has exited"
                             : read.note.find("the " + std::to_string(read.events.size()) +
                                              " events before are here") != std::string::npos));
        most = read.events.size();
    }
    CHECK(most == 24);
}

TEST_CASE_METHOD(FreshFolder, "a recording with any one byte changed gives what is good before and behind it") {
    const SampleRecording sample{file_path(), 24, 8};
    const auto all = described(sample.all, sample.symbols);
    for (std::size_t at = 0; at < sample.bytes.size(); ++at) {
        std::string bytes = sample.bytes;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
        put_file(file_path(), bytes);
        ReadRecording read;
        const std::string error = error_of([&] { read = read_recording(file_path()); });
        INFO("byte " << at);
        REQUIRE(is_whole_or_counted(read, all));
        if (at < sizeof(recording::FileHeader)) continue;
        REQUIRE(error.empty());
        REQUIRE(read.events.size() >= 16);
    }
}

TEST_CASE_METHOD(FreshFolder, "a recording spoiled at random in many places gives what is good between them") {
    const SampleRecording sample{file_path(), 3000, 500};
    const auto all = described(sample.all, sample.symbols);
    std::mt19937 random{20261120};
    for (int round = 0; round < 300; ++round) {
        std::string bytes = sample.bytes;
        for (unsigned i = 0, count = 1 + random() % 20; i < count; ++i) {
            const std::size_t at =
                sizeof(recording::FileHeader) + random() % (bytes.size() - sizeof(recording::FileHeader) - 40);
            switch (random() % 3) {
                case 0:
                    bytes[at] = static_cast<char>(random());
                    break;
                case 1:
                    bytes.erase(at, random() % 30);
                    break;
                case 2:
                    bytes.insert(at, std::string(random() % 30, static_cast<char>(random())));
                    break;
            }
        }
        put_file(file_path(), bytes);
        REQUIRE(is_whole_or_counted(read_recording(file_path()), all));
    }
}

TEST_CASE_METHOD(FreshFolder, "another version is refused, both named") {
    std::string bytes = SampleRecording{file_path(), 10, 10}.bytes;
    bytes[recording::magic.size()] = 9;
    put_file(file_path(), bytes);
    const std::string error = error_of([] { RecordingReader{file_path()}; });
    CHECK(error.find("version 9") != std::string::npos);
    CHECK(error.find("version 2") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "what is no recording is refused in words") {
    put_file(file_path(), "{\"traceEvents\": []}");
    CHECK(error_of([] { RecordingReader{file_path()}; }).find("is not a recording") != std::string::npos);
    CHECK(error_of([] { RecordingReader{"/nonesuch"}; }).find("cannot open /nonesuch") == 0);
    CHECK(error_of([] { RecordingReader{"/tmp"}; }).find("not a file") != std::string::npos);
    CHECK(error_of([] { RecordingReader{"/dev/zero"}; }).find("not a file") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "chunks with right checksums and wrong contents are damage, and cost no memory") {
    const std::string huge("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10);
    const std::string too_long("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11);
    const auto events = [&](std::size_t column, const std::string& value,
                            ChunkHeader header = {.events = 3, .last_time = 9}) {
        auto values = plain_values();
        values[column] = value;
        return note_of(chunk(header, columns(3, values)));
    };
    CHECK(events(1, std::string(1, 1)).find("damaged at byte 24") != std::string::npos);  // loop -1
    CHECK(events(2, std::string(1, 5)).find("damaged") != std::string::npos);             // beyond last_time
    CHECK(events(2, huge).find("damaged") != std::string::npos);                          // time overflows
    CHECK(events(3, huge).find("damaged") != std::string::npos);                          // a task beyond 40 bits
    CHECK(events(5, huge).find("damaged") != std::string::npos);                          // b beyond 32 bits
    CHECK(events(4, too_long).find("damaged") != std::string::npos);                      // no number
    CHECK(events(4, {}).find("damaged") != std::string::npos);                            // an empty column
    CHECK(events(0, std::string(2, 3)).find("damaged") != std::string::npos);             // more than there are events

    const std::string plain = columns(3, plain_values());
    CHECK(note_of(chunk({.events = 2}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.events = 4}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.events = 1 << 16}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.events = 0xffffffff}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.events = 3, .strings = 0xffffffff}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.events = 3, .places = 0xffffff}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.events = 3, .first_time = -1}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.events = 3, .first_time = 5, .last_time = 4}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.events = 3, .last_time = std::int64_t{1} << 62 | 1}, plain)).find("damaged") !=
          std::string::npos);
    CHECK(note_of(chunk({.kind = static_cast<ChunkKind>(7)}, plain)).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.kind = ChunkKind::info}, "\xff")).find("damaged") != std::string::npos);
    CHECK(note_of(chunk({.kind = ChunkKind::end}, "")).find("damaged") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "ids of strings and places that are not there are damage") {
    auto values = plain_values();
    values[0] = std::string(1, static_cast<char>(EventKind::output));
    values[5] = std::string(1, 2);
    CHECK(note_of(chunk({.events = 1}, columns(1, values))).find("damaged") != std::string::npos);
    values[0] = std::string(1, static_cast<char>(EventKind::coroutine_entered));
    CHECK(note_of(chunk({.events = 1}, columns(1, values))).find("damaged") != std::string::npos);
    ByteWriter place;
    for (std::uint64_t number : {5, 0, 1}) place.varint(number);
    CHECK(note_of(chunk({.places = 1}, place.bytes())).find("damaged") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "a bomb is refused before it is unpacked") {
    const std::string zeros(64 << 20, '\0');
    CHECK(note_of(chunk({}, zeros)).find("damaged at byte 24") != std::string::npos);
    CHECK(note_of(chunk({.raw_bytes = 1000}, zeros)).find("damaged at byte 24") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "time never goes back from chunk to chunk") {
    const std::string plain = columns(3, plain_values());
    put_file(file_path(), file_header() + chunk({.events = 3, .first_time = 10, .last_time = 10}, plain) +
                              chunk({.events = 3, .first_time = 9, .last_time = 9, .first_event = 3}, plain));
    const auto read = read_recording(file_path());
    CHECK(read.events.size() == 3);
    CHECK(read.note.find("damaged") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "a recording's kinds that this build does not know are left out and counted") {
    auto values = plain_values();
    values[0] = std::string(1, static_cast<char>(200));
    put_file(file_path(), file_header() + chunk({.events = 3}, columns(3, values)) +
                              chunk({.events = 2, .first_event = 3}, columns(2, plain_values())));
    const auto read = read_recording(file_path());
    CHECK(read.events.size() == 2);
    CHECK(read.unknown == 3);
}
