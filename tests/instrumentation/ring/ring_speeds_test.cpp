// SPDX-License-Identifier: GPL-3.0-or-later
// Readers and writers of any speed. Taking turns, where each seed gives another order and every loss is known
// beforehand; and as threads, where the machine decides.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "tests/instrumentation/ring/ring_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

constexpr std::uint64_t size = 256;
constexpr std::uint64_t kept = size - ring::ring_margin;

/// Bytes whose writer goes on in the middle of a copy, at a place that is not foreseen.
struct BusyRing {
    ring::MemoryRing inner;
    std::function<std::size_t(std::size_t)> place;  ///< where in a copy of so many
    std::function<void()> write;
    std::uint64_t records() const { return inner.records(); }
    std::uint64_t head() const { return inner.head(); }
    bool copy(std::uint64_t first, std::span<Event> to) const {
        const std::size_t before = place(to.size());
        inner.copy(first, to.first(before));
        write();
        return inner.copy(first + before, to.subspan(before));
    }
};

/// One ring, its writer, and what a reader must find, from the numbers alone.
class Turns {
  public:
    explicit Turns(unsigned seed) : random_(seed), writer_(ring_.writer()) {}

    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
    std::uint64_t written() const { return written_; }
    void write(std::uint64_t count) {
        while (count-- > 0) write_numbered(writer_, written_++);
    }

    /// A reader that stands at `next`, reads at most `limit` while up to `meanwhile` more are written, and checks what
    /// it gets. Returns where it stands then.
    std::uint64_t read(std::uint64_t next, std::size_t limit, std::uint64_t meanwhile, std::uint64_t& lost) {
        const std::uint64_t head = written_;
        std::vector<Event> events;
        BusyRing busy{{ring_.header, ring_.bytes.get(), size},
                      [&](std::size_t count) { return below(count + 1); },
                      [&] { write(meanwhile); }};
        ring::RingReader<BusyRing> reader{busy, next};
        const ring::RingRead got = reader.read(events, limit);
        if (head == next) {
            REQUIRE((events.empty() && got.lost == 0 && reader.next() == next));
            return next;
        }
        // The oldest that could be trusted, at the begin and at the end; and how far it was to go.
        const std::uint64_t first = std::max(next, head > kept ? head - kept : 0);
        const std::uint64_t until = std::min<std::uint64_t>(head, first + limit);
        const std::uint64_t whole = std::min(until, std::max(first, written_ > kept ? written_ - kept : 0));
        REQUIRE(reader.next() == until);
        REQUIRE(got.lost == whole - next);
        REQUIRE(events.size() == until - whole);
        REQUIRE(got.caught_up == (until == head));
        for (std::uint64_t i = 0; i < events.size(); ++i)
            if (!is_numbered(events[i], whole + i)) FAIL("record " << whole + i << " is not what was written");
        lost += got.lost;
        return until;
    }

  private:
    std::mt19937 random_;
    TestRing ring_{size};
    ring::RingWriter writer_;
    std::uint64_t written_ = 0;
};

/// Spends about so long, or lets the others run: the difference in speed.
void dawdle(std::uint64_t number, unsigned how_much) {
    if (how_much == 0) return;
    if (number % (64 * how_much) == 0) std::this_thread::yield();
    volatile unsigned spent = 0;
    for (unsigned i = 0; i < how_much; ++i) spent = i;
}

}  // namespace

TEST_CASE("however readers and a writer take turns, each record is read whole, in order, once, or counted as lost") {
    const unsigned seed = GENERATE(range(0u, 40u));
    Turns turns{seed};
    // The writer's bursts, from far below a lap to several; what it writes while a reader copies; a reader's greed.
    const std::uint64_t burst = 1 + turns.below(seed % 4 == 0 ? 4 * size : 60);
    const std::uint64_t meanwhile = turns.below(seed % 3 == 0 ? 2 * size : 20) + 1;
    struct {
        std::uint64_t next = 0, lost = 0;
        std::size_t limit = 0;
        unsigned lazy = 0;
    } readers[3];
    for (auto& reader : readers) {
        reader.limit = 1 + turns.below(300);
        reader.lazy = 1 + static_cast<unsigned>(turns.below(8));
    }
    std::uint64_t lost = 0;
    for (int turn = 0; turn < 300; ++turn) {
        turns.write(turns.below(burst + 1));
        for (auto& reader : readers)
            if (turns.below(reader.lazy) == 0)
                reader.next = turns.read(reader.next, reader.limit, turns.below(meanwhile), reader.lost);
    }
    for (auto& reader : readers) {
        while (reader.next < turns.written()) reader.next = turns.read(reader.next, reader.limit, 0, reader.lost);
        CHECK(reader.lost <= reader.next);
        lost += reader.lost;
    }
    if (seed % 4 == 0) CHECK(lost > 0);
}

TEST_CASE("nothing is lost to a reader that is never more than the ring behind") {
    const unsigned seed = GENERATE(range(100u, 120u));
    Turns turns{seed};
    std::uint64_t next = 0, lost = 0;
    while (turns.written() < 20'000) {
        turns.write(turns.below(kept + 1 - (turns.written() - next)));
        const std::uint64_t room = kept - (turns.written() - next);
        next = turns.read(next, 1 + turns.below(2 * size), turns.below(room + 1), lost);
    }
    CHECK(lost == 0);
    CHECK(next > 0);
}

TEST_CASE("several writers, each with its ring, beside readers of other speeds: what was not read was counted") {
    constexpr std::uint64_t total = 20'000;
    constexpr std::size_t writers = 3;
    struct Speeds {
        unsigned writer, reader;
    };
    const auto speeds = GENERATE(values<Speeds>({{0, 0}, {0, 40}, {40, 0}, {7, 9}}));
    const auto records = GENERATE(256u, 2048u);
    std::vector<std::unique_ptr<TestRing>> rings;
    for (std::size_t i = 0; i < writers; ++i) rings.push_back(std::make_unique<TestRing>(records));
    struct Reading {
        std::vector<NumberedReading<ring::RingReader<ring::MemoryRing>>> of_ring;
    };
    std::vector<Reading> readings(2);
    for (auto& reading : readings)
        for (auto& ring : rings) reading.of_ring.emplace_back(ring->reader());

    std::vector<std::thread> threads;
    for (auto& ring : rings)
        threads.emplace_back([&ring = *ring, speeds] {
            auto writer = ring.writer();
            for (std::uint64_t number = 0; number < total; ++number) {
                write_numbered(writer, number);
                dawdle(number, speeds.writer);
            }
        });
    for (std::size_t which = 0; which < readings.size(); ++which)
        threads.emplace_back([&, which] {
            auto& mine = readings[which].of_ring;
            const auto over = [](const auto& one) { return one.next == total || !one.good; };
            for (std::uint64_t round = 1; !std::ranges::all_of(mine, over); ++round) {
                for (auto& one : mine) one.read(which == 0 ? 4096 : 50);
                dawdle(round, speeds.reader);
            }
        });
    for (auto& thread : threads) thread.join();
    for (const auto& reading : readings)
        for (const auto& one : reading.of_ring) {
            CHECK(one.good);
            CHECK(one.next == total);
            CHECK(one.lost < total);
        }
}
