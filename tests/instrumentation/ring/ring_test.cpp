// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "tests/instrumentation/ring/ring_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr std::uint64_t size = 256;
constexpr std::uint64_t kept = size - ring::ring_margin;

std::vector<Event> read_text(std::string_view text) {
    TestRing ring{size};
    auto writer = ring.writer();
    writer.write_text(Event::pack(EventKind::output, 1, 2), 3, 4, 0, text);
    std::vector<Event> records;
    ring.reader().read(records, size);
    return records;
}

std::string text_that_arrives(std::string_view text) {
    const auto records = read_text(text);
    return joined_text(std::span{records}.subspan(1));
}

}  // namespace

TEST_CASE("a reader gets what was written, once, in order") {
    TestRing ring{size};
    auto writer = ring.writer();
    NumberedReading reading{ring.reader()};
    std::vector<Event> nothing;
    CHECK(ring.reader().read(nothing, 10).caught_up);
    for (std::uint64_t number = 0; number < 2 * size; ++number) {
        write_numbered(writer, number);
        REQUIRE(reading.read());
        REQUIRE(reading.next == number + 1);
    }
    CHECK(reading.lost == 0);
}

TEST_CASE("a limit leaves the rest for the next time") {
    TestRing ring{size};
    auto writer = ring.writer();
    for (std::uint64_t number = 0; number < 10; ++number) write_numbered(writer, number);
    auto reader = ring.reader();
    std::vector<Event> events;
    CHECK_FALSE(reader.read(events, 4).caught_up);
    CHECK(events.size() == 4);
    CHECK_FALSE(reader.read(events, 4).caught_up);
    CHECK(reader.read(events, 4).caught_up);
    CHECK(events.size() == 10);
    CHECK(is_numbered(events.back(), 9));
}

TEST_CASE("a lapped reader learns exactly how many it lost") {
    TestRing ring{size};
    auto writer = ring.writer();
    const auto written = GENERATE(kept - 1, kept, kept + 1, size - 1, size, size + 1, 10 * size + 3);
    for (std::uint64_t number = 0; number < written; ++number) write_numbered(writer, number);
    NumberedReading reading{ring.reader()};
    CHECK(reading.read());
    CHECK(reading.lost == (written > kept ? written - kept : 0));
    CHECK(reading.next == written);
}

TEST_CASE("records that are overwritten while they are copied are lost, not read") {
    TestRing ring{size};
    auto writer = ring.writer();
    std::uint64_t written = 0;
    const auto write = [&](std::uint64_t count) {
        while (count-- > 0) write_numbered(writer, written++);
    };
    // Bytes whose writer goes on in the middle of a copy.
    struct BusyRing {
        ring::MemoryRing inner;
        std::function<void()> in_between;
        std::uint64_t records() const { return inner.records(); }
        std::uint64_t head() const { return inner.head(); }
        bool copy(std::uint64_t first, std::span<Event> to) const {
            const std::size_t half = to.size() / 2;
            inner.copy(first, to.first(half));
            in_between();
            return inner.copy(first + half, to.subspan(half));
        }
    };
    const auto meanwhile = GENERATE(1u, 60u, 150u, 1000u);
    write(kept);
    BusyRing busy{{ring.header, ring.bytes.get(), size}, [&] { write(meanwhile); }};
    NumberedReading reading{ring::RingReader<BusyRing>{busy, 0}};
    CHECK(reading.read());
    CHECK(reading.lost == std::min<std::uint64_t>(meanwhile, kept));
    CHECK(reading.next == kept);
}

TEST_CASE("a head that goes back, or cannot be read, yields nothing") {
    TestRing ring{size};
    auto writer = ring.writer();
    for (std::uint64_t number = 0; number < 10; ++number) write_numbered(writer, number);
    auto reader = ring.reader();
    std::vector<Event> events;
    reader.read(events, size);
    ring.header.head.store(3);
    const auto got = reader.read(events, size);
    CHECK(got.lost == 0);
    CHECK(events.size() == 10);
    CHECK(reader.next() == 10);
}

TEST_CASE("a hostile head costs no more memory than the limit") {
    TestRing ring{size};
    ring.header.head.store(~std::uint64_t{0} - 1000);
    auto reader = ring.reader();
    std::vector<Event> events;
    const auto got = reader.read(events, 100);
    CHECK(events.size() <= 100);
    CHECK(got.lost + events.size() == reader.next());
}

TEST_CASE("the oldest whole record lies just behind every head, the highest number among them") {
    CHECK(ring::oldest_whole(size - ring::ring_margin, size) == 0);
    CHECK(ring::oldest_whole(size - ring::ring_margin + 1, size) == 1);
    constexpr std::uint64_t highest = ~std::uint64_t{0};
    CHECK(highest - ring::oldest_whole(highest, size) == size - ring::ring_margin);
}

TEST_CASE("a ring that is taken again goes on with its numbers") {
    TestRing ring{size};
    NumberedReading reading{ring.reader()};
    for (std::uint64_t number = 0; number < 1000;) {
        auto writer = ring.writer();
        for (int i = 0; i < 100; ++i) write_numbered(writer, number++);
        REQUIRE(reading.read());
    }
    CHECK(reading.next == 1000);
    CHECK(reading.lost == 0);
}

TEST_CASE("a text follows its event in records of thirty bytes") {
    const auto length = GENERATE(0u, 1u, 29u, 30u, 31u, 60u, 61u, text_bytes_max - 1, text_bytes_max);
    std::string text(length, 'x');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i % 26);
    const auto records = read_text(text);
    REQUIRE(records.size() == 1 + (length + 29) / 30);
    CHECK(records[0].kind() == EventKind::output);
    CHECK(records[0].task() == 2);
    for (std::size_t i = 1; i < records.size(); ++i) CHECK(records[i].kind() == EventKind::text);
    CHECK(joined_text(std::span{records}.subspan(1)) == text);
}

TEST_CASE("a long text is cut at a character's border and ends in an ellipsis") {
    const std::string ellipsis = "…";
    const auto prefix = GENERATE(0u, 1u, 2u, 3u);
    const auto character = GENERATE(as<std::string>{}, "x", "é", "€", "🧵");
    std::string text(prefix, 'x');
    while (text.size() <= text_bytes_max) text += character;
    const std::string arrived = text_that_arrives(text);
    CHECK(arrived.size() <= text_bytes_max);
    CHECK(arrived.size() > text_bytes_max - ellipsis.size() - character.size());
    REQUIRE(arrived.ends_with(ellipsis));
    const std::string head = arrived.substr(0, arrived.size() - ellipsis.size());
    CHECK(text.starts_with(head));
    CHECK((head.size() - prefix) % character.size() == 0);
}

TEST_CASE("bytes that are no text at all are cut as well") {
    const std::string arrived = text_that_arrives(std::string(5000, '\x80'));
    CHECK(arrived.size() <= text_bytes_max);
    CHECK(arrived.ends_with("…"));
}

TEST_CASE("an event and the longest text fit into what a reader keeps clear of") {
    CHECK(read_text(std::string(10000, 'x')).size() <= ring::ring_margin);
}
