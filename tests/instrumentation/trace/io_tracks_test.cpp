// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "instrumentation/source/symbol_mover.hpp"
#include "tests/support/trace_text.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

TEST_CASE("a descriptor number used again is a new track") {
    const TextTrace t(R"(
        1 connection_made fd=7 peer=10.0.0.1:50
        2 io_read fd=7 bytes=100
        3 io_write fd=7 bytes=30
        4 connection_lost fd=7
        5 connection_made fd=7 peer=10.0.0.2:60
        6 io_read fd=7 bytes=5
        7 connection_made fd=7 peer=10.0.0.3:70
    )");
    const auto tracks = t->io_tracks();
    REQUIRE(tracks.size() == 3);
    CHECK(tracks[0].bytes_read == 100);
    CHECK(tracks[0].bytes_written == 30);
    CHECK(tracks[0].opened == 1'000'000'000);
    CHECK(tracks[0].closed == 4'000'000'000);
    CHECK(std::vector<EventIndex>(tracks[0].events.begin(), tracks[0].events.end()) ==
          std::vector<EventIndex>{0, 1, 2, 3});
    CHECK(t.symbols->string(tracks[1].peer) == "10.0.0.2:60");
    CHECK(tracks[1].bytes_read == 5);
    CHECK(tracks[1].closed == 7'000'000'000);
    CHECK(tracks[2].closed == open_end);
    CHECK(t->io_track_at(1, 7, 3) == &tracks[0]);
    CHECK(t->io_track_at(1, 7, 5) == &tracks[1]);
    CHECK(t->io_track_at(1, 7, 6) == &tracks[2]);
    CHECK(t->io_track_at(1, 8, 6) == nullptr);
    CHECK(t->io_track_at(1, 7, no_event) == nullptr);
}

TEST_CASE("traffic of a connection that was never seen made gets a track") {
    const TextTrace t(R"(
        1 io_read fd=7 bytes=100
        2 connection_lost fd=7
        3 io_write fd=7 bytes=1
        4 connection_lost fd=9
    )");
    const auto tracks = t->io_tracks();
    REQUIRE(tracks.size() == 3);
    CHECK(tracks[0].bytes_read == 100);
    CHECK(tracks[0].closed == 2'000'000'000);
    CHECK(tracks[1].bytes_written == 1);
    CHECK(tracks[2].fd == 9);
}

TEST_CASE("an I/O event's size in a byte is near its bytes, and never loses the direction") {
    for (std::uint64_t bytes :
         {0ull, 1ull, 2ull, 3ull, 5ull, 64ull, 1000ull, 65'536ull, 1'000'000ull, 2'000'000'000ull}) {
        for (const EventKind kind : {EventKind::io_read, EventKind::io_write}) {
            const IoSize size(Event{Event::pack(kind, 1, 0), 0, bytes});
            INFO(bytes);
            CHECK(size.moved());
            CHECK(size.written() == (kind == EventKind::io_write));
            CHECK(size.bytes() <= bytes);
            CHECK((size.bytes() + 1) * 5 >= (bytes + 1) * 4);
        }
    }
    CHECK_FALSE(IoSize(Event{Event::pack(EventKind::connection_made, 1, 0)}).moved());
    CHECK(IoSize(Event{Event::pack(EventKind::io_read, 1, 0), 0, ~std::uint64_t{0}}).bytes() > 1'000'000'000);
}

TEST_CASE("a track knows the size of each of its events") {
    const TextTrace trace(
        "1 connection_made fd=7 peer=a\n2 io_read fd=7 bytes=100\n3 io_write fd=7 bytes=7\n4 connection_lost fd=7");
    const IoTrack& track = trace->io_tracks()[0];
    REQUIRE(track.sizes.size() == track.events.size());
    CHECK_FALSE(track.sizes[0].moved());
    CHECK_FALSE(track.sizes[1].written());
    CHECK(track.sizes[2].written());
    CHECK(track.sizes[2].bytes() == 7);
    CHECK_FALSE(track.sizes[3].moved());
}

TEST_CASE("what a connection has moved up to each so many of its events is at hand, also of one that was folded") {
    const auto symbols = std::make_shared<Symbols>();
    Trace trace(symbols);
    std::vector<Event> events;
    for (std::uint64_t i = 0; i < 200; ++i)
        events.push_back({Event::pack(i % 3 == 0 ? EventKind::io_write : EventKind::io_read, 1, 0), i, i, 7, 0});
    trace.append(std::span(events).first(100));
    Trace next(symbols);
    SymbolMover mover(*symbols, *symbols);
    next.begin_after(trace, mover);
    for (Trace* each : {&trace, &next}) each->append(std::span(events).subspan(100));
    for (const Trace* each : {&trace, &next}) {
        const IoTrack& track = each->io_tracks()[0];
        REQUIRE(track.outline.size() == (track.events.size() + IoTrack::outline_stride - 1) / IoTrack::outline_stride);
        const std::size_t last = track.outline.size() - 1;
        std::uint64_t read = 0, written = 0;  // by the events between the first mark and the last
        for (std::size_t i = 0; i < last * IoTrack::outline_stride; ++i) {
            const Event event = each->event(track.events[i]);
            (event.kind() == EventKind::io_read ? read : written) += event.a;
        }
        CHECK(track.outline[last] == track.events[last * IoTrack::outline_stride]);
        CHECK(track.moved[last].read - track.moved[0].read == read);
        CHECK(track.moved[last].written - track.moved[0].written == written);
    }
}
