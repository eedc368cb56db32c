// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumentation/ring/segment_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstring>
#include <random>
#include <vector>

#include "instrumentation/ring/segment.hpp"
#include "tests/instrumentation/ring/ring_fixture.hpp"
#include "tests/support/session_files.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

/// A session with some records and places, whose bytes a test may spoil.
struct Spoiled {
    Spoiled() {
        std::string reason;
        segment = ring::Segment::create({.name = "victim", .ring_records = 256}, reason);
        REQUIRE(segment);
        ring::RingWriter writer;
        REQUIRE(segment->take_ring(writer, reason) == 0);
        for (std::uint64_t number = 0; number < 100; ++number) write_numbered(writer, number);
        segment->strings().add("src/a.cpp", 12, "worker");
        path = segment->path();
    }

    template <class T>
    void put(std::size_t offset, T value) {
        const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
        REQUIRE(pwrite(fd, &value, sizeof value, static_cast<off_t>(offset)) == sizeof value);
        close(fd);
    }
    void cut(std::size_t bytes) { REQUIRE(truncate(path.c_str(), static_cast<off_t>(bytes)) == 0); }
    std::unique_ptr<ring::SegmentFile> open_file() { return ring::SegmentFile::open(path, error); }

    std::unique_ptr<ring::Segment> segment;
    std::string path;
    std::string error;
};

/// Touches everything a viewer reads.
void read_all(ring::SegmentFile& file) {
    std::vector<ring::RingFacts> rings;
    file.refresh();
    file.read_rings(rings);
    for (unsigned i = 0; i < ring::ring_count; ++i) {
        ring::RingReader reader{ring::FileRing{file, i}, 0};
        std::vector<Event> events;
        reader.read(events, 1000);
        CHECK(events.size() <= 1000);
    }
    for (std::uint32_t id = 0; id < std::min(file.facts().place_count, 100u); ++id) file.read_place(id);
}

}  // namespace

TEST_CASE_METHOD(FreshFolder, "a session of another version is refused, both versions named") {
    Spoiled session;
    session.put<std::uint32_t>(offsetof(ring::SessionHeader, version), 41);
    CHECK_FALSE(session.open_file());
    CHECK(session.error.find("version 41") != std::string::npos);
    CHECK(session.error.find("version " + std::to_string(ring::layout_version)) != std::string::npos);
}

TEST_CASE_METHOD(FreshFolder, "a session that others may touch, or that is a link, is refused") {
    Spoiled session;
    SECTION("readable by others") {
        REQUIRE(chmod(session.path.c_str(), 0644) == 0);
        CHECK_FALSE(session.open_file());
        CHECK(session.error.find("open to other users") != std::string::npos);
    }
    SECTION("a link") {
        const std::string link = session.path + ".link";
        REQUIRE(symlink(session.path.c_str(), link.c_str()) == 0);
        CHECK_FALSE(ring::SegmentFile::open(link, session.error));
        CHECK(session.error.find("link") != std::string::npos);
    }
    SECTION("a folder") {
        CHECK_FALSE(ring::SegmentFile::open("/tmp", session.error));
        CHECK_FALSE(session.error.empty());
    }
    SECTION("a pipe") {
        const std::string pipe = session.path + ".pipe";
        REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
        CHECK_FALSE(ring::SegmentFile::open(pipe, session.error));
        CHECK(session.error.find("not a file") != std::string::npos);
    }
    SECTION("another user's") {
        if (geteuid() == 0 && chown(session.path.c_str(), 65534, 65534) == 0) {
            CHECK_FALSE(session.open_file());
            CHECK(session.error.find("belongs to user 65534") != std::string::npos);
        } else {
            WARN("only root can give a file away: not tried");
            SUCCEED();
        }
    }
    SECTION("nothing") {
        CHECK_FALSE(ring::SegmentFile::open(session.path + ".none", session.error));
        CHECK(session.error.find("No such file") != std::string::npos);
    }
}

TEST_CASE_METHOD(FreshFolder, "a session cut short at any length is refused, or read as far as it goes") {
    Spoiled session;
    session.segment.reset();
    const std::size_t whole = ring::session_bytes(256);
    std::vector<std::size_t> lengths = {0,
                                        1,
                                        8,
                                        12,
                                        sizeof(ring::SessionHeader) - 1,
                                        sizeof(ring::SessionHeader),
                                        ring::ring_headers_offset,
                                        ring::places_offset,
                                        ring::strings_offset,
                                        ring::rings_offset,
                                        whole - 1};
    for (std::size_t length = 3; length < whole; length = length * 3 / 2) lengths.push_back(length);
    std::ranges::sort(lengths, std::ranges::greater{});
    const auto opened_before = session.open_file();
    REQUIRE(opened_before);
    for (std::size_t length : lengths) {
        INFO(length);
        session.cut(length);
        CHECK_FALSE(session.open_file());
        CHECK(session.error.find("cut short") != std::string::npos);
        CHECK_FALSE(opened_before->refresh());
        read_all(*opened_before);
    }
}

