// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "instrumentation/ring/segment.hpp"
#include "instrumentation/ring/segment_file.hpp"
#include "tests/instrumentation/ring/ring_fixture.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/session_files.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr std::uint64_t total = 200'000;

std::unique_ptr<ring::Segment> make_segment() {
    std::string error;
    auto segment = ring::Segment::create({.name = "writer", .ring_records = 256}, error);
    if (!segment) throw std::runtime_error(error);
    return segment;
}

std::unique_ptr<ring::SegmentFile> open_segment(const std::string& path) {
    std::string error;
    auto file = ring::SegmentFile::open(path, error);
    if (!file) throw std::runtime_error(error);
    return file;
}

/// What a reading process does: 0 when all it saw was right, and it lost something where it had to.
int read_numbered(const std::string& path, const Gate& ready, const Gate& lapped) {
    const auto file = open_segment(path);
    NumberedReading reading{ring::RingReader{ring::FileRing{*file, 0}, 0}};
    if (!reading.read()) return 1;
    ready.open();
    lapped.wait();
    if (!reading.read() || reading.lost == 0) return 2;
    while (reading.next < total)
        if (!reading.read()) return 3;
    return reading.next == total ? 0 : 4;
}

}  // namespace

TEST_CASE_METHOD(FreshFolder,
                 "reading processes that are lapped see whole records, in order, and count what they lost") {
    const auto segment = make_segment();
    Gate ready, lapped;
    std::vector<std::unique_ptr<ChildProcess>> readers;
    for (int i = 0; i < 3; ++i)
        readers.push_back(
            std::make_unique<ChildProcess>([&] { return read_numbered(segment->path(), ready, lapped); }));
    ChildProcess writer{[&] {
        ring::RingWriter ring;
        std::string error;
        if (segment->take_ring(ring, error) != 0) return 1;
        std::uint64_t number = 0;
        while (number < 100) write_numbered(ring, number++);
        for (std::size_t i = 0; i < readers.size(); ++i) ready.wait();
        while (number < 1000) write_numbered(ring, number++);
        for (std::size_t i = 0; i < readers.size(); ++i) lapped.open();
        while (number < total) write_numbered(ring, number++);
        return 0;
    }};
    CHECK(writer.wait() == 0);
    for (auto& reader : readers) CHECK(reader->wait() == 0);
}

TEST_CASE_METHOD(FreshFolder, "the last events of a writer that was killed can be read") {
    Gate written;
    std::string error;
    const std::string folder = ring::session_folder();
    ChildProcess writer{[&] {
        const auto segment = make_segment();
        ring::RingWriter ring;
        std::string reason;
        if (segment->take_ring(ring, reason) != 0) return 1;
        for (std::uint64_t number = 0; number < 1000; ++number) write_numbered(ring, number);
        written.open();
        pause();
        return 0;
    }};
    written.wait();
    writer.kill(SIGKILL);
    CHECK(writer.wait() == -SIGKILL);

    const ring::FileDescriptor directory = ring::open_session_folder(folder, false, error);
    REQUIRE(directory);
    ring::collect_dead_sessions(directory.get());
    const auto paths = session_paths(folder);
    REQUIRE(paths.size() == 1);
    const auto file = open_segment(paths.front());
    CHECK_FALSE(file->alive());
    CHECK(file->facts().state == ring::SessionState::crashed);
    NumberedReading reading{ring::RingReader{ring::FileRing{*file, 0}, 0}};
    CHECK(reading.read());
    CHECK(reading.next == 1000);
    CHECK(reading.lost == 1000 - (256 - ring::ring_margin));
}

TEST_CASE_METHOD(FreshFolder, "a stopped process can be read") {
    Gate written;
    const auto segment = make_segment();
    ChildProcess writer{[&] {
        ring::RingWriter ring;
        std::string reason;
        if (segment->take_ring(ring, reason) != 0) return 1;
        for (std::uint64_t number = 0; number < 100; ++number) write_numbered(ring, number);
        written.open();
        pause();
        return 0;
    }};
    written.wait();
    writer.kill(SIGSTOP);
    const auto file = open_segment(segment->path());
    NumberedReading reading{ring::RingReader{ring::FileRing{*file, 0}, 0}};
    CHECK(reading.read());
    CHECK(reading.next == 100);
    CHECK(file->alive());
}
