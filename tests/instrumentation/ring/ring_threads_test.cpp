// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "tests/instrumentation/ring/ring_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("several readers beside a writer that laps them see whole records, and miss none uncounted") {
    constexpr std::uint64_t total = 300'000;
    TestRing ring{GENERATE(256u, 4096u)};
    std::vector<NumberedReading<ring::RingReader<ring::MemoryRing>>> readings;
    for (int i = 0; i < 3; ++i) readings.emplace_back(ring.reader());
    // Read once before, so that it has a place in the ring to be overtaken at.
    auto first_writer = ring.writer();
    write_numbered(first_writer, 0);
    REQUIRE(readings[0].read());

    std::vector<std::thread> threads;
    threads.emplace_back([&] {
        auto writer = ring.writer();
        for (std::uint64_t number = 1; number < total; ++number) {
            write_numbered(writer, number);
            if (number % 512 == 0) std::this_thread::yield();
        }
    });
    for (auto& reading : readings)
        threads.emplace_back([&] {
            while (reading.next < total && reading.read(1000)) {
            }
        });
    for (auto& thread : threads) thread.join();
    for (const auto& reading : readings) {
        CHECK(reading.good);
        CHECK(reading.next == total);
        CHECK(reading.lost <= total);
    }
}

TEST_CASE("a reader that sleeps through many laps counts them") {
    constexpr std::uint64_t total = 100'000;
    TestRing ring{256};
    NumberedReading reading{ring.reader()};
    std::thread{[&] {
        auto writer = ring.writer();
        for (std::uint64_t number = 0; number < total; ++number) write_numbered(writer, number);
    }}.join();
    CHECK(reading.read());
    CHECK(reading.next == total);
    CHECK(reading.lost == total - (256 - ring::ring_margin));
}

TEST_CASE("a text beside a writer that laps is read whole or not at all") {
    constexpr int total = 60'000;
    TestRing ring{256};
    std::thread writing{[&] {
        auto writer = ring.writer();
        for (int i = 0; i < total; ++i) {
            const std::string text(static_cast<std::size_t>(i % 100), static_cast<char>('a' + i % 26));
            writer.write_text(Event::pack(EventKind::output, 1, static_cast<Id>(i)), 0, text.size(), 0, text);
        }
    }};
    auto reader = ring.reader();
    bool good = true, done = false;
    Event open;
    std::string text;
    std::uint64_t whole = 0;
    const auto close_event = [&] {
        if (open.kind() != EventKind::output) return;
        good = good && text == std::string(open.a, static_cast<char>('a' + open.task() % 26));
        ++whole;
        done = open.task() == total - 1;
        open = {};
    };
    while (good && !done) {
        std::vector<Event> records;
        const auto got = reader.read(records, 64);
        if (got.lost > 0) open = {};  // its text is gone
        for (const Event& record : records) {
            if (record.kind() == EventKind::text) {
                text += joined_text(std::array{record});
                continue;
            }
            close_event();
            open = record;
            text.clear();
        }
        if (got.caught_up) close_event();
    }
    writing.join();
    CHECK(good);
    CHECK(whole > 0);
}