TEST_CASE_METHOD(FreshFolder, "a session that is cut short under a reader is a broken read") {
    Spoiled session;
    const auto file = session.open_file();
    REQUIRE(file);
    ring::RingReader reader{ring::FileRing{*file, 0}, 0};
    std::vector<Event> events;
    session.cut(ring::rings_offset);
    const auto got = reader.read(events, 1000);
    CHECK(got.broken);
    CHECK(events.empty());
}

TEST_CASE_METHOD(FreshFolder, "a header that makes no sense is refused") {
    Spoiled session;
    SECTION("no magic") {
        session.put<std::uint64_t>(offsetof(ring::SessionHeader, magic), 1);
    }
    SECTION("records 0") {
        session.put<std::uint64_t>(offsetof(ring::SessionHeader, ring_records), 0);
    }
    SECTION("records 300") {
        session.put<std::uint64_t>(offsetof(ring::SessionHeader, ring_records), 300);
    }
    SECTION("records that overflow") {
        session.put<std::uint64_t>(offsetof(ring::SessionHeader, ring_records), std::uint64_t{1} << 63);
    }
    SECTION("no pid") {
        session.put<std::uint32_t>(offsetof(ring::SessionHeader, pid), 0);
    }
    SECTION("an unknown clock") {
        session.put<std::uint32_t>(offsetof(ring::SessionHeader, clock), 9);
    }
    CHECK_FALSE(session.open_file());
    CHECK(session.error.find(session.path) == 0);
}

TEST_CASE_METHOD(FreshFolder, "tables that lie about what they hold are read as far as it is there") {
    Spoiled session;
    SECTION("more places than fit") {
        session.put<std::uint32_t>(offsetof(ring::SessionHeader, place_count), 0xffffffff);
        const auto file = session.open_file();
        REQUIRE(file);
        CHECK(file->facts().place_count == ring::place_entries_max);
        CHECK(file->read_place(ring::place_entries_max - 1).file.empty());
    }
    SECTION("a string beyond the bytes") {
        session.put<ring::PlaceEntry>(ring::places_offset + sizeof(ring::PlaceEntry), {0xffffffff, 0x7fffffff, 5});
        const auto file = session.open_file();
        REQUIRE(file);
        CHECK(file->read_place(1).file.empty());
        CHECK(file->read_place(1).function.empty());
        CHECK(file->read_place(1).line == 5);
    }
    SECTION("a string longer than what is there") {
        session.put<std::uint16_t>(ring::strings_offset + 2, 0xffff);
        const auto file = session.open_file();
        REQUIRE(file);
        CHECK(file->read_place(1).file.starts_with("src/a.cpp"));
        CHECK(file->read_place(1).file.size() <= file->facts().string_bytes);
    }
    SECTION("more string bytes than fit") {
        session.put<std::uint32_t>(offsetof(ring::SessionHeader, string_bytes), 0xffffffff);
        session.put<ring::PlaceEntry>(ring::places_offset + sizeof(ring::PlaceEntry),
                                      {ring::string_bytes_max - 1, ring::string_bytes_max - 2, 5});
        const auto file = session.open_file();
        REQUIRE(file);
        CHECK(file->read_place(1).file.empty());
        CHECK(file->read_place(1).function.empty());
    }
    SECTION("text without an end in the header") {
        std::array<char, 256> name;
        name.fill('n');
        session.put(offsetof(ring::SessionHeader, name), name);
        const auto file = session.open_file();
        REQUIRE(file);
        CHECK(file->facts().name == std::string(256, 'n'));
    }
}

TEST_CASE_METHOD(FreshFolder, "random bytes are refused or read, never more") {
    Spoiled session;
    session.segment.reset();
    std::mt19937_64 random{20261120};
    unsigned opened = 0;
    for (int round = 0; round < 300; ++round) {
        const bool everywhere = round % 2 == 0;
        for (int i = 0; i < 40; ++i) {
            const std::size_t end = everywhere ? ring::session_bytes(256) : ring::places_offset;
            const std::size_t begin = everywhere ? 0 : offsetof(ring::SessionHeader, boot_id);
            session.put<std::uint64_t>(begin + random() % (end - begin - 8), random());
        }
        if (const auto file = session.open_file()) {
            ++opened;
            read_all(*file);
        } else {
            CHECK_FALSE(session.error.empty());
        }
    }
    CHECK(opened > 0);
}

TEST_CASE_METHOD(FreshFolder, "the word that asks for a snapshot changes with each viewer, and nothing else does") {
    Spoiled session;
    const auto read_bytes = [&] {
        std::string bytes(ring::rings_offset, '\0');
        const int fd = open(session.path.c_str(), O_RDONLY | O_CLOEXEC);
        REQUIRE(pread(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
        close(fd);
        return bytes;
    };
    const auto one = session.open_file(), other = session.open_file();
    const auto before = session.segment->header().snapshot_request.load();
    const std::string bytes_before = read_bytes();
    one->request_snapshot();
    CHECK(session.segment->header().snapshot_request.load() == before + 1);
    other->request_snapshot();
    CHECK(session.segment->header().snapshot_request.load() == before + 2);
    std::string bytes_after = read_bytes();
    const std::size_t word = offsetof(ring::SessionHeader, snapshot_request);
    bytes_after.replace(word, 4, bytes_before.substr(word, 4));
    CHECK(bytes_after == bytes_before);
}
