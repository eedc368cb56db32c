// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "instrumentation/ring/ring_reader.hpp"
#include "instrumentation/ring/ring_writer.hpp"

namespace awaitscope::test {

/// A ring in this process's memory.
struct TestRing {
    explicit TestRing(std::uint64_t size) : records(size), bytes(std::make_unique<ring::Record[]>(size)) {}

    ring::RingWriter writer() { return {header, bytes.get(), records}; }
    ring::RingReader<ring::MemoryRing> reader(std::uint64_t next = 0) {
        return {ring::MemoryRing{header, bytes.get(), records}, next};
    }

    std::uint64_t records;
    ring::RingHeader header{};
    std::unique_ptr<ring::Record[]> bytes;
};

/// A record whose every word tells its number: a mix of two records does not pass for one.
inline void write_numbered(ring::RingWriter& writer, std::uint64_t number) {
    writer.write(Event::pack(EventKind::mark, 7, number & id_max), number * 3, ~number, number * 0x9e3779b97f4a7c15u);
}
inline bool is_numbered(const Event& event, std::uint64_t number) {
    return event.head == Event::pack(EventKind::mark, 7, number & id_max) && event.time == number * 3 &&
           event.a == ~number && event.bc() == number * 0x9e3779b97f4a7c15u;
}

/// Reads numbered records and checks each, and that none is missing that is not counted as lost.
template <class Reader>
struct NumberedReading {
    explicit NumberedReading(Reader its_reader) : reader(std::move(its_reader)) {}

    /// False once something was wrong.
    bool read(std::size_t limit = 4096) {
        std::vector<Event> events;
        const ring::RingRead got = reader.read(events, limit);
        if (got.broken) good = false;
        next += got.lost;
        lost += got.lost;
        for (const Event& event : events) good = good && is_numbered(event, next++);
        return good;
    }

    Reader reader;
    std::uint64_t next = 0;
    std::uint64_t lost = 0;
    bool good = true;
};

/// The text that TextRecords hold.
inline std::string joined_text(std::span<const Event> records) {
    std::string text;
    for (const Event& record : records) {
        const auto part = std::bit_cast<TextRecord>(record);
        text.append(part.bytes, part.size);
    }
    return text;
}

}  // namespace awaitscope::test
