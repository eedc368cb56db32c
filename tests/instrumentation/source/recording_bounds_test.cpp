// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "instrumentation/source/recording_file.hpp"
#include "instrumentation/source/surviving_events.hpp"
#include "tests/instrumentation/source/recording_fixture.hpp"
#include "tests/support/generated_events.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string file_path() {
    return ring::session_folder() + "/a.awscope";
}

std::uint64_t bytes_on_disk() {
    struct stat status {};
    return stat(file_path().c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_blocks) * 512 : 0;
}

/// Records a program and keeps the last tenth of its time.
class KeptRecording {
  public:
    KeptRecording() {
        GeneratedEvents source({.events = 200'000, .tasks = 50});
        while (source.read(symbols, all, 1 << 16) == SourceState::more) {
        }
        keep = std::chrono::nanoseconds(all.back().time / 10);
        writer = std::make_unique<RecordingWriter>(file_path(), symbols, RecordingOptions{.keep = keep});
        writer->set_info({.name = "kept"});
    }
    void record(std::size_t events) {
        for (std::size_t end = next + events; next < end; next += 500) {
            writer->append(std::span{all}.subspan(next, std::min<std::size_t>(500, all.size() - next)));
            writer->flush();
            most_on_disk = std::max(most_on_disk, bytes_on_disk());
        }
    }

    /// Checks that the file has what survived, and then all events of the last while up to the one recorded last.
    void check(std::size_t recorded, bool ended) const {
        const auto read = read_recording(file_path());
        const auto border = std::ranges::find(read.raw, EventKind::recording_begins, &Event::kind);
        REQUIRE(border != read.raw.end());
        const auto at = static_cast<std::size_t>(border - read.raw.begin());
        const std::uint64_t skipped = border->a;
        const std::int64_t kept_ns = static_cast<std::int64_t>(all[recorded - 1].time - all[skipped].time);
        CHECK(kept_ns >= keep.count() * 9 / 10);
        CHECK(kept_ns <= keep.count() * 13 / 10);
        const auto first = all.begin() + static_cast<std::ptrdiff_t>(skipped);
        const std::vector<Event> expected(first, all.begin() + static_cast<std::ptrdiff_t>(recorded));
        CHECK(std::vector<std::string>(read.events.begin() + static_cast<std::ptrdiff_t>(at) + 1, read.events.end()) ==
              described(expected, symbols));
        SurvivingEvents survivors;
        for (auto event = all.begin(); event != first; ++event) survivors.take(*event);
        std::vector<Event> state;
        survivors.list(state);
        CHECK(std::vector<std::string>(read.events.begin(), read.events.begin() + static_cast<std::ptrdiff_t>(at)) ==
              described(state, symbols));
        CHECK(read.info.name == "kept");
        CHECK(read.note.find(ended ? "over" : "was not ended") != std::string::npos);
    }

    Symbols symbols;
    std::vector<Event> all;
    std::chrono::nanoseconds keep{};
    std::size_t next = 0;
    std::uint64_t most_on_disk = 0;
    std::unique_ptr<RecordingWriter> writer;
};

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a recording that keeps the last while has that while, and the state it begins in") {
    KeptRecording recording;
    recording.record(recording.all.size());
    recording.writer->finish("over", 0);
    recording.check(recording.all.size(), true);
    CHECK(recording::RecordingFile(file_path()).first_chunk() == sizeof(recording::FileHeader));
    CHECK(recording.writer->bytes_written() == std::filesystem::file_size(file_path()));
    const auto left = std::distance(std::filesystem::directory_iterator(ring::session_folder()), {});
    CHECK(left == 1);
}

TEST_CASE_METHOD(FreshFolder, "a recording that keeps the last while is good at any moment, and bounded on the disk") {
    KeptRecording recording;
    recording.record(100'000);
    recording.check(100'000, false);
    const std::uint64_t most = recording.most_on_disk;
    recording.record(80'000);
    recording.check(180'000, false);
    CHECK(recording.most_on_disk <= most * 11 / 10);
    CHECK(recording.writer->bytes_written() <= most);
    CHECK(recording::RecordingFile(file_path()).first_chunk() > sizeof(recording::FileHeader));
}

TEST_CASE_METHOD(FreshFolder, "what is kept of a short run is all of it") {
    KeptRecording recording;
    recording.record(5000);
    recording.writer->finish("over", 0);
    const auto read = read_recording(file_path());
    CHECK(read.events == described({recording.all.begin(), recording.all.begin() + 5000}, recording.symbols));
}

TEST_CASE_METHOD(FreshFolder, "a recorder's symbols may be let go while it records") {
    auto symbols = std::make_unique<Symbols>();
    RecordingWriter writer{file_path(), *symbols, {.segment_events = 10}};
    std::vector<std::string> expected;
    Id task = 0;
    for (int round = 0; round < 5; ++round) {
        auto fresh = std::make_unique<Symbols>();
        for (int i = 0; i < round; ++i) fresh->add_string("so that ids differ " + std::to_string(i));
        writer.take_symbols(*fresh);
        symbols = std::move(fresh);
        std::vector<Event> events;
        for (int i = 0; i < 20; ++i) {
            Event event{.head = Event::pack(EventKind::task_created, 1, ++task), .time = task};
            event.b = symbols->add_string("name " + std::to_string(task));
            event.c = symbols->add_place("a.cpp", "f" + std::to_string(round), 7);
            events.push_back(event);
        }
        writer.append(events);
        writer.flush();
        for (const std::string& line : described(events, *symbols)) expected.push_back(line);
    }
    writer.finish({}, 0);
    CHECK(read_recording(file_path()).events == expected);
    // The state at a later segment's begin names what came with the symbols that are gone.
    RecordingReader reader{file_path(), {.from = 90}};
    Symbols read_symbols;
    const auto read = read_to_end(reader, read_symbols);
    CHECK(text_of(read.front(), read_symbols) == "name 1");
    CHECK(read_symbols.string(place_of(read.front(), read_symbols).function) == "f0");
    CHECK(read.size() == 101);
}
