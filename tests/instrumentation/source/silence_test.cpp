// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "instrumentation/source/silence_source.hpp"
#include "tests/instrumentation/source/source_fixture.hpp"

using namespace awaitscope;
using namespace awaitscope::test;

namespace {

Event event_at(std::uint64_t time) {
    return {.head = Event::pack(EventKind::task_running, 1, 7), .time = time};
}

/// A program that has begun at the beginning of 1970, and lives.
struct Live : ListSource {
    explicit Live(std::vector<Event> events) : ListSource(std::move(events)) {
        endless = true;
        info_.live = true;
        info_.epoch_unix_ns = 1;
    }
};

std::vector<Event> read(EventSource& source) {
    Symbols symbols;
    std::vector<Event> events;
    source.read(symbols, events, 100);
    return events;
}

constexpr SilenceSource::Duration at_once{0};

}  // namespace

TEST_CASE("a silence is told again and again, each time up to now") {
    Live live({event_at(5)});
    SilenceSource source(live, at_once);
    CHECK(read(source).size() == 1);
    const auto first = read(source), second = read(source);
    REQUIRE(first.size() == 1);
    REQUIRE(second.size() == 1);
    CHECK(first[0].kind() == EventKind::silence);
    CHECK(first[0].time > 5);
    CHECK(second[0].time >= first[0].time);
}

TEST_CASE("there is no silence while a program speaks, before the time is over, or when it has ended") {
    Live talking({event_at(5), event_at(6)});
    Symbols symbols;
    std::vector<Event> events;
    SilenceSource one_by_one(talking, at_once);
    one_by_one.read(symbols, events, 1);
    one_by_one.read(symbols, events, 1);
    CHECK(events == std::vector{event_at(5), event_at(6)});
    Live quiet({});
    SilenceSource patient(quiet, std::chrono::hours(1));
    CHECK(read(patient).empty());
    Live ended({});
    ended.endless = false;
    SilenceSource over(ended, at_once);
    CHECK(read(over).empty());
}

TEST_CASE("recordings, and programs that live by a virtual clock, are not silent") {
    ListSource recording({});
    recording.endless = true;
    SilenceSource of_recording(recording, at_once);
    CHECK(read(of_recording).empty());
    Live simulated({});
    simulated.info_.virtual_clock = true;
    SilenceSource of_simulated(simulated, at_once);
    CHECK(read(of_simulated).empty());
}

TEST_CASE("an event that was stamped before a silence, and comes after it, does not go back in time") {
    Live live({});
    SilenceSource source(live, at_once);
    const auto silence = read(source);
    REQUIRE(silence.size() == 1);
    live.append(event_at(7));
    live.append(event_at(silence[0].time + 9));
    const auto late = read(source);
    REQUIRE(late.size() == 2);
    CHECK(late[0].time == silence[0].time);
    CHECK(late[1].time == silence[0].time + 9);
}

TEST_CASE("a source that tells its silence is what the other is") {
    SilenceSource source(std::make_unique<ListSource>(std::vector<Event>{}));
    CHECK(source.info().name == "list");
    CHECK(source.note() == "the list is over");
    CHECK(source.unknown_events() == 3);
    CHECK_FALSE(source.progress());
    Symbols symbols;
    std::vector<Event> events;
    CHECK(source.read(symbols, events, 1) == SourceState::ended);
}
