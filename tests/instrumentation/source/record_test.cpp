// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/source/record.hpp"

#include <catch2/catch.hpp>

#include "instrumentation/source/launch.hpp"
#include "tests/instrumentation/source/recording_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string file_path() {
    return ring::session_folder() + "/a.awscope";
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a source is recorded to its end, with its last words") {
    Symbols symbols;
    const auto events = sample_events(symbols, 100'000);
    std::uint64_t lost = 0;
    for (const Event& event : events) lost += event.kind() == EventKind::lost ? event.a : 0;
    ListSource source{events};
    RecordingWriter writer{file_path(), symbols};
    const auto progress = record(source, symbols, writer, [](const RecordProgress&) { return false; });
    CHECK(progress.events == 100'000);
    CHECK(progress.lost == lost);
    CHECK(progress.bytes == file_bytes(file_path()).size());
    const auto read = read_recording(file_path());
    CHECK(read.events == described(events, symbols));
    CHECK(read.note == "the list is over");
    CHECK(read.unknown == 3);
    CHECK(read.info.name == "list");
}

TEST_CASE_METHOD(FreshFolder, "a stop ends the recording after what was there") {
    Symbols symbols;
    const auto events = sample_events(symbols, 1000);
    ListSource source{events};
    source.endless = true;
    RecordingWriter writer{file_path(), symbols};
    record(source, symbols, writer, [](const RecordProgress& progress) { return progress.events == 1000; });
    CHECK(read_recording(file_path()).events.size() == 1000);
}

TEST_CASE_METHOD(FreshFolder, "what a source holds back is in the recording when it is stopped") {
    Symbols symbols;
    const auto events = sample_events(symbols, 1000);
    struct Holding : ListSource {
        explicit Holding(const std::vector<Event>& all) : ListSource({all.begin(), all.end() - 5}), all(all) {
            endless = true;
        }
        void finish(Symbols&, std::vector<Event>& out) override { out.insert(out.end(), all.end() - 5, all.end()); }
        const std::vector<Event>& all;
    } source(events);
    RecordingWriter writer{file_path(), symbols};
    const auto progress =
        record(source, symbols, writer, [](const RecordProgress& so_far) { return so_far.events == 995; });
    CHECK(progress.events == 1000);
    CHECK(read_recording(file_path()).events == described(events, symbols));
}

TEST_CASE_METHOD(FreshFolder, "a source that never pauses can be stopped") {
    struct Endless : ListSource {
        Endless() : ListSource({}) {}
        SourceState read(Symbols&, std::vector<Event>& out, std::size_t) override {
            out.push_back({.head = Event::pack(EventKind::loop_stopped, 1, 0)});
            return SourceState::more;
        }
    } source;
    Symbols symbols;
    RecordingWriter writer{file_path(), symbols};
    const auto progress =
        record(source, symbols, writer, [](const RecordProgress& so_far) { return so_far.events >= 50; });
    CHECK(progress.events == 50);
}

TEST_CASE_METHOD(FreshFolder, "a live process is recorded, and its recording reads back the same") {
    LaunchedProcess process{
        {.command = {AWAITSCOPE_SOURCE_TARGET, "mark=first", "events=20000", "mark=last", "signal=9"}}};
    const auto source = process.open();
    Symbols symbols;
    RecordingWriter writer{file_path(), symbols};
    const auto progress = record(*source, symbols, writer, [](const RecordProgress&) { return false; });
    CHECK(progress.events == 20'002);
    CHECK(progress.lost == 0);
    RecordingReader reader{file_path()};
    Symbols read_symbols;
    const auto events = read_to_end(reader, read_symbols);
    REQUIRE(events.size() == 20'002);
    CHECK(text_of(events.front(), read_symbols) == "first");
    CHECK(text_of(events.back(), read_symbols) == "last");
    CHECK(reader.note().find("was killed by signal 9") != std::string::npos);
    CHECK(reader.info().pid == process.pid());
}

TEST_CASE_METHOD(FreshFolder, "a live process's symbols are let go while it is recorded, and none is missing after") {
    LaunchOptions options;
    options.command = {AWAITSCOPE_SOURCE_TARGET};
    for (int i = 0; i < 200; ++i) {
        options.command.push_back("mark=text " + std::to_string(i));
        options.command.push_back("events=500");
    }
    LaunchedProcess process{options};
    const auto source = process.open();
    Symbols symbols;
    RecordingWriter writer{file_path(), symbols};
    record(
        *source, symbols, writer, [](const RecordProgress&) { return false; }, 0);
    CHECK(symbols.memory_bytes() < 200 * 64);
    RecordingReader reader{file_path()};
    Symbols read_symbols;
    int marks = 0;
    bool good = true;
    for (const Event& event : read_to_end(reader, read_symbols))
        if (event.kind() == EventKind::mark)
            good = good && text_of(event, read_symbols) == "text " + std::to_string(marks++);
    CHECK(good);
    CHECK(marks == 200);
}
