// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings that come through a pipe.
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "instrumentation/source/recording_format.hpp"
#include "tests/instrumentation/source/recording_fixture.hpp"
#include "tests/support/child_process.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

std::string file_path() {
    return ring::session_folder() + "/a.awscope";
}

/// A pipe with room for what the tests put into it.
struct Pipe {
    Pipe() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
        read_end = ring::FileDescriptor{ends[0]};
        write_end = ring::FileDescriptor{ends[1]};
        fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    }
    void put(std::string_view bytes) const {
        REQUIRE(write(write_end.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }
    void close() { write_end = ring::FileDescriptor{}; }

    ring::FileDescriptor read_end, write_end;
};

struct ReadPipe {
    explicit ReadPipe(Pipe& pipe) : reader(std::move(pipe.read_end), "the pipe") {}
    SourceState read() { return read_available(reader, symbols, events); }
    std::vector<std::string> lines() const { return described(events, symbols); }

    RecordingReader reader;
    Symbols symbols;
    std::vector<Event> events;
};

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a recording through a pipe is what it is in a file") {
    const SampleRecording sample{file_path(), 3000, 500};
    Pipe pipe;
    pipe.put(sample.bytes);
    pipe.close();
    ReadPipe read(pipe);
    CHECK(read.reader.info().name == "sample");
    CHECK(read.reader.info().pid == 4711);
    CHECK(read.reader.info().live);
    CHECK(read.read() == SourceState::ended);
    const ReadRecording whole = read_recording(file_path());
    CHECK(read.lines() == whole.events);
    CHECK(read.reader.note() == whole.note);
    CHECK(read.reader.unknown_events() == whole.unknown);
    CHECK_FALSE(read.reader.info().live);
}

TEST_CASE_METHOD(FreshFolder, "what has come is read, what has not is waited for without blocking") {
    const SampleRecording sample{file_path(), 80, 8};
    Pipe pipe;
    pipe.put(std::string_view{sample.bytes}.substr(0, 400));
    ReadPipe read(pipe);
    std::size_t most = 0;
    SourceState state = read.read();
    // Behind the last events comes what only a seekable file needs: a stream may end before it.
    for (std::size_t at = 400; at < sample.bytes.size() && state == SourceState::idle; at += 37) {
        REQUIRE(read.events.size() >= most);
        REQUIRE(read.events.size() % 8 == 0);
        most = read.events.size();
        pipe.put(std::string_view{sample.bytes}.substr(at, 37));
        state = read.read();
    }
    CHECK(state == SourceState::ended);
    CHECK(read.events.size() == 80);
}

TEST_CASE_METHOD(FreshFolder, "a stream cut at any byte gives its whole chunks, and says so") {
    const SampleRecording sample{file_path(), 24, 8};
    const auto all = described(sample.all, sample.symbols);
    for (std::size_t length = 0; length < sample.bytes.size(); ++length) {
        Pipe pipe;
        pipe.put(std::string_view{sample.bytes}.substr(0, length));
        pipe.close();
        if (length < sizeof(recording::FileHeader)) {
            REQUIRE(error_of([&] { ReadPipe{pipe}; }).find("the pipe is not a recording") == 0);
            continue;
        }
        ReadPipe read(pipe);
        REQUIRE(read.read() == SourceState::ended);
        const auto lines = read.lines();
        REQUIRE(lines.size() % 8 == 0);
        REQUIRE(std::equal(lines.begin(), lines.end(), all.begin()));
        if (lines.size() < 24)
            REQUIRE(read.reader.note().find("the " + std::to_string(lines.size()) + " events before are here") !=
                    std::string::npos);
    }
}

TEST_CASE_METHOD(FreshFolder, "bytes spoiled on the way cost their chunk, counted, no more") {
    const SampleRecording sample{file_path(), 80, 8};
    std::string spoiled = sample.bytes;
    const std::size_t at = spoiled.size() / 2;
    for (std::size_t i = 0; i < 60; ++i) spoiled[at + i] = '?';
    Pipe pipe;
    pipe.put(spoiled);
    pipe.close();
    ReadPipe read(pipe);
    CHECK(read.read() == SourceState::ended);
    std::uint64_t lost = 0, there = 0;
    for (const Event& event : read.events)
        if (event.kind() == EventKind::lost && event.a % 8 == 0 && event.loop() == 0 && event.task() == 0)
            lost += event.a;
    there = read.events.size();
    CHECK(there > 8);
    CHECK(lost > 0);
    CHECK(read.reader.note().find("is damaged at byte") != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "a recorder that is killed leaves what it had sent") {
    Pipe pipe;
    Gate sent;
    ChildProcess recorder{[&] {
        dup2(pipe.write_end.get(), STDOUT_FILENO);
        Symbols symbols;
        const auto events = sample_events(symbols, 16);
        RecordingWriter writer{"-", symbols};
        writer.set_info({.name = "killed"});
        writer.append(std::span{events}.first(8));
        writer.flush();
        sent.open();
        writer.append(std::span{events}.subspan(8));
        pause();
        return 0;
    }};
    sent.wait();
    recorder.kill(SIGKILL);
    CHECK(recorder.wait() == -SIGKILL);
    pipe.close();
    ReadPipe read(pipe);
    CHECK(read.reader.info().name == "killed");
    CHECK(read.read() == SourceState::ended);
    CHECK(read.events.size() == 8);
    CHECK(read.reader.note() ==
          "the pipe was cut off: its recorder was stopped hard, or the way to it is closed; the 8 events before are "
          "here");
}
