// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/instrumentation/source/recording_fixture.hpp"
#include "tests/support/child_process.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string file_path() {
    return ring::session_folder() + "/a.awscope";
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a recording gives back every event, text, place and word about its source") {
    const SampleRecording sample{file_path(), 5000, GENERATE(1000u, 5000u, 7u)};
    const auto read = read_recording(file_path(), GENERATE(1u << 16, 333u));
    CHECK(read.events == described(sample.all, sample.symbols));
    CHECK(read.note == "process 4711 has exited");
    CHECK(read.unknown == 2);
    CHECK(read.info.name == "sample");
    CHECK(read.info.command == "./sample --fast");
    CHECK(read.info.pid == 4711);
    CHECK(read.info.epoch_unix_ns == 1234567890);
    CHECK_FALSE(read.info.live);
    CHECK_FALSE(read.info.virtual_clock);
}

TEST_CASE_METHOD(FreshFolder, "what is known of the source is there before the first event") {
    const SampleRecording sample{file_path(), 10, 10};
    CHECK(RecordingReader{file_path()}.info().name == "sample");
}

TEST_CASE_METHOD(FreshFolder, "what becomes known of the source later is there as well") {
    Symbols symbols;
    {
        RecordingWriter writer{file_path(), symbols};
        writer.set_info({.name = "x"});
        writer.append(sample_events(symbols, 10));
        writer.set_info({.name = "x", .virtual_clock = true});
        writer.finish({}, 0);
    }
    CHECK(read_recording(file_path()).info.virtual_clock);
    CHECK(read_recording(file_path()).events.size() == 10);
}

TEST_CASE_METHOD(FreshFolder, "a recording of nothing is one") {
    Symbols symbols;
    {
        RecordingWriter writer{file_path(), symbols};
        writer.set_info({.name = "nothing"});
        writer.finish("it was quiet", 0);
    }
    const auto read = read_recording(file_path());
    CHECK(read.events.empty());
    CHECK(read.note == "it was quiet");
    CHECK(read.info.name == "nothing");
}

TEST_CASE_METHOD(FreshFolder, "many symbols, and long ones, go over several chunks") {
    Symbols symbols;
    std::vector<Event> events;
    for (std::uint64_t i = 0; i < 300; ++i) {
        Event event{.head = Event::pack(EventKind::output, 1, 1), .time = i};
        event.b = symbols.add_string(std::to_string(i) + std::string(60'000, 'x'));
        events.push_back(event);
    }
    events[7].b = symbols.add_string(std::string(200'000, 'y'));
    {
        RecordingWriter writer{file_path(), symbols};
        writer.append(events);
        writer.finish({}, 0);
    }
    RecordingReader reader{file_path()};
    Symbols read_symbols;
    const auto read = read_to_end(reader, read_symbols);
    REQUIRE(read.size() == 300);
    CHECK(reader.note() == "");
    CHECK(text_of(read[299], read_symbols) == text_of(events[299], symbols));
    CHECK(text_of(read[7], read_symbols) == std::string(64 << 10, 'y'));
}

TEST_CASE_METHOD(FreshFolder, "a usual trace costs less than sixteen bytes an event") {
    Symbols symbols;
    std::vector<Event> events;
    std::uint64_t state = 1, time = 0;
    const auto random = [&] { return state = state * 6364136223846793005u + 1442695040888963407u, state >> 33; };
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        const Id task = 1 + random() % 1000;
        time += 200 + random() % 5000;
        events.push_back({.head = Event::pack(EventKind::task_running, 1, task), .time = time});
        time += 200 + random() % 5000;
        events.push_back({.head = Event::pack(EventKind::task_suspended, 1, task),
                          .time = time,
                          .a = 1000 + i,
                          .b = static_cast<std::uint32_t>(random() % 20),
                          .c = static_cast<std::uint32_t>(random() % 8)});
    }
    for (std::uint32_t i = 0; i < 20; ++i) symbols.add_place("a.cpp", "f", i + 1);
    RecordingWriter writer{file_path(), symbols};
    writer.append(events);
    writer.finish({}, 0);
    CHECK(writer.event_count() == events.size());
    CHECK(writer.bytes_written() < 16 * events.size());
    CHECK(writer.bytes_written() == file_bytes(file_path()).size());
}

TEST_CASE_METHOD(FreshFolder, "a flush is seen by who opens the file while it is written") {
    Symbols symbols;
    const auto events = sample_events(symbols, 100);
    RecordingWriter writer{file_path(), symbols};
    writer.set_info({.name = "growing"});
    writer.append(events);
    CHECK(read_recording(file_path()).events.empty());
    writer.flush();
    const auto read = read_recording(file_path());
    CHECK(read.events == described(events, symbols));
    CHECK(read.note.find("still at work") != std::string::npos);
    CHECK(read.note.find("100 events") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "a recorder that is killed costs what it had not flushed, no more") {
    Symbols symbols;
    const auto events = sample_events(symbols, 200);
    ChildProcess recorder{[&] {
        RecordingWriter writer{file_path(), symbols};
        writer.append(std::span{events}.first(150));
        writer.flush();
        writer.append(std::span{events}.last(50));
        raise(SIGKILL);
        return 0;
    }};
    CHECK(recorder.wait() == -SIGKILL);
    CHECK(read_recording(file_path()).events.size() == 150);
}

TEST_CASE_METHOD(FreshFolder, "a file that cannot be made is an error in words") {
    Symbols symbols;
    CHECK(error_of([&] {
              RecordingWriter{"/nonesuch/x", symbols};
          }) == "cannot write /nonesuch/x: No such file or directory; name another file");
    CHECK(error_of([&] {
              RecordingWriter{"/dev/full", symbols};
          }).find("No space left on device") != std::string::npos);
    CHECK(error_of([&] { RecordingWriter{"/tmp", symbols}; }).find("cannot write /tmp") == 0);
}

TEST_CASE_METHOD(FreshFolder, "a recording is its owner's alone") {
    const mode_t before = umask(0);
    const SampleRecording sample{file_path(), 1, 1};
    umask(before);
    struct stat status {};
    REQUIRE(stat(file_path().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}
